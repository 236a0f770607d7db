"""The reporting clock in words."""

from datetime import UTC, datetime, timedelta

import pytest

from gui.pages.patient.adverse_events.clock import clock_words, serious_clock
from models.domain.notation import Desk
from tests.builders import dalba

NOW = datetime(2026, 10, 2, 9, 0, tzinfo=UTC)
CLOCK = serious_clock(dalba())


def _words(aware_hours_ago: float | None, reported_hours_ago: float | None = None) -> tuple[str, str]:
    aware = NOW - timedelta(hours=aware_hours_ago) if aware_hours_ago is not None else None
    reported = NOW - timedelta(hours=reported_hours_ago) if reported_hours_ago is not None else None
    words = clock_words(CLOCK, aware, reported, NOW, Desk.ENGLISH)
    return words.short, words.tone


@pytest.mark.parametrize(
    ("aware", "expected"),
    [(2, ("22 h left", "due")), (12, ("12 h left", "urgent")), (23.5, ("30 min left", "urgent")),
     (24, ("0 min left", "urgent")), (25, ("1 h overdue", "urgent")), (100, ("3 days overdue", "urgent"))],
)  # fmt: skip
def test_the_time_left_of_24_hours(aware: float, expected: tuple[str, str]) -> None:
    assert _words(aware) == expected


def test_without_the_moment_of_awareness_the_clock_cannot_run() -> None:
    assert _words(None) == ("clock cannot run", "urgent")


def test_a_report_in_time_stops_it() -> None:
    assert _words(30, 10) == ("reported", "good")


def test_a_late_report_says_so() -> None:
    assert _words(60, 10) == ("reported late", "due")


def test_a_protocol_without_a_clock_names_no_deadline() -> None:
    words = clock_words(None, NOW, None, NOW, Desk.ENGLISH)
    assert "no deadline" in words.full


def test_the_deadline_is_written_as_the_desk_writes_moments() -> None:
    assert "3 ott 2026, 09:00" in clock_words(CLOCK, NOW, None, NOW, Desk.ITALIAN).full
