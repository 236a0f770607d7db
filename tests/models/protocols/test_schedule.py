from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.partial_dates import PartialDate
from models.protocols.schedule import DUE_STATES, ActualVisit, VisitState, day_date, due, plan, study_day
from tests.models.protocols.planning import DALBA, DAY_ONE, LONG_AFTER, done, on, rows, stop

DATES = st.dates(date(2017, 1, 1), date(2030, 12, 31))


# ---- study days


def test_the_first_day_is_day_1_and_the_day_before_it_is_day_minus_1() -> None:
    assert (study_day(DAY_ONE, DAY_ONE), study_day(DAY_ONE - timedelta(days=1), DAY_ONE)) == (1, -1)


def test_a_leap_day_counts() -> None:
    assert study_day(date(2028, 3, 1), date(2028, 2, 28)) == 3


def test_day_0_does_not_exist() -> None:
    with pytest.raises(ValueError, match="no study day 0"):
        day_date(0, DAY_ONE)


@given(DATES, DATES)
def test_study_day_and_date_lead_back_to_each_other(day: date, day_one: date) -> None:
    assert day_date(study_day(day, day_one), day_one) == day


# ---- what is due


@given(today=DATES, visited=st.sets(st.sampled_from([visit.code for visit in DALBA.visits])), died=st.none() | DATES)
def test_what_is_due_are_the_open_rows_of_the_whole_plan(today: date, visited: set[str], died: date | None) -> None:
    facts: dict[str, Any] = {
        "phases_started": {"induction": on(DAY_ONE), "blina-1": on(DAY_ONE + timedelta(days=85))},
        "visits": [done(code, DAY_ONE) for code in sorted(visited)],
        "today": today,
        "ended": stop(died, "death"),
    }
    whole = plan(DALBA, **facts)
    facts["recorded"] = {visit.code for visit in facts.pop("visits")}
    assert due(DALBA, **facts) == tuple(row for row in whole if row.state in DUE_STATES)


# ---- targets and windows


def test_day_22_is_three_weeks_after_the_first_day_with_three_days_either_side() -> None:
    row = rows()["D22"]
    assert (row.opens, row.target, row.closes) == (date(2026, 1, 23), date(2026, 1, 26), date(2026, 1, 29))


def test_a_cycle_is_counted_from_the_day_the_one_before_it_really_began() -> None:
    row = rows(started={"induction": DAY_ONE, "blina-1": date(2026, 5, 4)})["C2D1"]
    assert row.target == date(2026, 5, 4) + timedelta(days=42)


def test_a_visit_has_no_window_before_its_phase_has_begun() -> None:
    row = rows()["C1"]
    assert (row.state, row.opens, row.reason) == (
        VisitState.NOT_REACHED,
        None,
        "Blinatumomab cycle 1 has not begun.",
    )


def test_a_phase_begun_on_a_partial_date_gives_no_window() -> None:
    planned = plan(DALBA, phases_started={"induction": PartialDate(2026, 1)}, visits=(), today=DAY_ONE)
    row = next(r for r in planned if r.code == "D22")
    assert (row.state, row.target, row.reason) == (
        VisitState.NOT_REACHED,
        None,
        "No window can be counted from the recorded start of Induction: dasatinib + steroids.",
    )


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_start_at_the_end_of_the_calendar_gives_no_window(day: date) -> None:
    assert rows(started={"prephase": day, "post": day})["BL" if day == date.min else "FU3"].target is None


def test_baseline_is_due_while_the_first_phase_has_not_begun() -> None:
    row = rows(started={})["BL"]
    assert (row.state, row.reason) == (VisitState.OPEN, "Due before Steroid pre-phase begins.")


# ---- states of a visit of which nothing is recorded


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 1, 22), VisitState.PLANNED),
        (date(2026, 1, 23), VisitState.OPEN),
        (date(2026, 1, 25), VisitState.OPEN),
        (date(2026, 1, 26), VisitState.CLOSING),
        (date(2026, 1, 29), VisitState.CLOSING),
        (date(2026, 1, 30), VisitState.OVERDUE),
    ],
)
def test_a_visit_opens_closes_and_becomes_overdue(today: date, state: VisitState) -> None:
    assert rows(today=today)["D22"].state is state


# ---- recorded visits


def test_a_visit_inside_its_window_has_no_deviation() -> None:
    row = rows(DALBA, done("D22", date(2026, 1, 29)))["D22"]
    assert (row.state, row.deviation_days) == (VisitState.DONE_IN_WINDOW, 0)


def test_a_late_visit_counts_the_days_after_its_window() -> None:
    row = rows(DALBA, done("D22", date(2026, 2, 4)))["D22"]
    assert (row.state, row.deviation_days) == (VisitState.DONE_OUT_OF_WINDOW, 6)


def test_an_early_visit_counts_the_days_before_its_window() -> None:
    row = rows(DALBA, done("D22", date(2026, 1, 21)))["D22"]
    assert (row.state, row.deviation_days) == (VisitState.DONE_OUT_OF_WINDOW, -2)


def test_a_partial_date_across_the_edge_of_the_window_cannot_be_told() -> None:
    row = rows(DALBA, done("D22", PartialDate(2026, 1)))["D22"]
    assert (row.state, row.deviation_days) == (VisitState.DONE, 0)


def test_a_partial_date_wholly_after_the_window_counts_the_least_days_it_can_be() -> None:
    row = rows(DALBA, done("D22", PartialDate(2026, 2)))["D22"]
    assert (row.state, row.deviation_days) == (VisitState.DONE_OUT_OF_WINDOW, 3)


