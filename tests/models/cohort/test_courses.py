import pytest

from models.cohort.cohort import Cohort
from models.cohort.courses import ORDERS, as_phase_table, as_table, lanes
from tests.models.cohort.people import count, person


def test_a_lane_has_its_phases_marks_and_end() -> None:
    one = person().assessed(22).mrd(57, 0).phase("blina-1", 86, 113).transplanted(150).relapsed(200).died(230)
    (lane,) = count([one]).lanes
    assert [(bar.phase, round(bar.start, 2), round(bar.end, 2)) for bar in lane.bars] == [
        ("prephase", -0.23, -0.03),
        ("induction", 0, 2.76),
        ("blina-1", 2.79, 3.68),
    ]
    assert [mark.code for mark in lane.marks] == ["remission", "response", "transplant", "relapse", "death"]
    assert (round(lane.last, 2), lane.ongoing) == (7.52, False)


def test_a_mark_on_a_day_that_is_not_fully_known_says_so() -> None:
    (lane,) = count([person().assessed(22).relapsed("2026-05").seen(200)]).lanes
    assert [mark.label for mark in lane.marks] == ["Haematologic remission", "Relapse (date not fully known)"]


def test_a_phase_without_an_end_lasts_to_the_next_one_or_to_the_last_day_known() -> None:
    one = person(begun=False).phase("induction", 1).phase("blina-1", 91).seen(151)
    (lane,) = count([one]).lanes
    assert [(round(bar.start * 30.4375), round(bar.end * 30.4375)) for bar in lane.bars] == [(0, 90), (90, 150)]


def test_who_is_alive_and_in_the_study_goes_on() -> None:
    assert count([person().seen(100)]).lanes[0].ongoing


def test_who_has_no_day_one_has_no_lane() -> None:
    assert count([person(begun=False)]).lanes == ()


def test_lanes_can_be_put_in_order() -> None:
    people = [person(1).seen(200).mrd(85, 0), person(2).seen(300), person(3).seen(100).mrd(57, 0)]
    found = count(people)

    def order(by: str) -> list[str]:
        return [lane.who.label for lane in lanes(found.members, found.protocol, by)]

    assert order("last") == ["042-002", "042-001", "042-003"]
    assert order("response") == ["042-003", "042-001", "042-002"]
    assert order("number") == order("enrolled") == ["042-001", "042-002", "042-003"]


@pytest.mark.parametrize("by", ORDERS)
def test_every_order_holds_everybody(counted: Cohort, by: str) -> None:
    assert len(lanes(counted.members, counted.protocol, by)) == 63


def test_the_tables_have_a_line_a_patient_and_a_line_a_phase(counted: Cohort) -> None:
    assert len(as_table(counted.lanes).rows) == 63
    phases = as_phase_table(counted.lanes)
    assert len(phases.rows) == sum(len(lane.bars) for lane in counted.lanes)
    assert len({row.key for row in phases.rows}) == len(phases.rows)
