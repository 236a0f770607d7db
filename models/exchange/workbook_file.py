"""Writing an Excel workbook: a sheet with a table, and one that says what it is.

A text stands in its cell as it was typed: it is written as text, so none becomes a formula, a link or a number. The
same table and moment give the same bytes.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from models.domain.errors import TrialError
from models.domain.whole_files import write_whole

Value = str | int | float | Decimal | None
"""What a cell holds; None and "" leave it empty."""

LONGEST = 32_767
"""Characters that a cell can hold: the format's limit, counted in units of UTF-16."""
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""Of a sheet, with its heading: the format's limits."""
_NARROWEST, _WIDEST = 8, 60
"""Widths of a column, in letters."""
ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet may take for a formula."""


class Sheet(NamedTuple):
    """A sheet: its name (at most 31 letters, digits and spaces), its heading and its rows."""

    name: str
    heading: tuple[str, ...]
    rows: Sequence[Sequence[Value]]


class About(NamedTuple):
    """The properties of the document: what it is, of what, by whom, and when, with the offset from UTC."""

    title: str
    subject: str
    author: str
    remark: str
    made: datetime


class _Forms(NamedTuple):
    """How cells look: text, so that what is edited in them stays text; a quote says so of what begins a formula."""

    heading: Any
    text: Any
    looks_active: Any


def write_workbook(path: Path, sheets: Sequence[Sheet], about: About) -> None:
    """Write the sheets, all of them, or nothing if anything fails: an older file then stays as it was.

    A text that no cell can hold goes on in further columns, which the heading names "(part 2)" and so on.

    Raises:
        TrialError: the file cannot be written, or a sheet is larger than a workbook can hold.
    """
    from xlsxwriter import Workbook

    content = BytesIO()
    # In memory: a package that writes large sheets through temporary files would leave patients' data in them.
    with Workbook(content, {"in_memory": True}) as book:
        made = about.made.astimezone(UTC).replace(tzinfo=None)  # the format has no zones and means UTC
        book.set_properties(
            {
                "title": about.title,
                "subject": about.subject,
                "author": about.author,
                "comments": about.remark,
                "created": made,
            }
        )
        forms = _Forms(
            book.add_format({"num_format": "@", "bold": True}),
            book.add_format({"num_format": "@"}),
            book.add_format({"num_format": "@", "quote_prefix": True}),
        )
        for sheet in sheets:
            parts = _most_parts(sheet)
            if sum(parts) > MOST_COLUMNS or len(sheet.rows) >= MOST_ROWS:
                raise TrialError(
                    f"{path.name} would hold more than a workbook can. Save it as CSV, or narrow what is saved."
                )
            _fill(book.add_worksheet(sheet.name), sheet, parts, forms)
    write_whole(path, content.getvalue())


def _fill(page: Any, sheet: Sheet, parts: Sequence[int], forms: _Forms) -> None:  # noqa: ANN401 - no types in the package
    """The heading, which stays in sight, and the rows."""
    page.freeze_panes(1, 0)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
    for column, width in enumerate(_widths(sheet, parts)):
        page.set_column(column, column, width)
    for column, title in enumerate(chain.from_iterable(map(_named, sheet.heading, parts))):
        page.write_string(0, column, title, forms.heading)
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(chain.from_iterable(map(_spread, row, parts))):
            if isinstance(value, str):
                active = value.startswith(ACTIVE)
                page.write_string(number, column, value, forms.looks_active if active else forms.text)
            elif value is not None:
                page.write_number(number, column, value)


def _parts(value: Value) -> list[Value]:
    """The value, or the pieces of a text that one cell cannot hold."""
    if value == "":
        return [None]
    if not isinstance(value, str) or len(value) <= LONGEST // 2:
        return [value]
    step = LONGEST if max(value) <= "\uffff" else LONGEST // 2  # a character beyond these counts as two
    return [value[start : start + step] for start in range(0, len(value), step)]


def _most_parts(sheet: Sheet) -> list[int]:
    """How many columns each column takes: one, unless a text in it is too long for a cell."""
    most = [1] * len(sheet.heading)
    for row in sheet.rows:
        for place, value in enumerate(row):
            if isinstance(value, str) and len(value) > LONGEST // 2:
                most[place] = max(most[place], len(_parts(value)))
    return most


def _spread(value: Value, columns: int) -> list[Value]:
    found = _parts(value)
    return [*found, *[None] * (columns - len(found))]


def _named(title: str, columns: int) -> list[str]:
    return [title, *(f"{title} (part {number})" for number in range(2, columns + 1))]


def _widths(sheet: Sheet, parts: Sequence[int]) -> Iterator[int]:
    """What the longest value of each column needs, within limits."""
    for place, (title, columns) in enumerate(zip(sheet.heading, parts, strict=True)):
        longest = max((len(str(row[place])) for row in sheet.rows if row[place] is not None), default=0)
        yield from [min(max(longest, len(title), _NARROWEST) + 2, _WIDEST)] * columns
