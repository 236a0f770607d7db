"""Optional cycles, cycles passed over, the end of treatment and the end of the study."""

from datetime import date, timedelta

from models.domain.partial_dates import PartialDate
from models.protocols.schedule import VisitState
from tests.models.protocols.planning import DALBA, DAY_ONE, LONG_AFTER, done, rows

THROUGH_CYCLE_2 = {
    "prephase": date(2025, 12, 29),
    "induction": DAY_ONE,
    "blina-1": date(2026, 4, 1),
    "blina-2": date(2026, 5, 13),
}


def test_an_optional_cycle_that_does_not_begin_in_time_is_not_taken() -> None:
    row = rows(started=THROUGH_CYCLE_2, today=LONG_AFTER)["C3D1"]
    assert (row.state, row.reason) == (
        VisitState.NOT_TAKEN,
        "Blinatumomab cycle 3 is optional and did not begin in its window.",
    )


def test_an_optional_cycle_is_offered_when_its_day_comes() -> None:
    assert rows(started=THROUGH_CYCLE_2, today=date(2026, 6, 24))["C3D1"].state is VisitState.OPEN


def test_the_first_visit_of_an_optional_cycle_that_did_begin_can_be_overdue() -> None:
    started = THROUGH_CYCLE_2 | {"blina-3": date(2026, 6, 24)}
    assert rows(started=started, today=LONG_AFTER)["C3D1"].state is VisitState.OVERDUE


def test_a_required_cycle_that_does_not_begin_in_time_is_overdue() -> None:
    started = {k: v for k, v in THROUGH_CYCLE_2.items() if k != "blina-2"}
    assert rows(started=started, today=LONG_AFTER)["C2D1"].state is VisitState.OVERDUE


def test_follow_up_takes_the_cycles_that_never_began_off_the_list() -> None:
    started = THROUGH_CYCLE_2 | {"post": date(2026, 7, 1)}
    got = rows(started=started, today=date(2026, 6, 24))
    assert {got[code].state for code in ("C3D1", "C3", "C4D1", "C4", "C5D1", "C5")} == {VisitState.NOT_TAKEN}


def test_a_transplant_before_a_required_cycle_cancels_it() -> None:
    started = {k: v for k, v in THROUGH_CYCLE_2.items() if k != "blina-2"}
    got = rows(started=started, today=date(2026, 5, 1), treatment_ended=date(2026, 4, 30))
    assert {got[code].state for code in ("C2D1", "C2")} == {VisitState.CANCELLED}
    assert got["C2D1"].reason == "Protocol treatment ended: transplant."


def test_the_response_assessment_of_the_last_cycle_is_still_owed_after_treatment() -> None:
    got = rows(started=THROUGH_CYCLE_2, today=date(2026, 6, 20), treatment_ended=date(2026, 6, 10))
    assert got["C2"].state is VisitState.OPEN


def test_a_visit_whose_window_opens_after_the_end_of_treatment_is_cancelled() -> None:
    got = rows(today=LONG_AFTER, treatment_ended=date(2026, 1, 30))
    assert (got["D22"].state, got["D45"].state, got["D85"].state) == (
        VisitState.OVERDUE,
        VisitState.CANCELLED,
        VisitState.OVERDUE,
    )


def test_follow_up_goes_on_after_the_end_of_treatment() -> None:
    started = THROUGH_CYCLE_2 | {"post": date(2026, 7, 1)}
    row = rows(started=started, today=LONG_AFTER, treatment_ended=date(2026, 7, 1))["FU3"]
    assert row.state is VisitState.OVERDUE


def test_death_cancels_what_had_not_closed_and_leaves_what_had() -> None:
    got = rows(today=LONG_AFTER, ended=date(2026, 2, 20))
    assert (got["D22"].state, got["D45"].state, got["FU3"].state) == (
        VisitState.OVERDUE,
        VisitState.CANCELLED,
        VisitState.CANCELLED,
    )


def test_a_window_that_was_to_close_on_the_day_of_death_had_not_closed() -> None:
    closes = rows(today=LONG_AFTER)["D22"].closes
    assert closes is not None
    assert rows(today=LONG_AFTER, ended=closes)["D22"].state is VisitState.CANCELLED
    assert rows(today=LONG_AFTER, ended=closes + timedelta(days=1))["D22"].state is VisitState.OVERDUE


def test_a_death_of_which_only_the_month_is_known_leaves_what_had_closed_before_it() -> None:
    got = rows(
        today=LONG_AFTER, ended=PartialDate(2026, 2)
    )  # the window of day 22 closes on 29 January, of 45 in February
    assert (got["D22"].state, got["D45"].state, got["FU3"].state) == (
        VisitState.OVERDUE,
        VisitState.CANCELLED,
        VisitState.CANCELLED,
    )


def test_no_window_is_open_for_who_died_in_this_month() -> None:
    assert rows(today=date(2026, 1, 27), ended=PartialDate(2026, 1))["D22"].state is VisitState.CANCELLED


def test_an_end_of_treatment_on_a_day_not_known_takes_the_cycles_off_the_list() -> None:
    got = rows(started=THROUGH_CYCLE_2, today=date(2026, 6, 24), treatment_ended=PartialDate.from_iso("UNK"))
    assert (got["C3D1"].state, got["C2"].state) == (VisitState.NOT_TAKEN, VisitState.OPEN)


def test_a_required_cycle_that_was_passed_over_is_not_asked_for_any_more() -> None:
    started = {k: v for k, v in THROUGH_CYCLE_2.items() if k != "blina-2"} | {"blina-3": date(2026, 6, 24)}
    got = rows(started=started, today=LONG_AFTER)
    assert (got["C2D1"].state, got["C2D1"].reason) == (
        VisitState.CANCELLED,
        "Blinatumomab cycle 3 began without Blinatumomab cycle 2.",
    )
    assert (got["C2"].state, got["C3"].state) == (VisitState.CANCELLED, VisitState.OVERDUE)


def test_what_comes_before_day_1_may_have_been_given_elsewhere_and_its_visits_stay_due() -> None:
    assert rows(today=LONG_AFTER)["BL"].state is VisitState.OPEN


def test_a_visit_after_death_is_flagged() -> None:
    row = rows(DALBA, done("D45", date(2026, 2, 21)), ended=date(2026, 2, 20))["D45"]
    assert [f.rule for f in row.findings] == ["visit.after-end"]
