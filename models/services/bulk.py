"""Storing many patients at once, for a study that is being made. Nothing is checked again: the maker vouches for it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select

from models.domain.context import Context
from models.persistence.acting import acting
from models.persistence.rows import row_of
from models.persistence.schema import TABLES
from models.records import KINDS, Record

_BATCH = 50
Progress = Callable[[int], bool]


def insert_patients(
    engine: Engine, patients: Iterable[Sequence[Record]], by: Context, at: datetime, progress: Progress
) -> bool:
    """Store each patient's records (the patient first, a child after its parent), a batch of patients a transaction.

    `progress` is told how many patients are stored and answers whether to go on; False is returned where it said no.
    """
    numbers = _Numbers(engine)
    batch: list[Sequence[Record]] = []
    stored = 0
    for records in patients:
        batch.append(records)
        if len(batch) == _BATCH:
            _insert(engine, batch, by, at, numbers)
            stored += len(batch)
            batch = []
            if not progress(stored):
                return False
    _insert(engine, batch, by, at, numbers)
    return progress(stored + len(batch))


def insert_ranges(engine: Engine, ranges: Sequence[Record], by: Context, at: datetime) -> None:
    """Store records that belong to the study itself."""
    with engine.begin() as connection, acting(connection, by, at):
        for record in ranges:
            row = {**record.values(), "entered_at": at, "entered_by": by.actor}
            connection.execute(insert(TABLES[record.kind.name]), row)


class _Numbers:
    """The next id of each table: ids are given here, so that children can name a parent not yet stored."""

    def __init__(self, engine: Engine) -> None:
        with engine.begin() as connection:
            self.last = {name: _last_id(connection, name) for name in KINDS}

    def next(self, kind: str) -> int:
        self.last[kind] += 1
        return self.last[kind]


def _last_id(connection: Connection, kind: str) -> int:
    return int(connection.execute(select(func.coalesce(func.max(TABLES[kind].c.id), 0))).scalar_one())


def _insert(engine: Engine, patients: Sequence[Sequence[Record]], by: Context, at: datetime, numbers: _Numbers) -> None:
    rows: dict[str, list[dict[str, Any]]] = {}
    for records in patients:
        patient = 0
        newest: dict[str, int] = {}
        for record in records:
            kind = record.kind
            id_ = numbers.next(kind.name)
            patient = id_ if kind.name == "patient" else patient
            newest[kind.name] = id_
            row = row_of(record, patient, newest.get(kind.parent, 0))
            row.update(id=id_, entered_at=record.entered_at or at, entered_by=record.entered_by or by.actor)
            rows.setdefault(kind.name, []).append(row)
    with engine.begin() as connection, acting(connection, by, at):
        for kind_name in sorted(rows, key=lambda name: (name != "patient", bool(KINDS[name].parent))):
            connection.execute(insert(TABLES[kind_name]), rows[kind_name])
