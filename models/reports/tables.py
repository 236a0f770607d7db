"""Tables, headings and boxes in the look of our paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Literal

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from models.domain.palette import PAPER
from models.reports.arrangement import ROOMY, Arrangement
from models.reports.page import LATER_HEIGHT, WIDTH, Bookmark, HeadRoom
from models.reports.text import REGULAR, paragraph, paragraphs

_GAP = 12.0
EMPTY_CELLS = (
    ("FONTNAME", (0, 0), (-1, -1), REGULAR),
    ("FONTSIZE", (0, 0), (-1, -1), 1),
    ("LEADING", (0, 0), (-1, -1), 1),
)
"""For every table: as ReportLab sets them, empty cells raise their row and name a font that is not embedded."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, the points that its shortest words need in roomy text, and its part of the room left over."""

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


class RowTable(Table):  # type: ignore[misc]
    """A table whose rows stay whole. One that is higher than a page is cut, and says on each page what it is about.

    `subjects` are the columns that say it, of the groups that stand side by side the first one each.
    """

    subjects: tuple[int, ...] = (0,)

    def beginning(self) -> float:
        """How high its head is with the first row, in points; of a row that is cut, the head alone."""
        rows = self.repeatRows if self._is_cut() else self.repeatRows + 1
        return float(sum(self._rowHeights[:rows]))

    def split(self, availWidth: float, availHeight: float) -> list["RowTable"]:
        """Between two rows; inside one only where no page would hold it."""
        if self._is_cut():
            self._let_part(int(self.repeatRows), self._end_of_first_rows())
        ending = self._rows_in(availHeight)
        self.splitInRow = int(sum(self._rowHeights[: self.repeatRows]) + self._rowHeights[ending] > LATER_HEIGHT)
        parts: list[RowTable] = []
        if self.splitInRow:
            self._let_part(ending, ending + 1)
            parts = self._splitRows(availHeight, doInRowSplit=1)
        if not parts:  # also where no line of that row fits under the rows before it
            self.splitInRow = 0
            parts = super().split(availWidth, availHeight)
        for part in parts:
            part.subjects = self.subjects
        if self.splitInRow and len(parts) > 1:
            parts[1].go_on_about(self._cellvalues[ending])
        return parts

    def go_on_about(self, begun: Sequence[object]) -> None:
        """Say again in the first row, which goes on from the page before, what its cells are about that go on.

        A subject that goes on itself is not begun again: the row would never end.
        """
        row = self._cellvalues[self.repeatRows]
        for first, end in zip(self.subjects, (*self.subjects[1:], len(row)), strict=True):
            if not row[first] and any(row[first:end]):
                row[first] = begun[first]
        self._argH[self.repeatRows] = None  # to be measured again

    def _is_cut(self) -> bool:
        """Whether its first rows, as far as they are to be kept together, are higher than a page."""
        if None in self._rowHeights:
            self.wrap(WIDTH, LATER_HEIGHT)
        return bool(sum(self._rowHeights[: self._end_of_first_rows()]) > LATER_HEIGHT)

    def _end_of_first_rows(self) -> int:
        """The place behind the first row and what is not to be parted from it."""
        end = int(self.repeatRows) + 1
        for _, (_, first), (_, last) in sorted(self._nosplitCmds, key=lambda kept: int(kept[1][1])):
            if first < end <= last:
                end = last + 1
        return end

    def _let_part(self, first: int, end: int) -> None:
        """Let rows be parted from each other and from others: no page holds them together."""
        self._nosplitCmds: list[Any] = [kept for kept in self._nosplitCmds if kept[1][1] >= end or kept[2][1] < first]
        self._calcNoSplitRanges()

    def _rows_in(self, height: float) -> int:
        """How many rows there is room for, those of the head among them: the place of the one that is parted."""
        ends = list(accumulate(self._rowHeights))
        return min(sum(bool(end <= height) for end in ends), len(ends) - 1)


def heading(title: str, look: Arrangement = ROOMY) -> list[Flowable]:
    """A section heading with its place in the outline."""
    return [
        HeadRoom(),
        Spacer(0, look.gap),
        Bookmark(title, 1),
        paragraph(title, 9.2, "accent", bold=True),
        Spacer(0, 2),
    ]


