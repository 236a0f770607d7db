"""What changed since a data cut: every number that differs, with the patients behind it, and the values corrected."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from models.cohort.comparison import Change, reads_otherwise
from models.cohort.grouping import EVERYBODY
from models.cohort.table import Form, Row, Table, shown
from models.cohort.who import Who
from models.domain.notation import Desk
from models.queries.accounts import Tenure
from models.records.review import DataCut
from models.reports.cohort_captions import Block, Parts
from models.reports.cohort_corrections import MOST, Correction, Reading, corrections
from models.reports.cohort_tables import PaperColumn, text_table
from models.services.trail import Trail

_LISTINGS = ("patients-", "levels-patients", "waterfall-")
"""Tables with a line for each patient or sample: what changed in them stands beside the numbers anyway."""
_NAMED = 5
"""How many patients are named of each change."""
_NOTE = (
    "New, no longer and otherwise: the patients whom only the later count has, whom only the earlier one has, and who"
    " contribute something else to each. Numbers that read alike in both are not listed."
)
_WHY = (
    "Every value behind these numbers that differs, with its last entry in between: when, in which role, and the reason"
    " given. The audit trail holds each step and the name."
)
_NUMBERS = (
    PaperColumn("Number", (), 150, "left", 3),
    PaperColumn("At the cut", (), 81),
    PaperColumn("Now", (), 81),
    PaperColumn("Patients", (), 110, "left", 2),
)
_VALUES = (
    PaperColumn("Record", (), 62, "left", 1),
    PaperColumn("Field", (), 66, "left", 1),
    PaperColumn("Old value", (), 66, "left", 1),
    PaperColumn("New value", (), 66, "left", 2),
    PaperColumn("When", (), 66, "left", 0),
    PaperColumn("Role", (), 52, "left", 0),
    PaperColumn("Reason", (), 84, "left", 2),
)


class Comparison(NamedTuple):
    """The numbers that differ from those of an earlier cut, and the values behind them.

    `until` is the name of the later cut, empty where the records were counted as they stand; `untold` is how many
    records more there are behind the numbers.
    """

    since: str
    changes: Sequence[Change]
    corrections: Sequence[Correction] = ()
    until: str = ""
    untold: int = 0

    @property
    def words(self) -> str:
        """Between what: "since Board, June"."""
        return f"from {self.since} to {self.until}" if self.until else f"since {self.since}"


def changes_section(told: Comparison, tables: Mapping[str, Table], parts: Parts) -> list[Block]:
    """The numbers that read otherwise than before, table by table in the order of the report, then the values."""
    title = f"Changes {told.words}"
    changes = _told(told.changes, parts.desk)
    if not changes:
        return parts.section(title, [parts.words("No number of the tables differs.")])
    rows: list[Sequence[str] | str] = []
    for place, change in enumerate(changes):
        if place == 0 or changes[place - 1].table != change.table:
            rows.append(change.title)
        rows.append(_row(change, tables.get(change.table), parts.desk))
    number, before, after, patients = _NUMBERS
    if told.until:
        before, after = before._replace(head="At the earlier cut"), after._replace(head="At the later cut")
    columns = (number, before, after, patients)
    numbers = parts.table(f"Numbers that differ {told.words}", text_table(columns, rows), _NOTE)
    return parts.section(title, [numbers, *_values(told.corrections, told.untold, parts)])


def held_against(
    since: DataCut,
    after: DataCut | None,
    changes: Sequence[Change],
    trail: Trail,
    tenures: Sequence[Tenure],
    desk: Desk,
) -> Comparison:
    """What changed since a cut until a later one, or until now where that is None, with the entries in between."""
    reading = Reading(trail, tenures, since.as_of, after.as_of if after else None, desk)
    told, untold = corrections(_told(changes, desk), reading)
    return Comparison(since.name, changes, told, after.name if after else "", untold)


def _told(changes: Sequence[Change], desk: Desk) -> list[Change]:
    """The changes that paper tells: numbers of the tables that read otherwise."""
    numbers = (change for change in changes if change.column.form is not Form.TEXT)
    return [change for change in numbers if not change.table.startswith(_LISTINGS) and reads_otherwise(change, desk)]


def _values(corrections: Sequence[Correction], untold: int, parts: Parts) -> Iterator[Block]:
    """The values corrected, patient by patient."""
    if not corrections:
        yield parts.words("No record was entered or corrected in between: the numbers differ by the day of the count.")
        return
    rows: list[Sequence[str] | str] = []
    for place, one in enumerate(corrections):
        if place == 0 or corrections[place - 1].who != one.who:
            rows.append(one.who.label)
        rows.append([one.record, one.field, one.before, one.after, one.when, one.role, one.reason])
    more = f" Of {MOST + untold} records the first {MOST} are listed." if untold else ""
    yield parts.table("Entries behind these numbers", text_table(_VALUES, rows), _WHY + more)


def _row(change: Change, table: Table | None, desk: Desk) -> list[str]:
    return [
        f"{_line_words(change.row, table)}: {change.column.label}",
        shown(change.before, change.column, desk),
        shown(change.after, change.column, desk),
        "\n".join(_patients(change)),
    ]


def _line_words(key: str, table: Table | None) -> str:
    """The words of a line: its first cells of words, or where it is there no more its key."""
    row = next((row for row in table.rows if row.key == key), None) if table else None
    if table is None or row is None:
        return key.replace("/", ", ")
    words = list(_leading(table, row))
    return ", ".join([word for word in words if word != EVERYBODY] or words) or key


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
