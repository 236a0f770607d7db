"""The times that a study went on from a backup, as its audit trail tells them."""

import json
from contextlib import suppress
from typing import NamedTuple

from sqlalchemy import Connection, text

PUT_BACK = "backup put back"
RESTORED_BESIDE = "restored beside"
"""The events by which the trail says that it goes on from a backup: in the study's own place, or in another one."""


class PutBack(NamedTuple):
    """A time that the study went on from a backup: with how many rows of the trail, and which heads it left."""

    rows: int
    left: frozenset[str]


def put_backs(connection: Connection) -> tuple[PutBack, ...]:
    """Every time that the study went on from a backup, in order. Forged events say nothing: verifying names them."""
    if not has_trail(connection):
        return ()
    found = connection.execute(
        text("SELECT CAST(new AS BLOB) FROM audit WHERE kind = 'event' AND act IN (:back, :beside) ORDER BY seq"),
        {"back": PUT_BACK, "beside": RESTORED_BESIDE},
    )
    return tuple(time for details in found.scalars() if (time := _put_back(details)) is not None)


def has_trail(connection: Connection) -> bool:
    """Whether the database has an audit trail: the first record format had none."""
    return connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'audit'").first() is not None


def _put_back(details: bytes | None) -> PutBack | None:
    with suppress(ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        event = json.loads(details or b"")
        return PutBack(int(event["rows"]), frozenset(map(str, event.get("left", ()))))
    return None
