"""The one source of "now". System time carries the offset of the desk; clinical dates never come from it."""

from datetime import date, datetime, timedelta, timezone
from typing import Protocol


class Clock(Protocol):
    """What the program asks for the time."""

    def now(self) -> datetime:
        """The moment, with its offset from UTC."""
        ...

    def today(self) -> date:
        """The calendar day at this desk."""
        ...


class SystemClock:
    """The workstation's clock."""

    def now(self) -> datetime:
        """The moment, with this desk's offset from UTC."""
        return datetime.now().astimezone()

    def today(self) -> date:
        """The calendar day at this desk."""
        return self.now().date()


class FixedClock:
    """A clock that stands still, for tests, screenshots and reproducible paper."""

    def __init__(self, now: datetime) -> None:
        """`now` must carry its offset."""
        if now.tzinfo is None:
            raise ValueError("a clock needs an offset from UTC")
        self._now = now

    @classmethod
    def at(cls, year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> "FixedClock":
        """A clock standing at that moment, one hour east of Greenwich."""
        return cls(datetime(year, month, day, hour, minute, tzinfo=timezone(timedelta(hours=1))))

    def now(self) -> datetime:
        """The moment it stands at."""
        return self._now

    def today(self) -> date:
        """The day it stands at."""
        return self._now.date()
