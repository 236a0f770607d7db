"""What changed between two counts, as a table like any other, and the records behind each of its lines. Pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gui.pages.cohort.basis import Sides
from gui.pages.cohort.contributions import Line, line_words
from gui.widgets.words import in_words
from models.cohort.cohort import Cohort
from models.cohort.comparison import Change, reads_otherwise
from models.cohort.method import Method
from models.cohort.record_changes import FieldChange, RecordChange
from models.cohort.table import Cell, Column, Form, Row, Table, shown, text
from models.cohort.tables import tables
from models.domain.capitals import upper_first
from models.domain.notation import Desk
from models.records import KINDS

_LISTINGS = ("patients-phases", "levels-patients")
"""Tables with a line for each phase or sample: what changed in them are records, which stand beside the numbers."""


class Held(NamedTuple):
    """Two counts held against each other: how a sentence names each, and from which data each was counted."""

    sides: Sides
    first_data: str
    second_data: str

    @property
    def method(self) -> Method:
        """How the changes were found."""
        return Method(
            "Changes",
            f"Each number is counted twice by the same rules: from {self.first_data}; and from {self.second_data}."
            " Beside it stand the patients whom only one of the two counts, or who contribute something else to each,"
            " with the records that differ.",
        )

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the table, headed by the two counts."""
        return (
            Column("table", "Table", Form.TEXT),
            Column("line", "Line", Form.TEXT),
            Column("number", "Number", Form.TEXT),
            Column("before", upper_first(self.sides.first), Form.TEXT),
            Column("after", upper_first(self.sides.second), Form.TEXT),
            Column("patients", "Patients"),
        )


def counted_changes(changes: Sequence[Change], desk: Desk) -> tuple[Change, ...]:
    """The numbers that read otherwise than before, without those of mere listings."""
    return tuple(
        change for change in changes if not change.table.startswith(_LISTINGS) and reads_otherwise(change, desk)
    )


def changes_table(changes: Sequence[Change], counted: Cohort, held: Held, desk: Desk) -> Table:
    """A line for each changed number, in the order of a paper; the key of a line is its place.

    `counted` is the second of the two counts.
    """
    words = _line_words(counted)
    rows = []
    for place, change in enumerate(changes):
        line = words.get((change.table, change.row), change.row.replace("/", ", "))
        cells = (
            text(change.title),
            text(line),
            text(change.column.label),
            text(shown(change.before, change.column, desk)),
            text(shown(change.after, change.column, desk)),
            Cell((len(change.concerned),), change.concerned),
        )
        rows.append(Row(str(place), cells))
    return Table("changes", "Changes", held.columns, tuple(rows), (held.method,))


def change_heading(row: Row) -> str:
    """A line of the table in short: "Patient flow, Screened, Patients: 66 → 64"."""
    table, line, number, before, after, _ = (str(cell.values[0]) for cell in row.cells)
    return f"{table}, {line}, {number}: {before} → {after}"


def change_lines(change: Change, sides: Sides, desk: Desk) -> tuple[Line, ...]:
    """Whom the two counts count otherwise, each with the records that differ."""
    found = []
    for words, patients in (
        (f"counted {sides.second}, not {sides.first}", change.joined),
        (f"counted {sides.first}, not {sides.second}", change.left),
        ("counted otherwise", change.moved),
    ):
        for who in patients:
            records = [record for record in change.records if record.who.id == who.id]
            found += [Line(who, f"{words}: {record_words(record, desk)}", _opens(record)) for record in records]
            if not records:
                found.append(Line(who, f"{words}: by the last day counted alone"))
    return tuple(found)


def record_words(record: RecordChange, desk: Desk) -> str:
    """A record that differs: "MRD result changed (BCR::ABL1 copies 120 → 12)"."""
    what = f"{record.title} {record.what}"
    fields = (_field_words(record, one, desk) for one in record.fields)
    return f"{what} ({'; '.join(fields)})" if record.fields else what


def _field_words(record: RecordChange, change: FieldChange, desk: Desk) -> str:
    """Both values of a field; of a form that only one of the counts has, the one that is known."""
    field = next(one for one in KINDS[record.kind].fields.values() if one.label == change.label)
    before, after = (in_words(field, value, desk) for value in (change.before, change.after))
    if not record.record_id:
        return f"{change.label} {before or after}"
    return f"{change.label} {before or 'empty'} → {after or 'empty'}"


def _opens(record: RecordChange) -> tuple[str, int] | None:
    return (record.kind, record.record_id) if record.record_id else None


def _line_words(counted: Cohort) -> Mapping[tuple[str, str], str]:
    """The words of every line, by table and key."""
    return {(table.code, row.key): ", ".join(line_words(table, row)) for table in tables(counted) for row in table.rows}
