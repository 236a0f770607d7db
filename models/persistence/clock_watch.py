"""The clock as the program that writes sees it: whether it was set since the last row of the trail.

An entry must be neither back-dated nor post-dated unseen (ICH E6(R3) 4.2.2 (d)). While a study is open, a clock that
nobody sets tells how much time has passed since the last saving; the computer may have slept meanwhile. Between two
sittings only a clock that was set back is found: that it is later than the last entry is as it should be.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Engine, text

from models.domain.clock import Clock
from models.domain.date_notation import write_moment
from models.domain.notation import Desk
from models.persistence.trail_reading import moment_of

SET_BACK = "clock set back"
SET_FORWARD = "clock set forward"
_TOLERANCE = timedelta(minutes=5)
"""Clocks of one computer are set right by as much now and then."""
_LAST = text("SELECT CAST(at AS BLOB) FROM audit ORDER BY seq DESC LIMIT 1")
_WATCH = "clock watch"


class Reading(NamedTuple):
    """The clock at one moment, and what the clock that nobody sets showed then."""

    now: datetime
    steady: timedelta


class Jump(NamedTuple):
    """That the clock was set: what it would have shown, and what it showed.

    Between two sittings the first is the moment of the last entry, and the clock was set at least that far back.
    """

    expected: datetime
    shown: datetime
    while_open: bool

    @property
    def act(self) -> str:
        """What the trail calls it."""
        return SET_BACK if self.shown < self.expected else SET_FORWARD

    @property
    def details(self) -> dict[str, str]:
        """What the trail keeps of it."""
        expected, shown = (moment.isoformat(timespec="milliseconds") for moment in (self.expected, self.shown))
        return {"from": expected, "to": shown} if self.while_open else {"last entry": expected}

    @property
    def words(self) -> str:
        """The sentence for the window."""
        if not self.while_open:
            return set_back_words(self.expected)
        expected, shown = (write_moment(moment, Desk.ENGLISH) for moment in (self.expected, self.shown))
        return (
            f"The clock of this computer was set {'back' if self.act == SET_BACK else 'forward'} while the study was "
            f"open, from {expected} to {shown}. The audit trail says so. Make sure that it is right before working on."
        )


class ClockWatch:
    """What one writing engine remembers of the clock: a saving that read it from the trail would take longer.

    `jump` is the last one since the study was opened, None as long as the clock went on.
    """

    def __init__(self) -> None:
        """Nothing was written yet."""
        self._last: Reading | None = None
        self.jump: Jump | None = None

    def jumped(self, connection: Connection, read: Reading) -> Jump | None:
        """Whether the clock was set since the last transaction."""
        if self._last is None:
            last = last_moment(connection)
            return Jump(last, read.now, while_open=False) if is_before(read.now, last) else None
        expected = self._last.now + (read.steady - self._last.steady)
        return Jump(expected, read.now, while_open=True) if abs(read.now - expected) > _TOLERANCE else None

    def saw(self, read: Reading, jump: Jump | None) -> None:
        """A transaction of that moment was committed."""
        self._last = read
        self.jump = jump or self.jump


def read_clock(clock: Clock) -> Reading:
    """The clock as it stands."""
    return Reading(clock.now(), clock.steady())


def watching() -> dict[str, ClockWatch]:
    """The options of a new writing engine that give it its watch."""
    return {_WATCH: ClockWatch()}


def watch_of(engine: Engine) -> ClockWatch:
    """The watch of a writing engine."""
    watch = engine.get_execution_options()[_WATCH]
    assert isinstance(watch, ClockWatch)
    return watch


def last_moment(connection: Connection) -> datetime:
    """The moment of the last row of the trail."""
    return moment_of(connection.execute(_LAST).scalar())


def is_before(now: datetime, last: datetime) -> bool:
    """Whether the clock was set back, and not merely right."""
    return now + _TOLERANCE < last


def set_back_words(last: datetime) -> str:
    """The sentence for the window."""
    return (
        "The clock of this computer was set back: the last entry was made on "
        f"{write_moment(last, Desk.ENGLISH)}, which is later than now. The audit trail says so. "
        "Set the clock right before working on."
    )
