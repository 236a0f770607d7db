"""Tables, headings and boxes in the look of our paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportlab.lib.colors import HexColor
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer, Table

from models.domain.palette import PAPER
from models.reports.page import WIDTH, Bookmark
from models.reports.text import paragraph

TEXT = 7.6
"""The size of running text and of table cells, in points."""
_GAP = 14.0
_HEAD_ROOM = 52.0
"""Points that must be left under a heading, else it moves to the next page."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, the width that its shortest words need in points, and its part of the room left over."""

    head: str
    least: float
    align: Literal["left", "right"] = "left"
    grows: float = 0.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell in a colour that means something; the text says it too."""

    text: str
    role: str = "text"
    bold: bool = False


def heading(title: str) -> list[Flowable]:
    """A section heading with its place in the outline."""
    return [
        CondPageBreak(_HEAD_ROOM),
        Spacer(0, 7.5),
        Bookmark(title, 1),
        paragraph(title, 9.2, "accent", bold=True),
        Spacer(0, 2),
    ]


def words(text: str, role: str = "text") -> Paragraph:
    """Running text."""
    return paragraph(text, TEXT, role)


def table(columns: Sequence[Column], rows: Sequence[Sequence[Cell | str]]) -> Table:
    """A table whose head is repeated on each page. A row that is higher than a page is continued on the next."""
    return _table([columns], [rows])


def paired(columns: Sequence[Column], rows: Sequence[Sequence[Cell | str]]) -> Table:
    """The same with its rows in two halves side by side."""
    half = (len(rows) + 1) // 2
    return _table([columns, columns], [rows[:half], rows[half:]])


def _table(groups: Sequence[Sequence[Column]], halves: Sequence[Sequence[Sequence[Cell | str]]]) -> Table:
    """Groups of columns beside each other, a gap between them."""
    room = (WIDTH - _GAP * (len(groups) - 1)) / len(groups)
    cells: list[list[object]] = [[] for _ in range(1 + max(len(rows) for rows in halves))]
    widths: list[float] = []
    lines = []
    for columns, rows in zip(groups, halves, strict=True):
        if widths:
            widths.append(_GAP)
            for row in cells:
                row.append("")
        first = len(widths)
        widths += _widths(columns, room)
        cells[0] += [paragraph(c.head, TEXT - 0.3, "muted", bold=True, align=c.align) for c in columns]
        for number, line in enumerate(cells[1:]):
            given = rows[number] if number < len(rows) else [""] * len(columns)
            line += [_cell(cell, column) for cell, column in zip(given, columns, strict=True)]
        last = len(widths) - 1
        lines.append(("LINEBELOW", (first, 0), (last, 0), 0.6, HexColor(PAPER["border_strong"])))
        lines.append(("LINEBELOW", (first, 1), (last, len(rows)), 0.4, HexColor(PAPER["border"])))
    made = Table(cells, colWidths=widths, repeatRows=1, splitInRow=1, hAlign="LEFT")
    made.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 3),
            ("RIGHTPADDING", (0, 0), (-1, -1), 3),
            ("TOPPADDING", (0, 0), (-1, -1), 1.7),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.6),
            # The cells of the gap are empty; at the size of ReportLab's default font they would raise every row.
            ("FONTSIZE", (0, 0), (-1, -1), 1),
            ("LEADING", (0, 0), (-1, -1), 1),
            *lines,
        ]
    )
    return made


def _widths(columns: Sequence[Column], room: float) -> list[float]:
    """Each column gets what it needs and its part of the rest; where there is not enough, all give way alike."""
    needed = sum(column.least for column in columns)
    if needed > room:
        return [column.least * room / needed for column in columns]
    parts = sum(column.grows for column in columns) or 1.0
    return [column.least + (room - needed) * column.grows / parts for column in columns]


def _cell(cell: Cell | str, column: Column) -> Paragraph:
    given = cell if isinstance(cell, Cell) else Cell(cell)
    return paragraph(given.text, TEXT, given.role, bold=given.bold, align=column.align)


def labelled(entries: Sequence[tuple[str, Sequence[str]]]) -> Table:
    """Lines of text, each group behind its label."""
    cells = [
        [paragraph(label if number == 0 else "", TEXT, "muted", bold=True), paragraph(line, TEXT)]
        for label, lines in entries
        for number, line in enumerate(lines)
    ]
    made = Table(cells, colWidths=[62, WIDTH - 62], splitInRow=1, hAlign="LEFT")
    made.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP")),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.6),
        ]
    )
    return made


def boxes(entries: Sequence[tuple[str, Cell]]) -> Table:
    """A row of boxes, each a label over what it says."""
    gap = 6.0
    width = (WIDTH - gap * (len(entries) - 1)) / len(entries)
    cells: list[object] = []
    for label, cell in entries:
        said = paragraph(cell.text, 8.2, cell.role, bold=True)
        cells += [[paragraph(label, 7, "muted"), Spacer(0, 1.5), said], ""]
    made = Table([cells[:-1]], colWidths=([width, gap] * len(entries))[:-1], hAlign="LEFT")
    made.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 6),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), 4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
            *(("BOX", (2 * n, 0), (2 * n, 0), 0.6, HexColor(PAPER["border"])) for n in range(len(entries))),
            ("ROUNDEDCORNERS", [0, 0, 0, 0]),
        ]
    )
    return made


def signatures(names: Sequence[str]) -> Table:
    """Lines to sign on."""
    gap = 30.0
    width = (WIDTH - gap * (len(names) - 1)) / len(names)
    cells = [item for name in names for item in (paragraph(name, TEXT), "")][:-1]
    made = Table([cells], colWidths=([width, gap] * len(names))[:-1], spaceBefore=26, hAlign="LEFT")
    made.setStyle(
        [
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            *(("LINEABOVE", (2 * n, 0), (2 * n, 0), 0.7, HexColor(PAPER["text"])) for n in range(len(names))),
        ]
    )
    return made
