"""What changed since a data cut: every number that differs, with the patients and records behind it."""

from collections.abc import Iterator, Mapping, Sequence

from models.cohort.comparison import Change, RecordChange
from models.cohort.table import Form, Row, Table, shown
from models.cohort.who import Who
from models.domain.notation import Desk
from models.reports.cohort_captions import Block, Parts
from models.reports.cohort_tables import PaperColumn, text_table

_LISTINGS = ("patients-", "levels-patients", "waterfall-")
"""Tables with a line for each patient or sample: what changed in them stands beside the numbers anyway."""
_RECORDS, _NAMED = 4, 5
"""How many records and patients are told of each change."""
_NOTE = (
    "New, no longer and otherwise: the patients whom the number counts only now, whom it counted only before, and who"
    " contribute something else. Numbers that read as before are not listed; the Cohort page lists every patient and"
    " record."
)
_COLUMNS = (
    PaperColumn("Number", (), 110, "left", 3),
    PaperColumn("Before", (), 81),
    PaperColumn("Now", (), 81),
    PaperColumn("Patients", (), 90, "left", 2),
    PaperColumn("Records", (), 110, "left", 3),
)


def changes_section(changes: Sequence[Change], since: str, tables: Mapping[str, Table], parts: Parts) -> list[Block]:
    """The numbers that read otherwise than before, table by table in the order of the report."""
    title = f"Changes since {since}" if since else "Changes since the cut"
    told = [change for change in changes if not change.table.startswith(_LISTINGS) and _differs(change, parts.desk)]
    if not told:
        return parts.section(title, [parts.words("No number of the tables differs.")])
    explained = any(change.records for change in told)
    columns = _COLUMNS if explained else _COLUMNS[:-1]
    rows: list[Sequence[str] | str] = []
    for place, change in enumerate(told):
        if place == 0 or told[place - 1].table != change.table:
            rows.append(change.title)
        rows.append(_row(change, tables.get(change.table), parts.desk)[: len(columns)])
    return parts.section(title, [parts.table(title, text_table(columns, rows), _NOTE)])


def _differs(change: Change, desk: Desk) -> bool:
    """Whether a number reads otherwise; a line that is new says nothing where it counts nobody."""
    before, after = shown(change.before, change.column, desk), shown(change.after, change.column, desk)
    return change.column.form is not Form.TEXT and before != after and {before, after} != {"0", "–"}


def _row(change: Change, table: Table | None, desk: Desk) -> list[str]:
    return [
        f"{_line_words(change.row, table)}: {change.column.label}",
        shown(change.before, change.column, desk),
        shown(change.after, change.column, desk),
        "\n".join(_patients(change)),
        "\n".join(_records(change)),
    ]


def _line_words(key: str, table: Table | None) -> str:
    """The words of a line: its first cells of words, or where it is there no more its key."""
    row = next((row for row in table.rows if row.key == key), None) if table else None
    if table is None or row is None:
        return key.replace("/", ", ")
    return ", ".join(_leading(table, row)) or key


def _leading(table: Table, row: Row) -> Iterator[str]:
    for column, cell in zip(table.columns, row.cells, strict=True):
        if column.form is not Form.TEXT:
            return
        if cell.values[0]:
            yield str(cell.values[0])


def _patients(change: Change) -> Iterator[str]:
    for words, patients in (("new", change.joined), ("no longer", change.left), ("otherwise", change.moved)):
        if patients:
            yield f"{words}: {_named(patients)}"


def _named(patients: Sequence[Who]) -> str:
    named = ", ".join(who.label for who in patients[:_NAMED])
    return f"{named} and {len(patients) - _NAMED} more" if len(patients) > _NAMED else named


def _records(change: Change) -> Iterator[str]:
    for record in change.records[:_RECORDS]:
        yield _record_words(record)
    if len(change.records) > _RECORDS:
        yield f"and {len(change.records) - _RECORDS} more"


def _record_words(record: RecordChange) -> str:
    fields = f" ({', '.join(field.label for field in record.fields)})" if record.fields else ""
    return f"{record.who.label}, {record.title} {record.what}{fields}"
