"""The records behind changed numbers, value by value: old and new, by whom, when and why, as the audit trail has it.

A value may have been corrected several times between two counts: told is the last correction, with the value at the
earlier count and that at the later one.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from models.cohort.comparison import Change
from models.cohort.record_changes import ADDED, CAME, LEFT, REMOVED, RecordChange
from models.cohort.who import Who
from models.domain.codelists import ROLE
from models.domain.date_notation import write_moment
from models.domain.fields import Field, FieldType
from models.domain.notation import Desk
from models.domain.value_words import in_words
from models.queries.accounts import Tenure
from models.queries.history import COVERED
from models.queries.trail import TrailFilter, TrailLine
from models.records import KINDS
from models.services.trail import Trail

MOST = 150
"""Records that are told; whoever needs more has the audit trail."""
_VALUES = 3
"""How many values of a new record name it."""
_BY_DAY = {
    CAME: "No entry: its day lies within the later count only",
    LEFT: "No entry: its day lies within the earlier count only",
}
_BY_LAST_DAY = "No entry: the counts end with different days"
_FORMS = "Value by value in the audit trail"
_EMPTY, _NONE = "empty", "\N{EN DASH}"


class Correction(NamedTuple):
    """One value that differs between two counts, or a record that came or went as a whole.

    `when`, `role` and `reason` are those of the last entry about it between the counts.
    """

    who: Who
    record: str
    record_id: int
    field: str
    before: str
    after: str
    when: str
    role: str
    reason: str


class Reading(NamedTuple):
    """What is read: the rows of the trail after `since` and, if that is not None, not after `until`."""

    trail: Trail
    tenures: Sequence[Tenure]
    since: int
    until: int | None
    desk: Desk


def corrections(changes: Sequence[Change], reading: Reading) -> tuple[tuple[Correction, ...], int]:
    """Every value behind these numbers that differs, patient by patient, of `MOST` records; and how many more do."""
    records = {_key(record): record for change in changes for record in change.records}
    told = [records[key] for key in sorted(records)][:MOST]
    return tuple(line for record in told for line in _of_record(record, reading)), len(records) - len(told)


def _key(record: RecordChange) -> tuple[str, str, int, str]:
    """What tells a record from others; a form without an id is told by its visit and date."""
    return record.who.label, record.kind, record.record_id, "" if record.record_id else repr(record.fields)


def _of_record(record: RecordChange, reading: Reading) -> Iterator[Correction]:
    if not record.record_id:
        yield _of_form(record, reading)
        return
    wanted = TrailFilter(patient=record.who.id, kinds=(record.kind,), record=record.record_id)
    lines = [
        line
        for line in reading.trail.lines(wanted)
        if reading.since < line.row and (reading.until is None or line.row <= reading.until)
    ]
    if record.what == ADDED:
        yield _told(record, "New record", _NONE, _first_values(record, lines, reading.desk), lines[-1:], reading)
        return
    if record.what == REMOVED:
        yield _told(record, "Whole record", "counted", record.what, lines[:1], reading)
        return
    declared = {field.label: field for field in KINDS[record.kind].fields.values()}
    if record.what in _BY_DAY and not any(declared[one.label].type is FieldType.DATE for one in record.fields):
        was, now = ("not counted", "counted") if record.what == CAME else ("counted", "not counted")
        yield _told(record, "Whole record", was, now, [], reading)
    for change in record.fields:
        about = [line for line in lines if any(one.label == change.label for one in line.changes)]
        before, after = (_value(declared[change.label], one, reading.desk) for one in (change.before, change.after))
        yield _told(record, change.label, before, after, about[:1], reading)


def _of_form(record: RecordChange, reading: Reading) -> Correction:
    """A form of which only visit and date were read."""
    declared = {field.label: field for field in KINDS[record.kind].fields.values()}
    values = [(declared[one.label], one.before if one.after is None else one.after) for one in record.fields]
    known = ", ".join(_value(field, value, reading.desk) for field, value in values)
    before, after = (_NONE, known) if record.what in (ADDED, CAME) else (known, _NONE)
    reason = _BY_DAY.get(record.what, _FORMS)
    return Correction(record.who, record.title, 0, "Whole form", before, after, "", "", reason)


def _first_values(record: RecordChange, lines: Sequence[TrailLine], desk: Desk) -> str:
    """What was first entered, in the words of its first fields; "counted" where that was before both counts."""
    declared = KINDS[record.kind].fields
    entered = next((line for line in lines if line.act == "insert"), None)
    fields = [one for one in entered.changes if one.field in declared] if entered else []
    words = [f"{one.label} {_value(declared[one.field], one.new, desk)}" for one in fields[:_VALUES]]
    return "; ".join(words) or "counted"


def _told(
    record: RecordChange, field: str, before: str, after: str, lines: Sequence[TrailLine], reading: Reading
) -> Correction:
    if not lines:
        reason = _BY_DAY.get(record.what, _BY_LAST_DAY)
        return Correction(record.who, record.title, record.record_id, field, before, after, "", "", reason)
    (line,) = lines
    when, reason = write_moment(line.at, reading.desk), line.reason or ("First entry" if line.act == "insert" else "")
    return Correction(
        record.who, record.title, record.record_id, field, before, after, when, _role(line, reading.tenures), reason
    )


def _role(line: TrailLine, tenures: Sequence[Tenure]) -> str:
    """The role in which somebody acted at that moment."""
    for held in tenures:
        if held.login == line.actor and held.since <= line.at and (held.until is None or line.at < held.until):
            return ROLE.label(held.role)
    return ""


def _value(field: Field, value: Any, desk: Desk) -> str:  # noqa: ANN401 - whatever the fields hold
    """The value in words; who a patient is stays in the study."""
    if field.identifying:
        return COVERED
    return in_words(field, value, desk) or _EMPTY
