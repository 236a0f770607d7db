from models.cohort.cohort import Cohort
from models.figures.cohort.response import response_bars
from models.figures.style import DrawOptions
from tests.models.figures.cohort.seeing import places
from tests.models.figures.seeing import words

SCREEN = DrawOptions()


def test_under_each_bar_stands_how_many_of_how_many(demo: Cohort) -> None:
    for table in demo.response["protocol"]:
        shown = words(response_bars([table], SCREEN))
        for row in table.rows:
            assert f"{len(row.response)} of {len(row.evaluable)}" in shown


def test_the_numbers_open_those_evaluable_and_the_bars_those_in_response(everybody: Cohort) -> None:
    (table,) = everybody.response["protocol"]
    hits = places(response_bars([table], SCREEN))
    row = table.row("C2")
    assert any(hit.patients == row.response and "60.0 % (45.9–73.0)" in hit.lines[1] for hit in hits)
    assert any(hit.patients == row.evaluable and hit.lines[1] == "33 of 55 evaluable in response" for hit in hits)


def test_the_percentages_are_those_of_the_table(everybody: Cohort) -> None:
    (table,) = everybody.response["protocol"]
    assert {"28.8", "48.2", "60.0", "70.0", "80.6", "72.4"} <= set(words(response_bars([table], SCREEN)))


def test_everybody_is_divided_into_the_classes_that_count_as_response(everybody: Cohort) -> None:
    shown = words(response_bars(everybody.response["protocol"], SCREEN))
    assert {"complete", "positive non-quantifiable"} <= set(shown)


def test_the_primary_endpoint_is_not_drawn_twice(everybody: Cohort) -> None:
    assert not any(text.startswith("Primary") for text in words(response_bars(everybody.response["protocol"], SCREEN)))
