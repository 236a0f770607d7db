"""What happened in a study that was open for reading only, kept beside it until a program that writes tells the trail.

One line of the file is one event, sealed with a key of the study: nobody without its keys reads or makes one. The next
sign-in for writing puts them into the trail with their own moments. A crash before the file is gone tells none twice.
Where the folder cannot be written, and beside a backup, which nothing changes, they are kept nowhere.
"""

import base64
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, text

from models.domain.clock import Clock
from models.domain.context import Context
from models.persistence.audit import note_event
from models.persistence.backup_manifest import is_backup
from models.persistence.durable import sync_folder
from models.persistence.file_lock import Timeout, lock_at
from models.persistence.keys.keys import Keys
from models.persistence.unit_of_work import writing

WAITING = "waiting.events"
_LONGEST_WAIT = 5.0  # seconds; telling the trail takes some milliseconds
_KNOWN = text(
    "SELECT 1 FROM audit WHERE kind = 'event' AND at = :at AND actor = :actor AND act = :act "
    "AND json_extract(new, '$') = json(:details) LIMIT 1"
)


class Event(NamedTuple):
    """What the trail is to say: the moment as it keeps it, who, what, with which details, about which patient."""

    at: str
    actor: str
    act: str
    details: Mapping[str, Any]
    patient: int


class Waiting(NamedTuple):
    """The events that wait, and how many lines of the file are none of this study's."""

    events: tuple[Event, ...]
    unreadable: int


def keep(
    folder: Path, keys: Keys, actor: str, at: datetime, act: str, details: Mapping[str, Any], patient: int = 0
) -> None:
    """Keep an event for the trail, forced to the disk; nothing where the folder cannot be written."""
    if is_backup(folder):
        return
    event = Event(at.isoformat(timespec="milliseconds"), actor, act, details, patient)
    line = b"\n" + _sealed(event, keys) + b"\n"  # after the broken line that a crash may have left
    with suppress(OSError, Timeout), _held(folder):
        path = folder / WAITING
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(folder)


NOTHING = Waiting((), 0)


@contextmanager
def taken(folder: Path, keys: Keys) -> Iterator[Waiting]:
    """The events that wait; they are forgotten at the end of the block, unless it fails."""
    path = folder / WAITING
    if not path.exists():
        yield NOTHING
        return
    with _held(folder):
        read = [_opened(line, keys) for line in path.read_bytes().split(b"\n") if line]
        events = tuple(event for event in read if event is not None)
        yield Waiting(events, len(read) - len(events))
        path.unlink()
        sync_folder(folder)


def tell(connection: Connection, by: Context, waiting: Waiting, now: str) -> None:
    """Put them into the trail, each with its own moment and person."""
    for at, actor, act, details, patient in waiting.events:
        known = {"at": at, "actor": actor, "act": act, "details": json.dumps(dict(details), ensure_ascii=False)}
        if connection.execute(_KNOWN, known).first() is None:
            note_event(connection, Context(actor), at, act, details, patient)
    if waiting.unreadable:
        note_event(connection, by, now, "events unreadable", {"kept while reading only": waiting.unreadable})


def tell_before_new_keys(folder: Path, keys: Keys, write: Engine, by: Context, clock: Clock) -> None:
    """Put what waits into the trail now: nobody reads it once the study has another data key."""
    with taken(folder, keys) as kept:
        if kept != NOTHING:
            with writing(write, by, clock) as unit:
                tell(unit.connection, by, kept, unit.at.isoformat(timespec="milliseconds"))


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    with lock_at(folder / f"{WAITING}.lock", _LONGEST_WAIT):
        yield


def _key(keys: Keys) -> bytes:
    return keys.derive("waiting events")


def _sealed(event: Event, keys: Keys) -> bytes:
    from nacl.secret import SecretBox

    return base64.b64encode(SecretBox(_key(keys)).encrypt(json.dumps(event).encode()))


def _opened(line: bytes, keys: Keys) -> Event | None:
    from nacl.exceptions import CryptoError
    from nacl.secret import SecretBox

    try:
        return Event(*json.loads(SecretBox(_key(keys)).decrypt(base64.b64decode(line, validate=True))))
    except (CryptoError, ValueError, TypeError):
        return None
