"""One transaction: what it inserts, corrects and withdraws. Triggers keep the old values, with who, when and why."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, update
from sqlalchemy.exc import IntegrityError

from models.domain.clock import Clock
from models.domain.context import Context
from models.domain.errors import TrialError
from models.persistence.acting import acting
from models.persistence.audit import note_event
from models.persistence.clock_watch import read_clock, watch_of
from models.persistence.column_types import encode
from models.persistence.engine import tell_driver
from models.persistence.rows import by_id, with_owner
from models.persistence.schema import TABLES, sealed_place
from models.records import KINDS, Record


class UnitOfWork:
    """The writing side of the store, open for one command. All of it becomes true together, or none of it."""

    def __init__(self, connection: Connection, by: Context, at: datetime) -> None:
        """Made by `writing`."""
        self.connection = connection
        self.by = by
        self.at = at

    def insert(self, kind: str, values: Mapping[str, Any], patient: int = 0, parent: int = 0) -> int:
        """A first entry; returns its id."""
        row = with_owner(kind, values, patient, parent)
        row.update(entered_at=self.at, entered_by=self.by.actor)
        stored = {name: encode(value) for name, value in row.items()}
        try:
            return int(tell_driver(self.connection, _insertion(kind, tuple(stored)), stored).lastrowid)
        except self.connection.dialect.loaded_dbapi.IntegrityError as fault:
            raise _refused(kind, values, fault) from fault

    def read(self, kind: str, id_: int) -> Record:
        """The record as it stands inside this transaction; an unknown id is a fault of the program."""
        return by_id(self.connection, KINDS[kind].record, id_)

    def correct(self, kind: str, id_: int, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
        """Change the fields whose value differs. Returns field -> (old, new); the trail keeps both.

        A value set to itself writes nothing, also where only its spelling differs (22.0 for 22). TrialError where there
        is no reason for a change, the record was withdrawn, or the database has a rule against a value.
        """
        old = self._standing(kind, id_)
        changed = {name: (getattr(old, name), value) for name, value in values.items() if getattr(old, name) != value}
        if changed and not self.by.reason:
            label = KINDS[kind].fields[next(iter(changed))].label
            raise TrialError(f"{label} was changed. A correction needs a reason: say why.")
        if changed:
            self._write(kind, id_, {name: new for name, (_, new) in changed.items()})
        return changed

    def withdraw(self, kind: str, id_: int) -> None:
        """Flag a record as withdrawn, with the reason of the context. Nothing is ever deleted.

        TrialError where there is no reason, or it was withdrawn before: who did that, when and why stays as it is.
        """
        if not self.by.reason:
            title = KINDS[kind].title
            raise TrialError(f"{title}: what was entered is withdrawn with a reason. Say why it does not belong here.")
        self._standing(kind, id_)
        self._write(kind, id_, {"voided": self.by.reason})

    def cover(self, kind: str, id_: int, name: str, words: str) -> None:
        """Put these words in the place of a text that must not be kept, in a withdrawn record too."""
        if getattr(self.read(kind, id_), name) not in (None, words):
            self._write(kind, id_, {name: words})

    def note(self, act: str, details: Mapping[str, Any] | None = None, patient: int = 0) -> None:
        """Add to the trail something that happened and changes no data: a print, a signature, a sign-in."""
        note_event(self.connection, self.by, self.at.isoformat(timespec="milliseconds"), act, details, patient)

    def _standing(self, kind: str, id_: int) -> Record:
        found = self.read(kind, id_)
        if found.voided is not None:
            raise TrialError(
                f"{KINDS[kind].title}: this record was withdrawn ({found.voided}), so it can be neither corrected nor "
                "withdrawn again. Enter it anew if it belongs here after all."
            )
        return found

    def _write(self, kind: str, id_: int, values: Mapping[str, Any]) -> None:
        table = TABLES[kind]
        try:
            self.connection.execute(update(table).where(table.c.id == id_).values(**values, changed_at=self.at))
        except IntegrityError as fault:
            raise _refused(kind, values, fault.orig) from fault


@cache
def _insertion(kind: str, columns: tuple[str, ...]) -> str:
    """The INSERT of these columns, put together once; what identifies a person is sealed on its way in."""
    fields = KINDS[kind].fields
    places = {name: sealed_place(KINDS[kind], fields[name]) for name in columns if name in fields}
    values = (f"seal(:{name}, '{place}')" if (place := places.get(name)) else f":{name}" for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    return f'INSERT INTO "{kind}" ({names}) VALUES ({", ".join(values)})'


@contextmanager
def writing(engine: Engine, by: Context, clock: Clock) -> Iterator[UnitOfWork]:
    """A unit of work that is committed at the end of the block, or rolled back with whatever was raised.

    Where the clock was set since the last one, the trail says so before everything else.
    """
    read, watch = read_clock(clock), watch_of(engine)
    with engine.begin() as connection, acting(connection, by, read.now):
        unit = UnitOfWork(connection, by, read.now)
        jump = watch.jumped(connection, read)
        if jump is not None:
            UnitOfWork(connection, Context(by.actor), read.now).note(jump.act, jump.details)
        yield unit
    watch.saw(read, jump)


def _refused(kind: str, values: Mapping[str, Any], fault: BaseException | None) -> TrialError:
    """What a rule of the tables says, in words: "UNIQUE constraint failed: patient.subject_number"."""
    rule, _, columns = str(fault).partition(" constraint failed")
    column = columns.rpartition(".")[2]
    if rule == "UNIQUE" and kind == "patient":
        return TrialError(f"The number {values.get(column)} is taken by another patient. Give the next free one.")
    if rule == "UNIQUE":
        return TrialError(f"{KINDS[kind].title}: the patient has one already. Open it and correct it there.")
    if rule == "NOT NULL" and column in KINDS[kind].fields:
        return TrialError(f"“{KINDS[kind].fields[column].label}” is missing. Fill it in.")
    return TrialError(
        f"{KINDS[kind].title}: the patient or the record that this belongs to is not in the study. Nothing was saved. "
        "Go back to the list of patients and open the patient again."
    )
