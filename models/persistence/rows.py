"""Rows of the database as records, and back.

Records are read with plain SQL that is put together once a kind. Half of a start would otherwise go into compiling
SELECTs, and half of a long list into wrapping rows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection

from models.persistence.column_types import decoder
from models.records import KINDS, Kind, Record

_DECODED_ALWAYS = {"entered_at": datetime.fromisoformat, "changed_at": datetime.fromisoformat}


class _Reader(NamedTuple):
    """How a kind is read: the SELECT, the names a record has for its columns, and what decodes those stored as text."""

    select: str
    names: tuple[str, ...]
    decoders: tuple[tuple[str, Callable[[Any], Any]], ...]
    build: type[Record]


def standing(connection: Connection, kind: str, where: str = "TRUE", values: Sequence[Any] = ()) -> Iterator[Record]:
    """The records of a kind that are not withdrawn.

    `where` is a condition in SQL over the columns, and what may follow one; a `?` stands for each of `values`.
    """
    return _read(connection, kind, f"voided IS NULL AND {where}", values)


def of_patients(connection: Connection, kind: str, ids: Sequence[int]) -> Iterator[Record]:
    """The same of these patients only: their records of a kind, or the patients themselves."""
    owner = "id" if kind == "patient" else "patient_id"
    return standing(connection, kind, f"{owner} IN ({', '.join('?' * len(ids))})", ids)


def by_id(connection: Connection, kind: str, id_: int) -> Record:
    """One record, withdrawn or not; an unknown id is a fault of the program."""
    return next(_read(connection, kind, "id = ?", (id_,)))


def _read(connection: Connection, kind: str, where: str, values: Sequence[Any]) -> Iterator[Record]:
    select, names, decoders, build = _reader(kind)
    own = kind == "patient"
    for row in connection.exec_driver_sql(f"{select} WHERE {where}", tuple(values)):
        held = dict(zip(names, row, strict=True))
        for name, decode in decoders:
            if held[name] is not None:
                held[name] = decode(held[name])
        if own:
            held["patient"] = held["id"]
        yield build(**held)


@cache
def _reader(name: str) -> _Reader:
    kind = KINDS[name]
    owners = {"patient_id": "patient"} if _has_patient(kind) else {}
    if kind.parent:
        owners["parent_id"] = "parent"
    columns = ("id", *owners, *kind.fields, "entered_at", "entered_by", "changed_at", "voided")
    decoders = {name: decode for name, field in kind.fields.items() if (decode := decoder(field.type))}
    return _Reader(
        f"SELECT {', '.join(map(_quoted, columns))} FROM {_quoted(name)}",
        tuple(owners.get(column, column) for column in columns),
        (*decoders.items(), *_DECODED_ALWAYS.items()),
        kind.record,
    )


def _quoted(name: str) -> str:
    return f'"{name}"'


def _has_patient(kind: Kind) -> bool:
    return kind.name != "patient" and not kind.of_study


def row_of(record: Record, patient: int, parent: int) -> dict[str, Any]:
    """The columns of a new record, without its id and without who and when."""
    return with_owner(type(record).kind.name, record.values(), patient, parent)


def with_owner(kind: str, values: Mapping[str, Any], patient: int, parent: int) -> dict[str, Any]:
    """The declared values together with the patient and parent they belong to."""
    row = dict(values)
    if _has_patient(KINDS[kind]):
        row["patient_id"] = patient
    if KINDS[kind].parent:
        row["parent_id"] = parent
    return row