def words(text: str, role: str = "text", look: Arrangement = ROOMY) -> Paragraph:
    """Running text."""
    return paragraph(text, look.text, role)


def table(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell | str]], look: Arrangement = ROOMY, groups: int = 1
) -> RowTable:
    """A table whose head is repeated on each page, and whose rows stay whole.

    With more `groups` than one, its rows stand in as many parts side by side, each under its own head.
    """
    room = (WIDTH - _GAP * (groups - 1)) / groups
    high = -(-len(rows) // groups)
    cells: list[list[object]] = [[] for _ in range(1 + high)]
    widths: list[float] = []
    lines = []
    subjects = []
    for group in range(groups):
        part = rows[group * high : (group + 1) * high]
        if widths:
            widths.append(_GAP)
            for row in cells:
                row.append("")
        first = len(widths)
        subjects.append(first)
        widths += _widths(columns, room, look)
        cells[0] += [paragraph(c.head, max(look.text - 0.3, 6.5), "muted", bold=True, align=c.align) for c in columns]
        for number, line in enumerate(cells[1:]):
            given = part[number] if number < len(part) else [""] * len(columns)
            line += [_cell(cell, column, look) for cell, column in zip(given, columns, strict=True)]
        last = len(widths) - 1
        lines.append(("LINEBELOW", (first, 0), (last, 0), 0.6, HexColor(PAPER["border_strong"])))
        lines.append(("LINEBELOW", (first, 1), (last, len(part)), 0.4, HexColor(PAPER["border"])))
    made = RowTable(cells, colWidths=widths, repeatRows=1, hAlign="LEFT")
    made.subjects = tuple(subjects)
    made.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), look.side),
            ("RIGHTPADDING", (0, 0), (-1, -1), look.side),
            ("TOPPADDING", (0, 0), (-1, -1), look.above),
            ("BOTTOMPADDING", (0, 0), (-1, -1), look.below),
            *EMPTY_CELLS,
            *lines,
        ]
    )
    return made


def _widths(columns: Sequence[Column], room: float, look: Arrangement) -> list[float]:
    """Each column gets what it needs and its part of the rest; where there is not enough, all give way alike."""
    least = [column.least * look.text / ROOMY.text for column in columns]
    needed = sum(least)
    if needed > room:
        return [width * room / needed for width in least]
    parts = sum(column.grows for column in columns) or 1.0
    return [width + (room - needed) * column.grows / parts for width, column in zip(least, columns, strict=True)]


def _cell(cell: Cell | str, column: Column, look: Arrangement) -> list[Paragraph]:
    given = cell if isinstance(cell, Cell) else Cell(cell)
    return paragraphs(given.text, look.text, given.role, bold=given.bold, align=column.align)


def labelled(entries: Sequence[tuple[str, Sequence[str]]], look: Arrangement = ROOMY) -> Table:
    """Lines of text, each group behind its label."""
    cells = [
        [paragraph(label if number == 0 else "", look.text, "muted", bold=True), paragraphs(line, look.text)]
        for label, lines in entries
        for number, line in enumerate(lines)
    ]
    made = RowTable(cells, colWidths=[62, WIDTH - 62], hAlign="LEFT")
    made.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            *EMPTY_CELLS,
            *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP")),
            ("BOTTOMPADDING", (0, 0), (-1, -1), look.below - 1.0),
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
            *EMPTY_CELLS,
            ("ROUNDEDCORNERS", [0, 0, 0, 0]),
        ]
    )
    return made


def signatures(names: Sequence[str], look: Arrangement = ROOMY) -> Table:
    """Lines to sign on."""
    gap = 30.0
    width = (WIDTH - gap * (len(names) - 1)) / len(names)
    cells = [item for name in names for item in (paragraph(name, look.text), "")][:-1]
    made = Table([cells], colWidths=([width, gap] * len(names))[:-1], spaceBefore=look.sign, hAlign="LEFT")
    made.setStyle(
        [
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            *EMPTY_CELLS,
            *(("LINEABOVE", (2 * n, 0), (2 * n, 0), 0.7, HexColor(PAPER["text"])) for n in range(len(names))),
        ]
    )
    return made
