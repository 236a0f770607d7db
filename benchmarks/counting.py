"""Counting what the database is asked: of the reading engine and of the writing one, past SQLAlchemy or through it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Pool, event


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that the database itself is given: records are read past SQLAlchemy."""
    seen: list[str] = []

    def note(statement: str) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            seen.append(statement)

    def listen(connection: Any, *_others: object) -> None:  # noqa: ANN401 - the driver brings no types
        connection.set_trace_callback(note)

    def leave(connection: Any, *_others: object) -> None:  # noqa: ANN401
        connection.set_trace_callback(None)

    event.listen(Pool, "checkout", listen)
    event.listen(Pool, "checkin", leave)
    try:
        yield seen
    finally:
        event.remove(Pool, "checkout", listen)
        event.remove(Pool, "checkin", leave)
