from itertools import pairwise

from models.cohort.cohort import Cohort
from models.cohort.courses import lanes
from models.figures.cohort.swimmer import lines_that_fit, swimmer, swimmer_height
from models.figures.style import DrawOptions
from tests.models.cohort.people import count, person
from tests.models.figures.cohort.seeing import places
from tests.models.figures.seeing import words

SCREEN = DrawOptions()


def numbers(drawn: list[str]) -> list[str]:
    return [text for text in drawn if text.startswith("042-")]


def test_at_its_height_everybody_has_a_lane(demo: Cohort) -> None:
    options = DrawOptions(height_inch=swimmer_height(demo.lanes, SCREEN))
    assert numbers(words(swimmer(demo.lanes, options))) == [lane.who.label for lane in demo.lanes]


def test_the_lanes_stand_in_the_order_given(demo: Cohort) -> None:
    ordered = lanes(demo.members, demo.protocol, "last")
    options = DrawOptions(height_inch=swimmer_height(ordered, SCREEN))
    assert numbers(words(swimmer(ordered, options))) == [lane.who.label for lane in ordered]


def test_groups_stand_under_their_names_with_their_number(demo: Cohort) -> None:
    options = DrawOptions(height_inch=swimmer_height(demo.lanes, SCREEN, demo.groups))
    shown = words(swimmer(demo.lanes, options, groups=demo.groups))
    assert "IKZF1plus (11)" in shown
    assert len(numbers(shown)) == 63


def test_what_does_not_fit_is_said_and_reached_from_another_line(demo: Cohort) -> None:
    drawn = words(swimmer(demo.lanes, SCREEN, first=20))
    fit = lines_that_fit(demo.lanes, SCREEN)
    assert f"Patients 21 to {20 + fit} of 63." in drawn
    assert numbers(drawn) == [lane.who.label for lane in demo.lanes[20 : 20 + fit]]


def test_beyond_the_last_line_the_last_lanes_are_drawn(demo: Cohort) -> None:
    assert numbers(words(swimmer(demo.lanes, SCREEN, first=500)))[-1] == demo.lanes[-1].who.label


def test_every_mark_can_be_pointed_at(demo: Cohort) -> None:
    options = DrawOptions(height_inch=swimmer_height(demo.lanes, SCREEN))
    told = {hit.lines[0] for hit in places(swimmer(demo.lanes, options))}
    wanted = {"response", "molecular loss", "mutation", "transplant", "relapse", "death"}
    for lane in demo.lanes:
        assert {f"{lane.who.label}: {mark.label}" for mark in lane.marks if mark.code in wanted} <= told


def test_marks_of_one_day_stand_side_by_side() -> None:
    counted = count([person().relapsed(100).died(100)])
    marks = [hit for hit in places(swimmer(counted.lanes, SCREEN)) if hit.lines[0].endswith((": Relapse", ": Death"))]
    assert all(after.left > before.left + 1 for before, after in pairwise(marks))


def test_the_legend_names_what_occurs_and_nothing_else() -> None:
    shown = words(swimmer(count([person().seen(100)]).lanes, SCREEN))
    assert "in the study" in shown
    assert not {"relapse", "death", "transplant", "last contact"} & set(shown)
