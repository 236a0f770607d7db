"""Rows of the database as records, and back."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from models.persistence.schema import TABLES
from models.records import KINDS, Record


def selection(kind: str) -> Select[Any]:
    """A SELECT of everything a record of that kind is made of; narrow it with `.where`."""
    return select(TABLES[kind])


def records(connection: Connection, statement: Select[Any], kind: str) -> Iterator[Record]:
    """The records that a `selection` finds."""
    build = KINDS[kind].record
    rename = {"patient_id": "patient", "parent_id": "parent"}
    result = connection.execute(statement)
    names = [rename.get(name, name) for name in result.keys()]  # noqa: SIM118 - a result is no dict
    for row in result:
        values = dict(zip(names, row, strict=True))
        if kind == "patient":
            values["patient"] = values["id"]
        yield build(**values)


def row_of(record: Record, patient: int, parent: int) -> dict[str, Any]:
    """The columns of a new record, without its id and without who and when."""
    return with_owner(type(record).kind.name, record.values(), patient, parent)


def with_owner(kind: str, values: Mapping[str, Any], patient: int, parent: int) -> dict[str, Any]:
    """The declared values together with the patient and parent they belong to."""
    row = dict(values)
    columns: Sequence[str] = TABLES[kind].c.keys()
    if "patient_id" in columns:
        row["patient_id"] = patient
    if "parent_id" in columns:
        row["parent_id"] = parent
    return row
