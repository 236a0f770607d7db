"""The reporting clock of a serious event in words: how long is left, and in which colour."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.chart.why import why_deadline
from models.domain.date_notation import write_moment
from models.domain.derived import Derived
from models.domain.durations import duration_words, left_words
from models.domain.notation import Desk
from models.protocols.model import Protocol, ReportingClock

_CLOSE = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class ClockWords:
    """`short` for a list ("9 h left"), `full` for a sentence, `tone` a role of the palette."""

    short: str
    full: str
    tone: str


def serious_clock(protocol: Protocol) -> ReportingClock | None:
    """The site's clock for every serious event."""
    return next((c for c in protocol.clocks if c.applies_to == "serious" and c.responsible == "site"), None)


def clock_words(
    clock: ReportingClock | None,
    aware: datetime | None,
    reported: datetime | None,
    now: datetime,
    desk: Desk,
) -> ClockWords:
    """How the clock stands for a serious event."""
    if reported is not None:
        when = write_moment(reported, desk)
        if clock and aware and reported > clock.deadline(aware):
            late = duration_words(reported - clock.deadline(aware))
            return ClockWords("reported late", f"Reported on {when}, {late} after the deadline.", "due")
        return ClockWords("reported", f"Reported on {when}.", "good")
    if clock is None:
        return ClockWords("not reported", "The protocol names no deadline. Not reported yet.", "due")
    if aware is None:
        return ClockWords(
            "clock cannot run", f"Say when the site became aware: {clock.hours} hours run from there.", "urgent"
        )
    deadline = clock.deadline(aware)
    until = f"Report by {write_moment(deadline, desk)} ({clock.hours} hours after the site became aware)"
    left = deadline - now
    words = left_words(left)
    return ClockWords(words, f"{until}: {words}.", "urgent" if left <= _CLOSE else "due")


def clock_why(protocol: Protocol, aware: datetime | None, reported: datetime | None) -> Derived[datetime] | None:
    """Until when a serious event has to be reported, and why; None where no clock runs."""
    clock = serious_clock(protocol)
    return why_deadline(protocol, clock, aware, reported) if clock and aware else None
