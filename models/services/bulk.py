"""Storing many patients at once, for a study that is being made. Nothing is checked again: the maker vouches for it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select

from models.domain.context import Context
from models.domain.fields import FieldType
from models.persistence.acting import acting
from models.persistence.column_types import encode
from models.persistence.rows import row_of
from models.persistence.schema import TABLES
from models.records import KINDS, Record

_BATCH = 50
Progress = Callable[[int], bool]
Rows = Mapping[str, Sequence[dict[str, Any]]]
"""The rows of each table. One that does not say who entered it, and when, was entered as it is stored."""


def insert_patients(
    engine: Engine,
    patients: Iterable[Sequence[Record]],
    by: Context,
    at: datetime,
    progress: Progress,
    until: date | None = None,
) -> Rows | None:
    """Store each patient's records (the patient first, a child after its parent), a batch of patients a transaction.

    What tells of a day after `until`, and what belongs to it, is not stored but returned, for `insert_rows` at a later
    moment. `progress` is told how many patients are stored and answers whether to go on; None is returned where it said
    no.
    """
    numbers = _Numbers(engine)
    later: dict[str, list[dict[str, Any]]] = {}
    batch: list[Sequence[Record]] = []
    stored = 0
    for records in patients:
        batch.append(records)
        if len(batch) == _BATCH:
            insert_rows(engine, _rows(batch, numbers, until, later), by, at)
            stored += len(batch)
            batch = []
            if not progress(stored):
                return None
    insert_rows(engine, _rows(batch, numbers, until, later), by, at)
    return later if progress(stored + len(batch)) else None


def insert_rows(engine: Engine, rows: Rows, by: Context, at: datetime) -> None:
    """Store rows in one transaction, a child after its parent."""
    with engine.begin() as connection, acting(connection, by, at):
        for kind_name in sorted(rows, key=lambda name: (name != "patient", bool(KINDS[name].parent))):
            now = {"entered_at": encode(at), "entered_by": by.actor}  # one text for very many rows
            connection.execute(insert(TABLES[kind_name]), [now | row for row in rows[kind_name]])


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


def _rows(
    patients: Sequence[Sequence[Record]],
    numbers: _Numbers,
    until: date | None,
    later: dict[str, list[dict[str, Any]]],
) -> dict[str, list[dict[str, Any]]]:
    """The rows of a batch of patients; those that have to wait are added to `later`."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for records in patients:
        newest: dict[str, int] = {}
        waiting: set[str] = set()
        for record in records:
            kind = record.kind
            newest[kind.name] = id_ = numbers.next(kind.name)
            row = row_of(record, newest["patient"], newest.get(kind.parent, 0))
            entered = {"entered_at": record.entered_at, "entered_by": record.entered_by}
            row.update(id=id_, **{name: value for name, value in entered.items() if value})
            waiting.discard(kind.name)
            if waiting & {"patient", kind.parent} or (until and _tells_after(record, until)):
                waiting.add(kind.name)
            (later if kind.name in waiting else rows).setdefault(kind.name, []).append(row)
    return rows


def _tells_after(record: Record, day: date) -> bool:
    if record.entered_at is not None and record.entered_at.date() > day:
        return True
    told = (getattr(record, name) for name in _dates(record.kind.name))
    return any(each is not None and each.earliest is not None and each.earliest > day for each in told)


@cache
def _dates(kind: str) -> tuple[str, ...]:
    """The fields of a kind that hold a day."""
    return tuple(name for name, field in KINDS[kind].fields.items() if field.type is FieldType.DATE)
