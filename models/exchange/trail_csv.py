"""The audit trail as CSV: one line a changed value, oldest first."""

from collections.abc import Iterator
from pathlib import Path

from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.exchange.csv_file import write_rows
from models.queries.trail import EVERYTHING, TrailFilter, TrailLine
from models.records import KINDS
from models.services.trail import Trail

_COLUMNS = ("row", "at", "user", "act", "record", "which", "patient", "field", "old", "new", "reason")


def write_trail(trail: Trail, path: Path, wanted: TrailFilter = EVERYTHING) -> int:
    """Write the part of the trail that is wanted; returns how many lines were written. The trail keeps that it was.

    Raises:
        TrialError: the person may not export, or the file cannot be written.
    """
    found = trail.export(wanted)
    rows = [[_harmless(cell) for cell in row] for line in reversed(found) for row in _rows(line)]
    write_rows(path, _COLUMNS, rows)
    trail.note("audit trail exported", {"lines": len(rows)})
    return len(rows)


def _rows(line: TrailLine) -> Iterator[tuple[str, ...]]:
    record = f"{line.title} {line.record or ''}".strip()
    start = (str(line.row), line.at.isoformat(), line.actor, line.act, record, line.which, line.patient)
    if not line.changes:
        yield (*start, "", "", line.told, line.reason)
    declared = KINDS[line.kind].fields if line.kind in KINDS else {}
    for change in line.changes:
        field = declared.get(change.field)
        shown = _covered if field and field.identifying else _shown
        yield (*start, change.label, shown(change.old), shown(change.new), line.reason)


def _covered(value: object) -> str:
    """Who a patient is stays in the study: a file of it goes from hand to hand."""
    return "" if value is None else "[identity]"


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, PartialDate):
        return value.iso
    if isinstance(value, Quantity):
        return f"{value.qualifier or ''}{value.value} {value.unit}".strip()
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell and cell[0] in "=+-@\t\r" else cell
