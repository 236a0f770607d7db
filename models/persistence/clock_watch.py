"""The clock as the program that writes sees it: whether it was set back since the last row of the trail.

An entry must not be back-dated unseen (ICH E6(R3) 4.2.2 (d)), whether the clock is set back between two sittings or in
the middle of one.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, text

from models.domain.date_notation import write_moment
from models.domain.notation import Desk
from models.persistence.trail_reading import moment_of

SET_BACK = "clock set back"
_TOLERANCE = timedelta(minutes=5)
"""Clocks of one computer are set right by as much now and then."""
_LAST = text("SELECT CAST(at AS BLOB) FROM audit ORDER BY seq DESC LIMIT 1")
_WATCH = "clock watch"


class ClockWatch:
    """What one writing engine remembers of the clock: a saving that read it from the trail would take longer.

    `set_back` is the moment of the entry before which the clock was set, None as long as it went on.
    """

    def __init__(self) -> None:
        """Nothing was written yet."""
        self._last: datetime | None = None
        self.set_back: datetime | None = None

    def set_back_from(self, connection: Connection, now: datetime) -> datetime | None:
        """The moment of the last row of the trail, where `now` lies before it."""
        last = self._last or last_moment(connection)
        return last if is_before(now, last) else None

    def saw(self, now: datetime, set_back: datetime | None) -> None:
        """A transaction of that moment was committed."""
        self._last = now
        self.set_back = set_back or self.set_back


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
