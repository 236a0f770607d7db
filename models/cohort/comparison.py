"""Two counts of one study side by side: every number that changed, with the patients and records behind it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from models.cohort.cohort import Cohort
from models.cohort.table import Cell, Column, Row, Table, distinct, shown
from models.cohort.tables import tables
from models.cohort.who import Who
from models.domain.notation import Desk
from models.records.kind import KINDS, Record

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart

ADDED, CHANGED, GONE = "added", "changed", "no longer counted"
_EMPTY = Cell((None,))
_COURSE = {"patient", "phase", "visit", "disposition", "death", "relapse"}
_MOLECULAR = {*_COURSE, "mrd", "replicate", "sample", "disease", "assessment", "lesion"}
_TIMES = {*_MOLECULAR, "contact", "transplant"}
_READS: Mapping[str, set[str]] = {
    "flow": {*_TIMES},
    "response": _MOLECULAR,
    "endpoint": _TIMES,
    "patients": {*_TIMES, "mutation"},
    "levels": _MOLECULAR,
    "waterfall": _MOLECULAR,
    "toxicity": {"patient", "phase", "adverse_event", "ae_grade", "ae_drug"},
    "dose": {"patient", "phase", "exposure"},
    "mutations": {"patient", "phase", "mutation", "exposure"},
    "monitoring": {*_MOLECULAR, "adverse_event", "ae_grade", "ae_drug"},
}
"""The kinds of record from which each sort of table is counted, by the first word of its code; the others read all."""


class FieldChange(NamedTuple):
    """A field whose value differs: its label, and the values as stored."""

    label: str
    before: Any
    after: Any


class RecordChange(NamedTuple):
    """A record that is new, differs or is no longer there. `fields` are those that differ, empty unless it changed."""

    who: Who
    kind: str
    record_id: int
    what: str
    fields: tuple[FieldChange, ...]

    @property
    def title(self) -> str:
        """The words for the kind of record."""
        return KINDS[self.kind].title


@dataclass(frozen=True, slots=True)
class Change:
    """A number that differs: its cell in a table, before and after.

    `joined` and `left` are the patients whom it counts only after, or only before; `moved` those who are in both and
    contribute something else. `records` are their records that differ, among those from which the number is counted:
    empty until `explained` fills them in, and where nothing but the day of the count changed.
    """

    table: str
    title: str
    row: str
    column: Column
    before: Cell
    after: Cell
    joined: tuple[Who, ...]
    left: tuple[Who, ...]
    moved: tuple[Who, ...]
    records: tuple[RecordChange, ...] = ()

    @property
    def concerned(self) -> tuple[Who, ...]:
        """Every patient on whom the change rests."""
        return distinct((*self.joined, *self.left, *self.moved))


def reads_otherwise(change: Change, desk: Desk) -> bool:
    """Whether a reader sees the difference: a line that is new says nothing where it counts nobody."""
    before, after = shown(change.before, change.column, desk), shown(change.after, change.column, desk)
    return before != after and {before, after} != {"0", "–"}


def compare(before: Cohort, after: Cohort) -> tuple[Change, ...]:
    """Every cell that differs between two counts of one study under one protocol, in the order of the tables.

    A line that only one of them has is compared with empty cells.
    """
    earlier = {table.code: table for table in tables(before)}
    later = {table.code: table for table in tables(after)}
    return tuple(change for code in {**later, **earlier} for change in _changes(earlier.get(code), later.get(code)))


def record_changes(before: "PatientChart | None", after: "PatientChart | None") -> tuple[RecordChange, ...]:
    """What differs between two charts of one patient, each as of its cut; None where the patient was not there yet."""
    chart = after or before
    if chart is None:
        return ()
    who = Who(chart.patient.id, chart.label)
    old, new = _records(before), _records(after)
    found = []
    for key in {**new, **old}:
        if key not in old or key not in new:
            found.append(RecordChange(who, *key, ADDED if key in new else GONE, ()))
        elif fields := tuple(_fields(old[key], new[key])):
            found.append(RecordChange(who, *key, CHANGED, fields))
    return tuple(found)


def explained(changes: Sequence[Change], records: Mapping[int, Sequence[RecordChange]]) -> tuple[Change, ...]:
    """The changes with the records behind each; `records` are those that differ, by patient id."""
    return tuple(replace(change, records=tuple(_behind(change, records))) for change in changes)


def _behind(change: Change, records: Mapping[int, Sequence[RecordChange]]) -> Iterator[RecordChange]:
    reads = _READS.get(change.table.partition("-")[0])
    for who in change.concerned:
        for record in records.get(who.id, ()):
            if reads is None or record.kind in reads:
                yield record


def _changes(before: Table | None, after: Table | None) -> Iterator[Change]:
    """The cells of one table that differ."""
    table = after or before
    assert table is not None
    columns = {column.code: column for one in (after, before) if one for column in one.columns}
    old, new = _rows(before), _rows(after)
    for key in {**new, **old}:
        for code, column in columns.items():
            was, now = _cell(before, old.get(key), code), _cell(after, new.get(key), code)
            if was != now:
                yield Change(table.code, table.title, key, column, was, now, *_patients(was, now))


def _rows(table: Table | None) -> dict[str, Row]:
    return {row.key: row for row in table.rows} if table else {}


def _cell(table: Table | None, row: Row | None, code: str) -> Cell:
    if table is None or row is None:
        return _EMPTY
    place = next((n for n, column in enumerate(table.columns) if column.code == code), None)
    return _EMPTY if place is None else row.cells[place]


def _patients(was: Cell, now: Cell) -> tuple[tuple[Who, ...], tuple[Who, ...], tuple[Who, ...]]:
    """Who joined, who left, and who contributes something else."""
    old, new = _contributions(was), _contributions(now)
    joined = tuple(who for who in new if who not in old)
    left = tuple(who for who in old if who not in new)
    moved = tuple(who for who in new if who in old and new[who] != old[who])
    return joined, left, moved


def _contributions(cell: Cell) -> dict[Who, list[Any]]:
    """What each patient contributes; a patient may be counted several times."""
    found: dict[Who, list[Any]] = {}
    for place, who in enumerate(cell.patients):
        found.setdefault(who, []).append(cell.basis[place] if cell.basis else True)
    return found


def _records(chart: "PatientChart | None") -> dict[tuple[str, int], Record]:
    if chart is None:
        return {}
    held = {(kind, record.id): record for kind, records in chart.records.items() for record in records}
    return {("patient", chart.patient.id): chart.patient, **held}


def _fields(old: Record, new: Record) -> Iterator[FieldChange]:
    before, after = old.values(), new.values()
    for name, field in old.kind.fields.items():
        if before[name] != after[name]:
            yield FieldChange(field.label, before[name], after[name])
