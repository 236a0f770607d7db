"""The tables. One a record kind, built from its declaration; and four of the study's own."""

from collections.abc import Mapping
from threading import Lock

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, UniqueConstraint

from models.domain.fields import Field, FieldType
from models.persistence.column_types import column_type
from models.records import KINDS, Kind

SCHEMA_VERSION = "0004"
"""The newest migration. A study with a higher number was written by a newer AlbaTrack."""

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)

MOMENT = column_type(FieldType.MOMENT)

facts = Table(
    "study_fact",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)
"""What the study was made with: site, creation, synthetic or not; and the settings that belong to the study."""

protocols = Table(
    "protocol",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("protocol_id", String, nullable=False),
    Column("version", String, nullable=False),
    Column("text", String, nullable=False),
    Column("adopted_at", MOMENT, nullable=False),
    Column("adopted_by", String, nullable=False),
)
"""Every protocol version the study ran under, as the text of its file; the newest is in force."""

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("act", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("record_id", Integer),
    Column("patient_id", Integer),
    Column("old", String),
    Column("new", String),
    Column("reason", String, nullable=False),
    Column("mac", LargeBinary, nullable=False),
    Index(None, "kind", "record_id"),
    Index(None, "patient_id"),
)
"""`act` is "insert" or "update" with `old` and `new` as JSON objects of what is not empty; or the name of an event,
with `kind` "event" and its details in `new`."""

drafts = Table(
    "draft",
    metadata,
    Column("actor", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("saved_at", MOMENT, nullable=False),
    Column("texts", String, nullable=False),
)
"""Each person's forms in progress, as typed. Not part of the record: they go when saved or thrown away."""


def sealed_place(kind: Kind, field: Field) -> str:
    """The place that the values of an identifying field are sealed for; empty for every other field."""
    return f"{kind.name}.{field.name}" if field.identifying else ""


def _table(kind: Kind) -> Table:
    columns: list[Column[object]] = [Column("id", Integer, primary_key=True)]
    if kind.name != "patient" and not kind.of_study:
        columns.append(Column("patient_id", Integer, ForeignKey("patient.id"), nullable=False, index=not kind.single))
    if kind.parent:
        columns.append(Column("parent_id", Integer, ForeignKey(f"{kind.parent}.id"), nullable=False, index=True))
    columns += [
        Column(f.name, column_type(f.type, sealed_place(kind, f)), nullable=not f.required)
        for f in kind.fields.values()
    ]
    columns += [
        Column("entered_at", MOMENT, nullable=False),
        Column("entered_by", String, nullable=False),
        Column("changed_at", MOMENT),
        Column("voided", String),
    ]
    table = Table(kind.name, metadata, *columns)
    if kind.name == "patient":
        table.append_constraint(UniqueConstraint("screening_number"))
        table.append_constraint(UniqueConstraint("subject_number"))
    elif kind.single:
        # A withdrawn record stays, and makes room for the one that is entered in its place.
        Index(f"uq_{kind.name}_once", table.c.patient_id, unique=True, sqlite_where=table.c.voided.is_(None))
    return table


class _Tables(dict[str, Table]):
    """Makes a table when it is first asked for, by whichever thread: a start needs ten of the thirty."""

    _making = Lock()

    def __missing__(self, kind: str) -> Table:
        with self._making:
            if kind not in self:
                self[kind] = _table(KINDS[kind])
        return self[kind]


TABLES: Mapping[str, Table] = _Tables()
"""The table of each record kind."""


def whole_schema() -> MetaData:
    """Every table of a study: what a migration compares with."""
    for kind in KINDS:
        TABLES[kind]
    return metadata
