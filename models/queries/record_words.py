"""Records and people in words, for lists that name records of every kind."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from models.domain.date_notation import write_date
from models.domain.fields import FieldType
from models.domain.notation import Desk as Notation
from models.domain.partial_dates import PartialDate
from models.persistence.column_types import encode
from models.persistence.engine import tell_driver
from models.protocols.model import Protocol
from models.queries import options
from models.queries.coverage import Row
from models.records import KINDS, Record

_NAMED_BY: Mapping[str, tuple[str, ...]] = {
    "visit": ("code",),
    "lab": ("test",),
    "lab_range": ("test", "laboratory"),
    "adverse_event": ("term",),
    "ae_grade": ("grade",),
    "ae_drug": ("drug",),
    "phase": ("phase",),
    "exposure": ("drug",),
    "medication": ("name",),
    "lesion": ("gene",),
    "eligibility": ("criterion",),
    "history": ("term",),
    "mrd": ("specimen", "transcript"),
    "replicate": ("number",),
    "mutation": ("specimen",),
    "sample": ("purpose", "specimen"),
    "consent": ("version",),
    "disposition": ("event",),
    "document": ("title",),
    "signature": ("meaning",),
    "record_lock": ("act",),
    "query_step": ("act",),
    "data_cut": ("name",),
    "account": ("login",),
    "training": ("subject", "login"),
}
"""The fields by which a person tells one record of a kind from another, besides its day."""


class RecordWords:
    """Names records in words, as the protocol and this desk have them. Made for one reading."""

    def __init__(self, connection: Connection, protocol: Protocol, notation: Notation) -> None:
        """`notation` is how dates are written."""
        self._connection = connection
        self._protocol = protocol
        self._notation = notation
        self._terms: dict[tuple[str, str], Mapping[str, str]] = {}

    def of_row(self, kind: str, row: Row) -> str:
        """A record by what its row says: "Laboratory value, Haemoglobin, 2 Feb 2026"."""
        return ", ".join(part for part in (KINDS[kind].title, self.name_of(kind, row)) if part)

    def name_of(self, kind: str, row: Row) -> str:
        """What tells it from others of its kind: "Haemoglobin, 2 Feb 2026"; empty where a patient has but one."""
        names = (name for name in _NAMED_BY.get(kind, ()) if row.get(name) is not None)
        parts = [self._terms_of(kind, name).get(str(row[name]), str(row[name])) for name in names]
        days = (f.name for f in KINDS[kind].fields.values() if f.type is FieldType.DATE and not f.identifying)
        day = next((row[name] for name in days if row.get(name)), "")
        if day:
            parts.insert(1, self._day(str(day)))  # before what a narrow column may cut off
        return ", ".join(parts)

    def _day(self, iso: str) -> str:
        """A day in words; what a forged row has instead of one as it is."""
        try:
            return write_date(PartialDate.from_iso(iso), self._notation)
        except ValueError:
            return iso

    def of_record(self, record: Record) -> str:
        """The same of a record that was read."""
        return self.of_row(record.kind.name, stored(record))

    def _terms_of(self, kind: str, name: str) -> Mapping[str, str]:
        if (kind, name) not in self._terms:
            known = options.of_field(self._connection, self._protocol, KINDS[kind].fields[name])
            self._terms[kind, name] = dict(known)
        return self._terms[kind, name]


def stored(record: Record) -> dict[str, Any]:
    """What a record says, as its row has it."""
    row = {name: encode(value) for name, value in record.values().items() if value is not None}
    return {**row, "parent_id": record.parent} if record.kind.parent else row


def field_words(kind: str, name: str | None) -> str:
    """The label of a field; empty for the whole record."""
    if not name:
        return ""
    return "Withdrawn" if name == "voided" else KINDS[kind].fields[name].label


def printed_names(connection: Connection) -> Mapping[str, str]:
    """The printed name of every account, by login; accounts are never taken away."""
    return dict(tell_driver(connection, "SELECT login, name FROM account").fetchall())


def patient_labels(connection: Connection) -> Mapping[int, str]:
    """The number every patient is known by."""
    rows = tell_driver(connection, "SELECT id, coalesce(nullif(subject_number, ''), screening_number) FROM patient")
    return dict(rows.fetchall())
