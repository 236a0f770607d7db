"""What differs between two states of one patient's records: the records behind changed numbers."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from models.chart.visits import ENTRY_DATES, Entry
from models.cohort.cut import as_of
from models.cohort.who import Who
from models.records.kind import KINDS, Record

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
CAME, LEFT = "newly within the days counted", "no longer within the days counted"
"""What became of a record that both states hold and one count leaves out: its date moved, or the last day counted."""


class FieldChange(NamedTuple):
    """A field whose value differs: its label, and the values as stored."""

    label: str
    before: Any
    after: Any


class RecordChange(NamedTuple):
    """A record that differs, or that only one of two counts counts. `fields` are those that differ.

    `what` is `ADDED`, `CHANGED`, `REMOVED`, `CAME` or `LEFT`. `record_id` is 0 for a form of which only its visit and
    date were read (`PatientChart.entries`): they are its `fields`.
    """

    who: Who
    kind: str
    record_id: int
    what: str
    fields: tuple[FieldChange, ...]

    @property
    def title(self) -> str:
        """The words for the kind of record."""
        return KINDS[self.kind].title


_Key = tuple[str, int | Entry]
"""The kind of a record, and its id or, of a form, what is known of it."""


class _State(NamedTuple):
    """What is held of a patient, and what of it counts up to a day."""

    held: Mapping[_Key, Record | None]
    counted: Mapping[_Key, Record | None]


def record_changes(
    before: "PatientChart | None", first: date, after: "PatientChart | None", last: date
) -> tuple[RecordChange, ...]:
    """What differs between two states of a patient's records, counted up to `first` and up to `last`.

    The charts hold whatever is dated later, too; None where the patient was not there yet.
    """
    chart = after or before
    if chart is None:
        return ()
    who = Who(chart.patient.id, chart.label)
    then, now = _state(before, first), _state(after, last)
    return tuple(_found(who, then, now))


def _found(who: Who, then: _State, now: _State) -> Iterator[RecordChange]:
    for key in {**now.counted, **then.counted}:
        if key in then.counted and key in now.counted:
            what = CHANGED
            fields = tuple(_fields(then.counted[key], now.counted[key]))
        elif key in now.counted:
            what = CAME if key in then.held else ADDED
            fields = tuple(_fields(then.held.get(key), now.counted[key]))
        else:
            what = LEFT if key in now.held else REMOVED
            fields = tuple(_fields(then.counted[key], now.held.get(key)))
        kind, id_ = key
        if isinstance(id_, Entry):
            if what != CHANGED:
                yield RecordChange(who, kind, 0, what, tuple(_known(kind, id_, there=key in now.counted)))
        elif fields or what != CHANGED:
            yield RecordChange(who, kind, id_, what, fields)


def _state(chart: "PatientChart | None", until: date) -> _State:
    return _State(_keyed(chart), _keyed(as_of(chart, until) if chart else None))


def _keyed(chart: "PatientChart | None") -> Mapping[_Key, Record | None]:
    if chart is None:
        return {}
    keyed: dict[_Key, Record | None] = {("patient", chart.patient.id): chart.patient}
    keyed |= {(kind, record.id): record for kind, records in chart.records.items() for record in records}
    keyed |= {(kind, entry): None for kind, entries in chart.entries.items() for entry in entries}
    return keyed


def _fields(old: Record | None, new: Record | None) -> Iterator[FieldChange]:
    """The fields that differ between two versions of a record; nothing where there is only one."""
    if old is None or new is None:
        return
    before, after = old.values(), new.values()
    for name, field in old.kind.fields.items():
        if before[name] != after[name]:
            yield FieldChange(field.label, before[name], after[name])


def _known(kind: str, entry: Entry, *, there: bool) -> Iterator[FieldChange]:
    """What is known of a form that one of the counts does not have; `there` is whether the later one has it."""
    fields = KINDS[kind].fields
    dated = next(name for name in ENTRY_DATES if name in fields)
    for name, value in (("visit", entry.visit), (dated, entry.date)):
        if value is not None:
            yield FieldChange(fields[name].label, *((None, value) if there else (value, None)))
