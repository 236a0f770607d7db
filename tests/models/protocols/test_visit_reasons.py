"""Why a visit has its window, state and deviation."""

from datetime import date, timedelta

import pytest

from models.domain.derived import Derived
from models.domain.partial_dates import PartialDate
from models.protocols.schedule import ActualVisit, plan
from models.protocols.visit_reasons import why_visit
from tests.models.protocols.planning import DALBA, DAY_ONE, LONG_AFTER, done, on
from tests.wording import english, english_inputs


def why(code: str, *visits: ActualVisit, today: date = DAY_ONE, began: PartialDate | None = None) -> Derived[str]:
    """Of a visit of D-ALBA, with induction begun on day one."""
    started = {"induction": began or on(DAY_ONE)}
    rows = plan(DALBA, phases_started=started, visits=visits, today=today)
    return why_visit(next(row for row in rows if row.code == code), DALBA, started, today)


def test_the_window_counts_from_the_day_the_phase_really_began() -> None:
    told = why("D22")
    assert english_inputs(told) == {
        "Planned on": "day 22 of Induction: dasatinib + steroids",
        "Induction: dasatinib + steroids began": "5 Jan 2026",
        "Allowed": "3 days before to 3 days after",
        "Target day": "26 Jan 2026",
        "Window": "23 Jan 2026 to 29 Jan 2026",
        "Recorded": "nothing",
        "Today": "5 Jan 2026",
    }
    assert (told.value, english(told.reason)) == ("planned", "The window opens on 23 Jan 2026.")


def test_the_rule_is_the_visit_of_the_protocol_file_with_its_version() -> None:
    rule = why("D22").rule
    assert (rule.id, rule.version) == ("LAL2116, visit D22", DALBA.version)


@pytest.mark.parametrize(
    ("day", "state", "said"),
    [
        (18, "open", "The window is open. 6 days are left."),
        (23, "closing", "The window is open. 1 day is left; a visit counts as closing when 3 days or fewer are left."),
        (26, "overdue", "The window has closed and no visit is recorded. That was 2 days ago."),
    ],
)
def test_what_is_due_says_how_the_days_stand(day: int, state: str, said: str) -> None:
    told = why("D22", today=DAY_ONE + timedelta(days=day))
    assert (told.value, english(told.reason)) == (state, said)


def test_the_last_day_of_a_window_is_called_so() -> None:
    assert "Today is its last day" in english(why("D22", today=date(2026, 1, 29)).reason)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 1, 27), "The day of the visit lies in the window."),
        (date(2026, 1, 31), "2 days late: the window closed on 29 Jan 2026."),
        (date(2026, 1, 22), "1 day early: the window opened on 23 Jan 2026."),
    ],
)
def test_a_visit_that_took_place_says_how_it_lies(day: date, said: str) -> None:
    told = why("D22", done("D22", day), today=LONG_AFTER)
    assert english(told.reason).endswith(said)
    assert english_inputs(told)["Recorded"].startswith("took place, ")


def test_a_missed_visit_says_what_the_record_says() -> None:
    told = why("D22", ActualVisit("D22", None, "MISSED", "holiday"), today=LONG_AFTER)
    assert english(told.reason) == "The record says that the visit was missed: holiday"


def test_a_phase_that_began_on_a_partial_date_is_named_as_it_is() -> None:
    told = why("D22", began=PartialDate(2026, 1))
    assert english_inputs(told)["Induction: dasatinib + steroids began"] == "Jan 2026"
    assert english(told.reason).startswith("No window can be counted")


def test_an_unscheduled_visit_has_no_window() -> None:
    told = why("UNS", done("UNS", DAY_ONE))
    assert list(english_inputs(told)) == ["Recorded", "Today"]
    assert "no window" in english(told.reason)
