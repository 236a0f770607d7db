"""The one source of "now". System time carries the offset of the desk; clinical dates never come from it."""

import time
from datetime import date, datetime, timedelta, timezone
from typing import Protocol

_STEADY: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC_RAW", None))
"""The clock that goes on in sleep, on Linux and on macOS: there Python's own monotonic clock stands still meanwhile. On
Windows that one goes on."""


class Clock(Protocol):
    """What the program asks for the time."""

    def now(self) -> datetime:
        """The moment, with its offset from UTC."""
        ...

    def today(self) -> date:
        """The calendar day at this desk."""
        ...

    def steady(self) -> timedelta:
        """How long since some moment, on a clock that nobody sets and that goes on while the computer sleeps."""
        ...


class SystemClock:
    """The workstation's clock."""

    def now(self) -> datetime:
        """The moment, with this desk's offset from UTC."""
        return datetime.now().astimezone()

    def today(self) -> date:
        """The calendar day at this desk."""
        return self.now().date()

    def steady(self) -> timedelta:
        """The time since the computer was started, or since another fixed moment."""
        return timedelta(seconds=time.monotonic() if _STEADY is None else time.clock_gettime(_STEADY))


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

    def steady(self) -> timedelta:
        """It stands still with the rest."""
        return timedelta(0)