def test_a_visit_done_on_an_unknown_date_cannot_be_told() -> None:
    assert rows(DALBA, ActualVisit("D22", None))["D22"].state is VisitState.DONE


def test_a_visit_whose_phase_is_not_recorded_is_done_without_a_window() -> None:
    assert rows(DALBA, done("C1", date(2026, 6, 1)))["C1"].state is VisitState.DONE


@pytest.mark.parametrize(("status", "state"), [("MISSED", VisitState.MISSED), ("SKIPPED", VisitState.SKIPPED)])
def test_a_visit_that_did_not_happen_keeps_its_reason(status: str, state: VisitState) -> None:
    row = rows(DALBA, ActualVisit("D22", None, status, "in another hospital"), today=LONG_AFTER)["D22"]
    assert (row.state, row.reason) == (state, "in another hospital")


def test_a_visit_recorded_as_missed_and_later_as_done_is_done() -> None:
    row = rows(DALBA, ActualVisit("D22", None, "MISSED"), done("D22", date(2026, 1, 26)))["D22"]
    assert row.state is VisitState.DONE_IN_WINDOW


def test_a_visit_recorded_twice_is_flagged_and_read_by_its_first_date() -> None:
    row = rows(DALBA, done("D22", date(2026, 2, 9), key=2), done("D22", date(2026, 1, 26), key=1))["D22"]
    assert [a.key for a in row.actual] == [1, 2]
    assert row.state is VisitState.DONE_IN_WINDOW
    assert [f.rule for f in row.findings] == ["visit.twice"]


def test_a_visit_before_the_consent_is_flagged() -> None:
    row = rows(DALBA, done("D22", date(2026, 1, 26)), consented=date(2026, 1, 27))["D22"]
    assert [f.rule for f in row.findings] == ["visit.before-consent"]


def test_a_visit_in_the_month_of_the_consent_is_not_flagged() -> None:
    row = rows(DALBA, done("D22", PartialDate(2026, 1)), consented=date(2026, 1, 27))["D22"]
    assert row.findings == ()


def test_a_visit_the_protocol_does_not_plan_is_unscheduled() -> None:
    row = rows(DALBA, done("UNS", date(2026, 2, 1)))["UNS"]
    assert (row.state, row.plan, row.label) == (VisitState.UNSCHEDULED, None, "Unscheduled visit")


def test_two_unscheduled_visits_are_two_rows() -> None:
    visits = (done("UNS", date(2026, 2, 1)), done("UNS", date(2026, 2, 3)))
    planned = plan(DALBA, phases_started={}, visits=visits, today=DAY_ONE)
    assert sum(row.state is VisitState.UNSCHEDULED for row in planned) == 2


def test_the_rows_are_in_the_order_of_their_dates() -> None:
    visits = (done("UNS", date(2026, 1, 28)), done("D22", date(2026, 1, 26)))
    planned = plan(DALBA, phases_started={"induction": on(DAY_ONE)}, visits=visits, today=DAY_ONE)
    assert [row.code for row in planned][:4] == ["D22", "UNS", "D45", "D57"]


# ---- for every course

COURSES = st.lists(DATES, max_size=len(DALBA.phases)).map(
    lambda days: dict(zip([p.code for p in DALBA.phases], sorted(days), strict=False))
)


@given(COURSES, DATES)
def test_every_planned_visit_is_there_once_and_its_target_is_in_its_window(
    started: dict[str, date], today: date
) -> None:
    planned = plan(DALBA, phases_started={c: on(d) for c, d in started.items()}, visits=(), today=today)
    assert sorted(row.code for row in planned) == sorted(v.code for v in DALBA.visits)
    for row in planned:
        if row.target:
            assert row.opens is not None
            assert row.closes is not None
            assert row.opens <= row.target <= row.closes


@given(COURSES, DATES, st.one_of(st.none(), DATES), st.one_of(st.none(), DATES))
def test_the_state_of_an_unrecorded_visit_follows_from_its_window(
    started: dict[str, date], today: date, ended: date | None, treatment_ended: date | None
) -> None:
    for row in rows(started=started, today=today, ended=ended, treatment_ended=treatment_ended).values():
        if row.opens is None or row.closes is None:
            assert row.state in {
                VisitState.NOT_REACHED,
                VisitState.OPEN,
                VisitState.CANCELLED,
                VisitState.NOT_TAKEN,
            }
        elif row.state in {VisitState.OPEN, VisitState.CLOSING}:
            assert row.opens <= today <= row.closes
        elif row.state is VisitState.PLANNED:
            assert today < row.opens
        elif row.state is VisitState.OVERDUE:
            assert today > row.closes
        else:
            assert row.state in {VisitState.CANCELLED, VisitState.NOT_TAKEN}


@given(COURSES, st.integers(-400, 400))
def test_moving_every_start_moves_every_target_by_as_many_days(started: dict[str, date], days: int) -> None:
    shift = timedelta(days=days)
    before = rows(started=started)
    after = rows(started={code: day + shift for code, day in started.items()})
    for code, row in before.items():
        assert after[code].target == (row.target + shift if row.target else None)


@given(DATES, st.integers(-60, 60))
def test_the_deviation_of_a_visit_is_its_distance_from_the_window(began: date, days: int) -> None:
    row = rows(DALBA, done("D45", began + timedelta(days=44 + days)), started={"induction": began})["D45"]
    assert row.deviation_days == (days - 3 if days > 3 else days + 3 if days < -3 else 0)
    assert (row.state is VisitState.DONE_IN_WINDOW) is (abs(days) <= 3)
