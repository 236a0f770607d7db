"""Two counts of one study side by side: every number that changed, with the patients and records behind it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.chart.life import SHOWS_LIFE
from models.chart.visits import OFFERED, PIECE_KINDS
from models.cohort.cohort import Cohort
from models.cohort.record_changes import RecordChange
from models.cohort.table import Cell, Column, Form, Row, Table, distinct, shown
from models.cohort.tables import tables
from models.cohort.who import Who
from models.domain.notation import Desk

_EMPTY = Cell((None,))
_FLOW = {"patient", "consent", "phase", "visit", "disposition", "death", "relapse", "transplant"}
_MOLECULAR = {*_FLOW, "mrd", "replicate", "sample", "mutation", "disease", "assessment", "lesion"}
_TIMES = {*_MOLECULAR, *SHOWS_LIFE}
_SAFETY = {"patient", "phase", "adverse_event", "ae_grade", "ae_drug"}
_FORMS = {kind for piece, kind in PIECE_KINDS.items() if piece not in OFFERED}
_READS: Mapping[str, set[str]] = {
    "flow": _MOLECULAR,
    "baseline": {"patient", "disease", "lesion"},
    "response": _MOLECULAR,
    "endpoint": _TIMES,
    "patients": _TIMES,
    "levels": _MOLECULAR,
    "waterfall": _MOLECULAR,
    "toxicity": _SAFETY,
    "dose": {"patient", "phase", "exposure"},
    "mutations": {"patient", "phase", "mutation", "exposure"},
    "completeness": {*_FLOW, *_FORMS},
    "monitoring": {*_MOLECULAR, *_SAFETY},
}
"""The kinds of record from which each sort of table is counted, by the first word of its code."""


@dataclass(frozen=True, slots=True)
class Change:
    """A number that differs: its cell in a table, before and after.

    `joined` and `left` are the patients whom it counts only after, or only before; `moved` those who are in both and
    contribute something else. A value in a patient's own line rests on that patient. `records` are their records that
    differ, among those from which the number is counted: empty until `explained` fills them in, and where nothing but
    the day of the count changed.
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
    if all(not cell.values[0] and not cell.patients for cell in (change.before, change.after)):
        return False
    return shown(change.before, change.column, desk) != shown(change.after, change.column, desk)


def compare(before: Cohort, after: Cohort) -> tuple[Change, ...]:
    """Every cell that differs between two counts of one study under one protocol, in the order of the tables.

    A line that only one of them has is compared with empty cells, its words left out: they name it. A patient is named
    as in the later one.
    """
    earlier = {table.code: table for table in tables(_named_as_in(after, before))}
    later = {table.code: table for table in tables(after)}
    return tuple(change for code in {**later, **earlier} for change in _changes(earlier.get(code), later.get(code)))


def _named_as_in(later: Cohort, earlier: Cohort) -> Cohort:
    """The earlier count with the later names: by enrolment a subject number takes the place of a screening number."""
    known = {one.who.id: one.who for one in later.members}
    return replace(earlier, members=tuple(replace(one, who=known.get(one.who.id, one.who)) for one in earlier.members))


def explained(changes: Sequence[Change], records: Mapping[int, Sequence[RecordChange]]) -> tuple[Change, ...]:
    """The changes with the records behind each; `records` are those that differ, by patient id."""
    return tuple(replace(change, records=tuple(_behind(change, records))) for change in changes)


def _behind(change: Change, records: Mapping[int, Sequence[RecordChange]]) -> Iterator[RecordChange]:
    reads = _READS[change.table.partition("-")[0]]
    for who in change.concerned:
        for record in records.get(who.id, ()):
            if record.kind in reads:
                yield record


def _changes(before: Table | None, after: Table | None) -> Iterator[Change]:
    """The cells of one table that differ."""
    table = after or before
    assert table is not None
    columns = {column.code: column for one in (after, before) if one for column in one.columns}
    old, new = _rows(before), _rows(after)
    for key in {**new, **old}:
        rows = (old.get(key), new.get(key))
        for code, column in columns.items():
            was, now = _cell(before, rows[0], code), _cell(after, rows[1], code)
            if was != now and not (column.form is Form.TEXT and None in rows):
                yield Change(table.code, table.title, key, column, was, now, *_patients(was, now, rows))


def _rows(table: Table | None) -> dict[str, Row]:
    return {row.key: row for row in table.rows} if table else {}


def _cell(table: Table | None, row: Row | None, code: str) -> Cell:
    if table is None or row is None:
        return _EMPTY
    place = next((n for n, column in enumerate(table.columns) if column.code == code), None)
    return _EMPTY if place is None else row.cells[place]


_Patients = tuple[tuple[Who, ...], tuple[Who, ...], tuple[Who, ...]]


def _patients(was: Cell, now: Cell, rows: tuple[Row | None, Row | None]) -> _Patients:
    """Who joined, who left, and who contributes something else."""
    found = _parted(_contributions(was), _contributions(now))
    owners = [_owner(row) for row in rows]
    if any(owners) and (None in rows or not any(found)):
        then, since = ({owner: [cell.values]} if owner else {} for owner, cell in zip(owners, (was, now), strict=True))
        return _parted(then, since)
    return found


def _parted(old: Mapping[Who, list[Any]], new: Mapping[Who, list[Any]]) -> _Patients:
    joined = tuple(who for who in new if who not in old)
    left = tuple(who for who in old if who not in new)
    moved = tuple(who for who in new if who in old and new[who] != old[who])
    return joined, left, moved


def _owner(row: Row | None) -> Who | None:
    """The patient whose own line it is: one of its cells names no other."""
    named = (cell.patients[0] for cell in row.cells if len(cell.patients) == 1 and _names(cell)) if row else iter(())
    return next(named, None)


def _names(cell: Cell) -> bool:
    return cell.values == (cell.patients[0].label,)


def _contributions(cell: Cell) -> dict[Who, list[Any]]:
    """What each patient contributes; a patient may be counted several times."""
    found: dict[Who, list[Any]] = {}
    for place, who in enumerate(cell.patients):
        found.setdefault(who, []).append(cell.basis[place] if cell.basis else True)
    return found
