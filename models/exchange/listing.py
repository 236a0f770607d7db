"""A listing: a table that leaves the study as a file, the same rows as CSV or as an Excel workbook.

What the record holds is text in both, exactly as it was entered: numbers with their digits, qualifier and unit, dates
in ISO form with the parts that are known. As a number "1.20" would be 1.2, and no partial date is a day of a calendar.
What was counted is a number. CSV cannot tell a text from a formula: there a text that begins like one has an apostrophe
before it; in a workbook it stands as it was typed.
"""

import math
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.domain.printing import Printing
from models.domain.quantities import Quantity
from models.exchange.csv_file import write_rows
from models.exchange.workbook_file import ACTIVE, LONGEST, About, Sheet, Value, write_workbook

FORMATS = {".csv": "CSV", ".xlsx": "Excel workbook"}
"""The end of a file's name -> the words for its format."""
_READING = (
    f"A text of more than {LONGEST:,} characters goes on in the columns named (part 2) and so on. "
    "The history of every value is in the audit trail."
)


class Listing(NamedTuple):
    """A table as it leaves: every row has a cell for each column. `facts` say what more it is about: name, words."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    facts: tuple[tuple[str, str], ...] = ()


def write_listing(path: Path, listing: Listing, printing: Printing) -> None:
    """Write the listing, all of it, or nothing if anything fails. The end of the name says in which format.

    A workbook has a second sheet that says of which study it is, of which state, and who saved it.

    Raises:
        TrialError: the name ends otherwise, or the file cannot be written.
    """
    kind = path.suffix.lower()
    if kind not in FORMATS:
        raise TrialError(f"{path.name} is no kind of table that can be written. Use {' or '.join(FORMATS)}.")
    if kind == ".csv":
        write_rows(path, listing.columns, ([_in_csv(value) for value in row] for row in listing.rows))
        return
    rows = [[_in_sheet(value) for value in row] for row in listing.rows]
    sheets = (Sheet("Table", listing.columns, rows), Sheet("About", ("About", "this file"), _about(listing, printing)))
    write_workbook(path, sheets, _properties(listing, printing))


def value_text(value: object) -> str:
    """A value of the record as it stands in a listing."""
    if value is None:
        return ""
    if isinstance(value, PartialDate):
        return value.iso
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Quantity):
        return f"{value.qualifier or ''}{value.value} {value.unit}".strip()
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)


def _in_csv(value: Value) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(ACTIVE) else value
    return "" if value is None else str(value)


def _in_sheet(value: Value) -> Value:
    """A cell without the numbers that no workbook knows."""
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _about(listing: Listing, printing: Printing) -> tuple[tuple[str, Value], ...]:
    return (
        ("Title", listing.title),
        ("Study", printing.study_and_site),
        ("Synthetic", "yes: no real person" if printing.synthetic else "no"),
        *listing.facts,
        ("Lines", len(listing.rows)),
        ("Saved by", printing.printed_by),
        ("Saved at", printing.now.isoformat(timespec="seconds")),
        ("Audit trail ends at", printing.trail),
        ("Program", f"AlbaTrack {printing.version}"),
        ("Reading it", _READING),
    )


def _properties(listing: Listing, printing: Printing) -> About:
    patients = ["synthetic patients"] if printing.synthetic else []
    remark = ", ".join([*patients, f"audit trail {printing.trail}", f"AlbaTrack {printing.version}"])
    return About(listing.title, printing.study_and_site, printing.printed_by, remark, printing.now)
