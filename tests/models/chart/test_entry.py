from datetime import UTC, date, datetime

import pytest

from models.chart.entry import days_late, event_day
from models.domain.partial_dates import PartialDate
from models.records import KINDS, Record
from models.records.molecular import MrdResult
from models.records.patient import Identity
from models.records.visits import Visit

ENTERED = datetime(2026, 3, 14, 9, 12, tzinfo=UTC)


def visit(day: str | None) -> Record:
    when = PartialDate.from_iso(day) if day else None
    return Visit(code="D57", status="DONE", date=when, entered_at=ENTERED)


@pytest.mark.parametrize(
    ("day", "late"), [("2026-03-11", 3), ("2026-03-14", 0), ("2026-03-20", 0), (None, 0), ("2026-02", 14)]
)
def test_late_is_counted_from_the_last_day_the_event_can_have_been_on(day: str | None, late: int) -> None:
    assert days_late(visit(day)) == late


def test_a_result_is_entered_in_time_when_it_is_entered_on_the_day_it_came() -> None:
    result = MrdResult(
        collected=PartialDate(2026, 3, 1),
        reported=PartialDate(2026, 3, 14),
        specimen="BLOOD",
        transcript="p190",
        entered_at=ENTERED,
    )
    assert event_day(result) == date(2026, 3, 14)
    assert days_late(result) == 0


def test_a_day_that_is_no_event_of_the_study_makes_nothing_late() -> None:
    assert days_late(Identity(birth_date=PartialDate(1967, 5, 4), entered_at=ENTERED)) == 0


def test_every_day_that_counts_is_declared() -> None:
    from models.chart import entry

    assert all(name in KINDS[kind].fields for kind, names in entry.EVENTS.items() for name in names)
