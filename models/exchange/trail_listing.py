"""The audit trail as a listing: one line a changed value, oldest first."""

from collections.abc import Iterator
from pathlib import Path

from models.domain.printing import Printing
from models.exchange.listing import Listing, value_text, write_listing
from models.exchange.workbook_file import Value
from models.queries.history import COVERED
from models.queries.trail import EVERYTHING, TrailFilter, TrailLine
from models.records import KINDS
from models.services.trail import Trail

_COLUMNS = ("row", "at", "user", "act", "record", "which", "patient", "field", "old", "new", "reason")


def write_trail(trail: Trail, path: Path, printing: Printing, wanted: TrailFilter = EVERYTHING) -> int:
    """Write the part of the trail that is wanted; returns how many lines were written. The trail keeps that it was.

    Raises:
        TrialError: the person may not export, or the file cannot be written.
    """
    rows = [row for line in reversed(trail.export(wanted)) for row in _rows(line)]
    part = "all of it" if wanted == EVERYTHING else "what fitted the filters of the list"
    write_listing(path, Listing("Audit trail", _COLUMNS, rows, (("Part", part),)), printing)
    trail.note("audit trail exported", {"lines": len(rows), "as": path.suffix.lower()[1:], "file": path.name})
    return len(rows)


def _rows(line: TrailLine) -> Iterator[tuple[Value, ...]]:
    record = f"{line.title} {line.record or ''}".strip()
    start = (line.row, line.at.isoformat(), line.actor, line.act, record, line.which, line.patient)
    if not line.changes:
        yield (*start, "", "", line.told, line.reason)
    declared = KINDS[line.kind].fields if line.kind in KINDS else {}
    for change in line.changes:
        field = declared.get(change.field)
        shown = _covered if field and field.identifying else value_text
        yield (*start, change.label, shown(change.old), shown(change.new), line.reason)


def _covered(value: object) -> str:
    """Who a patient is stays in the study: a file of it goes from hand to hand."""
    return "" if value is None else COVERED
