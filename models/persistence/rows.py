"""Rows of the database as records, and back. What is asked for by its class comes as that class.

Records are read with SQL put together once a kind, handed to the driver, and decoded here: to compile a SELECT of every
column, and to wrap each row and value, took half the time of a list, and of a saving a tenth.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection

from models.persistence.column_types import decoder, encode
from models.persistence.engine import driver_rows
from models.persistence.schema import sealed_place
from models.records import KINDS, Kind, Record
from models.records.kind import RecordType

_DECODED_ALWAYS = {"entered_at": datetime.fromisoformat, "changed_at": datetime.fromisoformat}
_LISTED = "IN (SELECT value FROM json_each(:of))"
"""However many ids there are, they are one value: the statement stays the same, and SQLite names at most 32,766."""


class _Reader(NamedTuple):
    """How a kind is read: the SELECT, the names a record has for its columns, and what decodes those stored as text."""

    select: str
    names: tuple[str, ...]
    decoders: tuple[tuple[str, Callable[[Any], Any]], ...]


def all_standing(connection: Connection, record: type[RecordType], order: str) -> Iterator[RecordType]:
    """Every record of a kind that is not withdrawn, in the order of a column."""
    return _read(connection, record, f"voided IS NULL ORDER BY {_quoted(order)}")


def of_patients(
    connection: Connection, record: type[RecordType], ids: Sequence[int], **same: object
) -> Iterator[RecordType]:
    """What these patients have of a kind and is not withdrawn; or the patients themselves.

    `same` narrows it to records with these values in the fields named; none of the values is None.
    """
    owner = "id" if record.kind.name == "patient" else "patient_id"
    where = "".join(f"{_quoted(name)} = :{name} AND " for name in same) + f"voided IS NULL AND {owner}"
    values = {name: encode(value) for name, value in same.items()}
    if len(ids) == 1:
        return _read(connection, record, f"{where} = :of", of=ids[0], **values)
    return _read(connection, record, f"{where} {_LISTED}", of=json.dumps(ids), **values)


def distinct_values(
    connection: Connection, kind: str, ids: Sequence[int], names: tuple[str, ...]
) -> Iterator[tuple[Any, ...]]:
    """The patient and the values of these fields, for each combination that these patients' standing records have.

    For what asks whether there is a record and not what it says: the database leaves out the repetitions.
    """
    decoders = [decoder(KINDS[kind].fields[name].type) for name in names]
    columns = ", ".join(("patient_id", *(_selected(KINDS[kind], name) for name in names)))
    found = f"SELECT DISTINCT {columns} FROM {_quoted(kind)} WHERE voided IS NULL AND patient_id {_LISTED}"
    for patient, *values in driver_rows(connection, found, {"of": json.dumps(ids)}):
        held = zip(decoders, values, strict=True)
        yield patient, *[decode(value) if decode and value is not None else value for decode, value in held]


def of_parent(connection: Connection, record: type[RecordType], parent: int) -> Iterator[RecordType]:
    """The children of a record that are not withdrawn."""
    return _read(connection, record, "voided IS NULL AND parent_id = :parent", parent=parent)


def by_id(connection: Connection, record: type[RecordType], id_: int) -> RecordType:
    """One record, withdrawn or not; an unknown id is a fault of the program."""
    return next(_read(connection, record, "id = :id", id=id_))


def by_ids(connection: Connection, record: type[RecordType], ids: Sequence[int]) -> Iterator[RecordType]:
    """Several records, withdrawn or not."""
    return _read(connection, record, f"id {_LISTED}", of=json.dumps(ids))


def of_parents(connection: Connection, record: type[RecordType], parents: Sequence[int]) -> Iterator[RecordType]:
    """The children of several records that are not withdrawn, those of one record oldest first."""
    return _read(connection, record, f"voided IS NULL AND parent_id {_LISTED} ORDER BY id", of=json.dumps(parents))


def _read(connection: Connection, record: type[RecordType], where: str, **values: object) -> Iterator[RecordType]:
    kind = record.kind
    select, names, decoders = _reader(kind.name)
    own = kind.name == "patient"
    for row in driver_rows(connection, f"{select} WHERE {where}", values):
        held = dict(zip(names, row, strict=True))
        for name, decode in decoders:
            value = held[name]
            if value is not None:
                held[name] = decode(value)
        if own:
            held["patient"] = held["id"]
        yield record.stored(held)


@cache
def _reader(name: str) -> _Reader:
    kind = KINDS[name]
    owners = {"patient_id": "patient"} if _has_patient(kind) else {}
    if kind.parent:
        owners["parent_id"] = "parent"
    columns = ("id", *owners, *kind.fields, "entered_at", "entered_by", "changed_at", "voided")
    decoders = {name: decode for name, field in kind.fields.items() if (decode := decoder(field.type))}
    return _Reader(
        f"SELECT {', '.join(_selected(kind, column) for column in columns)} FROM {_quoted(name)}",
        tuple(owners.get(column, column) for column in columns),
        (*decoders.items(), *_DECODED_ALWAYS.items()),
    )


def _selected(kind: Kind, column: str) -> str:
    place = sealed_place(kind, kind.fields[column]) if column in kind.fields else ""
    return f"unseal({_quoted(column)}, '{place}') AS {_quoted(column)}" if place else _quoted(column)


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
