"""Rows of the database as records, and back.

Records are read with plain, portable SQL, put together once a kind, and decoded here: to compile a SELECT of every
column, and to wrap each value, took half the time of a list.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Connection, TextualSelect, bindparam, column, text

from models.persistence.column_types import decoder, encode
from models.persistence.schema import sealed_place
from models.records import KINDS, Kind, Record

_AT_ONCE = 500
"""Rows fetched together: one by one takes longer, all at once takes room."""
_NAMED_AT_ONCE = 10_000
"""Ids named in one statement: SQLite takes 32,766."""
_DECODED_ALWAYS = {"entered_at": datetime.fromisoformat, "changed_at": datetime.fromisoformat}


class _Reader(NamedTuple):
    """How a kind is read: the SELECT, the names a record has for its columns, and what decodes those stored as text."""

    select: str
    names: tuple[str, ...]
    decoders: tuple[tuple[str, Callable[[Any], Any]], ...]
    build: type[Record]


def all_standing(connection: Connection, kind: str, order: str) -> Iterator[Record]:
    """Every record of a kind that is not withdrawn, in the order of a column."""
    return _read(connection, kind, _statement(kind, f"voided IS NULL ORDER BY {_quoted(order)}"))


def of_patients(connection: Connection, kind: str, ids: Sequence[int], **same: object) -> Iterator[Record]:
    """What these patients have of a kind and is not withdrawn; or the patients themselves.

    `same` narrows it to records with these values in the fields named; none of the values is None.
    """
    owner = "id" if kind == "patient" else "patient_id"
    where = "".join(f"{_quoted(name)} = :{name} AND " for name in same) + f"voided IS NULL AND {owner}"
    values = {name: encode(value) for name, value in same.items()}
    if len(ids) == 1:
        return _read(connection, kind, _statement(kind, f"{where} = :of"), of=ids[0], **values)
    return _read(connection, kind, _statement(kind, f"{where} IN :of", "of"), of=ids, **values)


def distinct_values(
    connection: Connection, kind: str, ids: Sequence[int], names: tuple[str, ...]
) -> Iterator[tuple[Any, ...]]:
    """The patient and the values of these fields, for each combination that these patients' standing records have.

    For what asks whether there is a record and not what it says: the database leaves out the repetitions.
    """
    decoders = [decoder(KINDS[kind].fields[name].type) for name in names]
    rows = connection.execute(_distinct(kind, names), {"of": ids}).partitions(_AT_ONCE)
    for patient, *values in chain.from_iterable(rows):
        held = zip(decoders, values, strict=True)
        yield patient, *(decode(value) if decode and value is not None else value for decode, value in held)


def of_parent(connection: Connection, kind: str, parent: int) -> Iterator[Record]:
    """The children of a record that are not withdrawn."""
    return _read(connection, kind, _statement(kind, "voided IS NULL AND parent_id = :parent"), parent=parent)


def by_id(connection: Connection, kind: str, id_: int) -> Record:
    """One record, withdrawn or not; an unknown id is a fault of the program."""
    return next(_read(connection, kind, _statement(kind, "id = :id"), id=id_))


def by_ids(connection: Connection, kind: str, ids: Sequence[int]) -> Iterator[Record]:
    """Several records, withdrawn or not."""
    statement = _statement(kind, "id IN :of", "of")
    for part in _parts(ids):
        yield from _read(connection, kind, statement, of=part)


def of_parents(connection: Connection, kind: str, parents: Sequence[int]) -> Iterator[Record]:
    """The children of several records that are not withdrawn, those of one record oldest first."""
    statement = _statement(kind, "voided IS NULL AND parent_id IN :of ORDER BY id", "of")
    for part in _parts(parents):
        yield from _read(connection, kind, statement, of=part)


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _NAMED_AT_ONCE] for start in range(0, len(ids), _NAMED_AT_ONCE))


@cache
def _statement(kind: str, where: str, *lists: str) -> TextualSelect:
    """The SELECT of a kind with a condition; `lists` names the parameters that stand for several values."""
    reader = _reader(kind)
    statement = text(f"{reader.select} WHERE {where}")
    expanded = statement.bindparams(*(bindparam(name, expanding=True) for name in lists))
    # Named here, so that SQLAlchemy need not ask the database for the names of thirty columns each time.
    return expanded.columns(*(column(name) for name in reader.names))


@cache
def _distinct(kind: str, names: tuple[str, ...]) -> TextualSelect:
    columns = ", ".join(("patient_id", *(_selected(KINDS[kind], name) for name in names)))
    found = f"SELECT DISTINCT {columns} FROM {_quoted(kind)} WHERE voided IS NULL AND patient_id IN :of"
    expanded = text(found).bindparams(bindparam("of", expanding=True))
    return expanded.columns(column("patient_id"), *(column(name) for name in names))


def _read(connection: Connection, kind: str, statement: TextualSelect, **values: object) -> Iterator[Record]:
    _, names, decoders, build = _reader(kind)
    own = kind == "patient"
    rows = connection.execute(statement, values).partitions(_AT_ONCE)
    for row in chain.from_iterable(rows):
        held = dict(zip(names, row, strict=True))
        for name, decode in decoders:
            if held[name] is not None:
                held[name] = decode(held[name])
        if own:
            held["patient"] = held["id"]
        yield build.stored(held)


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
        kind.record,
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
