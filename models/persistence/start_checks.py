"""What is looked at when a study is opened and does not prevent reading it; each finding is a sentence for the window.

What takes longer than a start may is looked at behind the first page (`found_later`).
Damage of the file itself is found by the cipher (`models.persistence.wholeness`).
"""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, text

from models.persistence.anchors import known_heads
from models.persistence.audit import UNTRAILED
from models.persistence.clock_watch import is_before, last_moment, set_back_words
from models.persistence.file_system import locks_hold, shared_as, space_problem
from models.persistence.holder import ReadOnlyError
from models.persistence.keyring_watch import strangers_to, warning
from models.persistence.keys.keys import Keys
from models.persistence.verify import verify
from models.persistence.wholeness import damage_of

_LATEST = 200
"""Rows of the trail whose links are followed before anybody gets in: some milliseconds."""
_LATEST_LATER = 10_000
"""Rows of the trail whose links are followed afterwards: some tenths of a second, in which nobody can save."""
_LINK = text("SELECT CAST(mac AS BLOB) FROM audit WHERE seq = :row")
_UNLINKED = text("SELECT seq FROM audit WHERE seq >= :since AND typeof(mac) <> 'blob' ORDER BY seq LIMIT 1")
_UNWATCHED = (
    "SELECT name FROM sqlite_master AS t WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
    "AND name NOT IN (SELECT value FROM json_each(:kept)) AND (SELECT count(*) FROM sqlite_master AS w "
    "WHERE w.type = 'trigger' AND w.tbl_name = t.name AND w.name LIKE 'audit_%') < 3"
)
"""A table that lost a trigger; what the triggers say is compared by `verify`, which costs more than a start may."""

_SHARED_WRITTEN = (
    "It is written in the way that is safe there, one program at a time, and more slowly. If the network fails, what "
    "was saved stays whole. Keep the backups on another disk."
)
_SHARED_READ = (
    "It is open for reading only, so nothing of the record is written from here. If it seems damaged, somebody may be "
    "saving from another computer at that moment: open it again before you believe it."
)


def set_back_from(read: Engine, now: datetime) -> datetime | None:
    """The moment of the last row of the trail, where the clock is more than five minutes before it: it was set back."""
    with read.begin() as connection:
        last = last_moment(connection)
    return last if is_before(now, last) else None


def refuse_without_locks(folder: Path) -> None:
    """Raise ReadOnlyError where the study lies on a network share whose locks keep nobody out."""
    kind = shared_as(folder)
    if kind and not locks_hold(folder):
        raise ReadOnlyError(
            f"{folder} lies on a network share ({kind}) that does not keep two programs apart: both could write at "
            "once and destroy the study. Open it for reading only, or move it to a disk of this computer."
        )


def problems_of(folder: Path, keys: Keys, read: Engine, set_back: datetime | None, *, reading: bool) -> tuple[str, ...]:
    """The sentences to show, the gravest first; `reading` says that the study was opened for reading only."""
    return tuple(_problems(folder, keys, read, set_back, reading=reading))


def found_later(folder: Path, keys: Keys, read: Engine) -> tuple[str, ...]:
    """The sentences about what only a longer look finds. Long work, for a worker thread."""
    found = damage_of(read, folder) or _trail_words(folder, keys, read, _LATEST_LATER)
    return (found,) if found else ()


def _problems(folder: Path, keys: Keys, read: Engine, set_back: datetime | None, *, reading: bool) -> Iterator[str]:
    if words := _trail_words(folder, keys, read, _LATEST):
        yield words
    if strange := strangers_to(read, folder):
        yield warning(strange)
    if set_back is not None:
        yield set_back_words(set_back)
    if problem := space_problem(folder):
        yield problem
    if kind := shared_as(folder):
        yield f"The study lies on a network share ({kind}). {_SHARED_READ if reading else _SHARED_WRITTEN}"


def _trail_words(folder: Path, keys: Keys, read: Engine, latest: int) -> str:
    found = _trail_problem(folder, keys, read, latest)
    if not found:
        return ""
    return (
        f"The audit trail does not agree with what was kept of it: {found}. Do not work on this study; keep it as "
        "it is, verify it, and tell the administrator."
    )


def _trail_problem(folder: Path, keys: Keys, read: Engine, latest: int) -> str:
    heads = known_heads(folder, keys, read)
    with read.begin() as connection:
        rows = int(connection.execute(text("SELECT coalesce(max(seq), 0) FROM audit")).scalar_one())
        since = max(rows - latest, 1)
        for row in {since, *(head.rows for head in heads)} - {0}:
            link = connection.execute(_LINK, {"row": row}).scalar()
            if row <= rows and link is None:
                return f"row {row} is missing"
            if any(head.rows == row and link is not None and link.hex() != head.link for head in heads):
                return f"row {row} is another one than it was"
        unlinked = connection.execute(_UNLINKED, {"since": since}).scalar()
        unwatched = connection.execute(text(_UNWATCHED), {"kept": json.dumps(sorted(UNTRAILED))}).scalar()
    if unlinked is not None:
        return f"row {unlinked} of the audit trail has no link"
    if unwatched is not None:
        return f"changes of {unwatched} are not written into it"
    found = verify(read, keys, heads, since=since)
    return str(found.problems[0]) if found.problems else ""
