"""One transaction: what it inserts, corrects and withdraws. Triggers keep the old values, with who, when and why."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, update

from models.domain.clock import Clock
from models.domain.context import Context
from models.domain.errors import TrialError
from models.persistence.acting import acting
from models.persistence.audit import note_event
from models.persistence.clock_watch import SET_BACK, watch_of
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
            raise TrialError(_taken(kind, values)) from fault

    def read(self, kind: str, id_: int) -> Record:
        """The record as it stands inside this transaction; an unknown id is a fault of the program."""
        return by_id(self.connection, kind, id_)

    def correct(self, kind: str, id_: int, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
        """Change the fields whose value differs. Returns field -> (old, new); the trail keeps both.

        A value set to itself writes nothing, also where only its spelling differs (22.0 for 22).
        """
        old = self.read(kind, id_)
        changed = {name: (getattr(old, name), value) for name, value in values.items() if getattr(old, name) != value}
        if changed:
            self._write(kind, id_, {name: new for name, (_, new) in changed.items()})
        return changed

    def withdraw(self, kind: str, id_: int) -> None:
        """Flag a record as withdrawn, with the reason of the context. Nothing is ever deleted."""
        self._write(kind, id_, {"voided": self.by.reason})

    def note(self, act: str, details: Mapping[str, Any] | None = None, patient: int = 0) -> None:
        """Add to the trail something that happened and changes no data: a print, a signature, a sign-in."""
        note_event(self.connection, self.by, self.at.isoformat(timespec="milliseconds"), act, details, patient)

    def _write(self, kind: str, id_: int, values: Mapping[str, Any]) -> None:
        table = TABLES[kind]
        self.connection.execute(update(table).where(table.c.id == id_).values(**values, changed_at=self.at))


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

    Where the clock was set back since the last one, the trail says so before everything else.
    """
    at, watch = clock.now(), watch_of(engine)
    with engine.begin() as connection, acting(connection, by, at):
        unit = UnitOfWork(connection, by, at)
        set_back = watch.set_back_from(connection, at)
        if set_back is not None:
            clock_set = UnitOfWork(connection, Context(by.actor), at)
            clock_set.note(SET_BACK, {"last entry": set_back.isoformat(timespec="milliseconds")})
        yield unit
    watch.saw(at, set_back)


def _taken(kind: str, values: Mapping[str, Any]) -> str:
    if kind == "patient":
        numbers = " or ".join(str(values[n]) for n in ("screening_number", "subject_number") if values.get(n))
        return f"The number {numbers} is taken by another patient. Give the next free one."
    return f"{KINDS[kind].title}: the patient has one already. Open it and correct it there."
