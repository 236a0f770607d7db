"""What changed between two counts, as a table like any other, and the records behind each of its lines. Pure."""

from collections.abc import Mapping, Sequence

from gui.pages.cohort.contributions import Line, line_words
from gui.widgets.words import in_words
from models.cohort.cohort import Cohort
from models.cohort.comparison import Change, RecordChange, reads_otherwise
from models.cohort.method import Method
from models.cohort.table import Cell, Column, Form, Row, Table, shown, text
from models.cohort.tables import tables
from models.domain.fields import Field
from models.domain.notation import Desk
from models.records import KINDS

_LISTINGS = ("patients-phases", "levels-patients")
"""Tables with a line for each phase or sample: what changed in them are records, which stand beside the numbers."""
METHOD = Method(
    "Changes",
    "Each number is counted twice by the same rules: from the records as they stood at the cut, up to its day, and as"
    " they stand now. Beside it stand the patients whom it counts anew, no longer, or otherwise, with the records that"
    " differ.",
)
_COLUMNS = (
    Column("table", "Table", Form.TEXT),
    Column("line", "Line", Form.TEXT),
    Column("number", "Number", Form.TEXT),
    Column("before", "At the cut", Form.TEXT),
    Column("after", "Now", Form.TEXT),
    Column("patients", "Patients"),
)


def counted_changes(changes: Sequence[Change], desk: Desk) -> tuple[Change, ...]:
    """The numbers that read otherwise than before, without those of mere listings."""
    return tuple(
        change for change in changes if not change.table.startswith(_LISTINGS) and reads_otherwise(change, desk)
    )


def changes_table(changes: Sequence[Change], now: Cohort, desk: Desk) -> Table:
    """A line for each changed number, in the order of a paper; the key of a line is its place."""
    words = _line_words(now)
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
    return Table("changes", "Changes", _COLUMNS, tuple(rows), (METHOD,))


def change_lines(change: Change, desk: Desk) -> tuple[Line, ...]:
    """Whom the number counts otherwise than before, each with the records that differ."""
    found = []
    for words, patients in (
        ("counted now", change.joined),
        ("no longer counted", change.left),
        ("counts otherwise", change.moved),
    ):
        for who in patients:
            records = [record for record in change.records if record.who == who]
            found += [
                Line(who, f"{words}: {record_words(record, desk)}", (record.kind, record.record_id))
                for record in records
            ]
            if not records:
                found.append(Line(who, f"{words}: by the day of the count alone"))
    return tuple(found)


def record_words(record: RecordChange, desk: Desk) -> str:
    """A changed record: "MRD result changed (Target copies 12, was 120)"."""
    declared = {field.label: field for field in KINDS[record.kind].fields.values()}
    fields = [
        f"{change.label} {_value(declared[change.label], change.after, desk)},"
        f" was {_value(declared[change.label], change.before, desk)}"
        for change in record.fields
    ]
    what = f"{record.title} {record.what}"
    return f"{what} ({'; '.join(fields)})" if fields else what


def _value(field: Field, value: object, desk: Desk) -> str:
    return in_words(field, value, desk) or "empty"


def _line_words(now: Cohort) -> Mapping[tuple[str, str], str]:
    """The words of every line, by table and key."""
    return {(table.code, row.key): ", ".join(line_words(table, row)) for table in tables(now) for row in table.rows}
