"""Days as a desk writes them on paper."""

from datetime import date
from typing import TYPE_CHECKING

from models.domain.date_notation import write_date
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate

if TYPE_CHECKING:
    from models.protocols.schedule import PlannedVisit


def day_words(day: PartialDate | date | None, desk: Desk) -> str:
    """A date that is not broken over two lines, or a dash where there is none."""
    if day is None:
        return "\N{EN DASH}"
    written = write_date(day if isinstance(day, PartialDate) else PartialDate.from_date(day), desk)
    return written.replace(" ", "\N{NO-BREAK SPACE}")


def days_words(first: date | None, last: date | None, desk: Desk) -> str:
    """From one day to another; the month and year are said once where both share them."""
    if first is None or last is None or first == last:
        return day_words(first or last, desk)
    start, end = day_words(first, desk), day_words(last, desk)
    if first.year == last.year:
        start = start.rsplit("\N{NO-BREAK SPACE}", 1)[0]
        if first.month == last.month:
            start = str(first.day)
    return f"{start}\N{NO-BREAK SPACE}\N{EN DASH} {end}"


def window_words(visit: "PlannedVisit", desk: Desk) -> str:
    """When a visit is expected: its window, or in words where none can be counted yet."""
    return days_words(visit.opens, visit.closes, desk) if visit.opens else visit.reason.rstrip(".")
