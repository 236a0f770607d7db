"""Which record every line of the audit trail is about, in a few words: "Haemoglobin, 2 Feb 2026".

Most of it stands in the row itself. What a row only points at (the result that a replicate belongs to, the value that
a query asks about, the visit that was signed) is read for all lines of a page together, from the newest row that the
trail has of it.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, func, select

from models.domain.codelists import ROLE
from models.domain.date_notation import NO_MOMENT, write_moment
from models.domain.notation import Desk as Notation
from models.domain.trail_words import detail_words
from models.persistence.audit import EVENT
from models.persistence.backup_manifest import Why
from models.persistence.schema import audit
from models.persistence.trail_reading import TRAIL, content_of, moment_of, rows_of
from models.protocols.model import Protocol
from models.queries.coverage import Key, Row
from models.queries.record_words import RecordWords, field_words
from models.records import KINDS

_STEPS = 3
"""How far a line can be from what it is about: step of a query, query, replicate, MRD result."""
_POINTERS = {"document": "document", "visit": "visit"}
"""Details of an event that hold the number of a record: name of the detail -> kind of record."""
_SAID = frozenset({"visit", "document", "kind", "record", "field"})
"""Details that say what an event is about."""
_CODES = {**ROLE.terms, **{why.value: why.words for why in Why}}
"""The roles of accounts and what backups are made for, as details hold them -> words."""


class _Pointer(NamedTuple):
    """The record that a row is about, and the name of the field, empty for the whole record."""

    key: Key
    field: str = ""


class Naming:
    """Names what the lines of one reading are about. Forged rows are about what they say, or nothing."""

    def __init__(
        self, connection: Connection, protocol: Protocol, notation: Notation, rows: Iterable[tuple[str, Row]]
    ) -> None:
        """`rows` are the kind and the content of each line; `notation` is how dates are written."""
        self._words = RecordWords(connection, protocol, notation)
        self._notation = notation
        self._known: dict[Key, Row] = {}
        found = list(rows)
        for _ in range(_STEPS):
            pointers = (_pointer(kind, row) for kind, row in found)
            wanted = {pointer.key for pointer in pointers if pointer} - self._known.keys()
            read = _newest(connection, wanted)
            self._known |= read
            found = [(kind, row) for (kind, _), row in read.items()]

    def which(self, kind: str, row: Row) -> str:
        """What the line is about besides its kind; empty where there is nothing to add."""
        return self._which(kind, row, _STEPS)

    def told(self, details: Row) -> str:
        """The details of an event in words, without what `which` says of them."""
        said = _SAID if self.which(EVENT, details) else frozenset[str]()
        return detail_words({name: self._plain(value) for name, value in details.items() if name not in said})

    def _plain(self, value: object) -> object:
        """A code or a moment of a detail in words, everything else as it is."""
        if not isinstance(value, str):
            return value
        moment = moment_of(value)
        return _CODES.get(value, value) if moment == NO_MOMENT else write_moment(moment, self._notation)

    def _which(self, kind: str, row: Row, steps: int) -> str:
        own, pointer = self._own(kind, row), _pointer(kind, row)
        if pointer is None or pointer.key not in self._known or not steps:
            return own
        about = pointer.key[0]
        parts = [self._which(about, self._known[pointer.key], steps - 1)]
        if kind not in KINDS or KINDS[kind].parent != about:  # "Grade" says already that it is of an adverse event
            parts.insert(0, KINDS[about].title)
        named = ", ".join(part for part in parts if part)
        if pointer.field in KINDS[about].fields:
            named += f": {field_words(about, pointer.field)}"
        return f"{named} · {own}" if own else named

    def _own(self, kind: str, row: Row) -> str:
        if kind in KINDS:
            return self._words.name_of(kind, row)
        if kind == "protocol":
            return " ".join(str(row[name]) for name in ("protocol_id", "version") if name in row)
        visit = row.get("visit")
        return self._words.name_of("visit", {"code": visit}) if kind == EVENT and isinstance(visit, str) else ""


def _pointer(kind: str, row: Row) -> _Pointer | None:
    """What a row is about besides itself, by what it says."""
    if kind == EVENT:
        said = ((row.get("kind"), row.get("record")), *((about, row.get(name)) for name, about in _POINTERS.items()))
        return next((found for each in said if (found := _checked(*each, row.get("field")))), None)
    declared = KINDS.get(kind)
    if declared is not None and declared.parent:
        return _checked(declared.parent, row.get("parent_id"))
    if declared is not None and declared.review and "visit" in declared.fields:
        return _checked("visit", row.get("visit"))
    return _checked(row.get("about_kind"), row.get("about_id"), row.get("about_field"))


def _checked(kind: object, record: object, field: object = None) -> _Pointer | None:
    if not (isinstance(kind, str) and kind in KINDS and isinstance(record, int)):
        return None
    return _Pointer((kind, record), field if isinstance(field, str) else "")


def _newest(connection: Connection, wanted: Iterable[Key]) -> Mapping[Key, Row]:
    """What the trail says last of these records, asked in one statement however many they are and of whatever kinds."""
    asked = func.json_each(json.dumps(sorted(wanted))).table_valued("value")
    kind, record = (func.json_extract(asked.c.value, f"$[{place}]") for place in (0, 1))
    own = and_(audit.c.kind == kind, audit.c.record_id == record)
    columns = (TRAIL["kind"], TRAIL["record_id"], TRAIL["new"])
    told = select(*columns).select_from(asked).join(audit, own).where(audit.c.act.in_(("insert", "update")))
    rows: Iterable[Any] = rows_of(connection, told.order_by(audit.c.seq))
    return {(kind, record): content_of(new) for kind, record, new in rows}
