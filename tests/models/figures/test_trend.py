from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from models.domain.quantities import Quantity
from models.figures.style import DrawOptions
from models.figures.trend import TrendPoint, trend
from tests.builders import DAY_ONE
from tests.models.figures.seeing import overlapping, words

OPTIONS = DrawOptions(width_inch=6, height_inch=2.6)


def point(day: int, value: str, grade: int | None = 0, qualifier: str = "") -> TrendPoint:
    quantity = Quantity(Decimal(value), "10^9/L", qualifier)
    return TrendPoint(DAY_ONE + timedelta(days=day - 1), quantity, Decimal("1.8"), Decimal("7.7"), grade, day)


def test_without_values_it_says_so() -> None:
    assert "No value recorded yet." in words(trend("Neutrophils", [], DAY_ONE, OPTIONS))


def test_a_graded_value_carries_its_grade_in_figures() -> None:
    assert "4" in words(trend("Neutrophils", [point(1, "3"), point(8, "0.3", 4)], DAY_ONE, OPTIONS))


def test_the_words_of_a_value_give_number_day_and_grade() -> None:
    (hit,) = trend("Neutrophils", [point(8, "0.3", 4, "<")], DAY_ONE, OPTIONS).hits
    assert hit.lines == ("<0.3 × 10⁹/L", "Day 8, 16 Jan 2026", "CTCAE: grade 4")


@given(st.lists(st.decimals("-1000", "1000000", places=3), min_size=1, max_size=8))
def test_every_value_lies_inside_the_drawing(values: list[Decimal]) -> None:
    points = [point(number + 1, str(value)) for number, value in enumerate(values)]
    height = OPTIONS.height_inch * 72
    assert all(0 < hit.bottom < hit.top < height for hit in trend("Test", points, DAY_ONE, OPTIONS).hits)


def test_the_grade_of_a_first_value_that_is_the_highest_does_not_touch_the_title() -> None:
    points = [point(1, "1000", 4), point(8, "30")]
    assert overlapping(trend("Alanine aminotransferase, U/L", points, DAY_ONE, OPTIONS)) == []
