"""Reading rows of the audit trail, also those that somebody who holds the key forged behind the program.

Verifying names a forged row, and the start does where it is among the last ones. Whoever reads the trail for a page
goes on meanwhile, so that the page can be read: what is no text reads as some text, what is no number as 0, what is no
moment as `NO_MOMENT`, what is no JSON object as an empty one.
"""

import json
from collections.abc import Generator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Integer, Select, String, cast

from models.domain.date_notation import NO_MOMENT
from models.persistence.schema import audit

_TEXTS = ("at", "actor", "act", "kind", "old", "new", "reason")
_NUMBERS = ("record_id", "patient_id")
TRAIL: Mapping[str, Any] = {
    "seq": audit.c.seq,
    **{name: cast(audit.c[name], String).label(name) for name in _TEXTS},
    **{name: cast(audit.c[name], Integer).label(name) for name in _NUMBERS},
}
"""What is selected of a row, for `rows_of`: columns by name, each as what it should be. To narrow by, use `audit.c`."""

_legible = partial(str, encoding="utf-8", errors="backslashreplace")


def rows_of(connection: Connection, statement: Select[*tuple[Any, ...]]) -> Generator[Any, None, None]:
    """What a statement finds in the trail; text that is no UTF-8 is shown with its bytes in digits."""
    driver: Any = connection.connection.driver_connection
    driver.text_factory = _legible
    try:
        yield from connection.execute(statement)
    finally:
        driver.text_factory = str


def moment_of(stored: str | bytes | None) -> datetime:
    """A moment as the trail keeps it."""
    try:
        moment = datetime.fromisoformat(stored.decode() if isinstance(stored, bytes) else stored or "")
    except ValueError:
        return NO_MOMENT
    return moment if moment.tzinfo else NO_MOMENT


def content_of(stored: str | None) -> dict[str, Any]:
    """What a row said before or after a change, or the details of an event. What stands in it may be anything."""
    try:
        content = json.loads(stored or "{}")
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}
