"""Who writes, when and why: what a connection's transaction tells the triggers that keep the audit trail."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection

from models.domain.clock import SystemClock
from models.domain.context import Context

_KEY = "acting"
DIRECT = "no reason given: written past the program's own commands"
"""The reason of a write that no command made. It stands out in the trail."""


class Acting:
    """The person and reason of the transaction that a connection of the writing engine is in."""

    def __init__(self, user: str) -> None:
        """`user` is who has signed in: the actor of whatever no command announces."""
        self._user = user
        self._by: Context | None = None
        self._at = ""
        self.redacts = False

    def begin(self, by: Context, at: datetime) -> None:
        """A command writes from here on."""
        self._by, self._at = by, _text(at)

    def end(self) -> None:
        """It has ended: its reason must not be given to what comes next."""
        self._by, self._at = None, ""
        self.redacts = False

    # ---- what the triggers ask

    def actor(self) -> str:
        """The name that the trail keeps."""
        return self._by.actor if self._by else self._user

    def reason(self) -> str:
        """Why; empty for a first entry."""
        return self._by.reason if self._by else DIRECT

    def redacting(self) -> int:
        """Whether a personal text is being blacked out of the trail: the one change it allows."""
        return int(self.redacts)

    def moment(self) -> str:
        """The moment with its offset from UTC."""
        return self._at or _text(SystemClock().now())


def _text(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


def attach(info: dict[str, object], acting: Acting) -> None:
    """Give a new connection its `Acting`."""
    info[_KEY] = acting


def acting_of(connection: Connection) -> Acting:
    """The `Acting` of a connection of the writing engine."""
    found = connection.info[_KEY]
    assert isinstance(found, Acting)
    return found


@contextmanager
def acting(connection: Connection, by: Context, at: datetime) -> Iterator[None]:
    """Everything written inside the block is `by`'s."""
    found = acting_of(connection)
    found.begin(by, at)
    try:
        yield
    finally:
        found.end()
