"""A table of the cohort on paper: its own cells, under a head that is repeated on each page."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from reportlab.lib.colors import HexColor

from models.cohort.table import Row, Table, shown
from models.domain.notation import Desk
from models.domain.palette import PAPER
from models.reports.page import WIDTH
from models.reports.tables import EMPTY_CELLS, RowTable
from models.reports.text import paragraph, paragraphs, width

_SIZE = 6.9
_HEAD = 6.6
_SIDE = 2.5
_TOGETHER = range(2, 13)
"""How many rows a group may have to be kept on one page."""
_ENDS = 2
"""How many rows of a table stand at least before and after the end of a page."""
_NOTHING = frozenset({"0", "–", "0.0 %"})
"""What is written in grey: the eye is to find the other cells."""


class PaperColumn(NamedTuple):
    """A column on paper: the cells of `codes` one under the other, each with the words of `after` behind it.

    `least` is the width in points that it needs, `grows` its part of the room left over. Neighbours of the same `band`
    stand under one head that says it.
    """

    head: str
    codes: tuple[str, ...]
    least: float
    align: str = "right"
    grows: float = 0.0
    band: str = ""
    after: tuple[str, ...] = ()


def paper_table(
    table: Table,
    columns: Sequence[PaperColumn],
    desk: Desk,
    *,
    by: str = "",
    keep: Callable[[Row], bool] = lambda row: True,
) -> RowTable:
    """The rows that are kept. `by` names the column of groups: where there are several, each has a line of its own."""
    places = {column.code: number for number, column in enumerate(table.columns)}
    rows = [row for row in table.rows if keep(row)]
    groups = list(dict.fromkeys(row.cells[places[by]].values[0] for row in rows)) if by else []
    heads = list(_heads(columns))
    cells = [line for line, _ in heads]
    lines = [command for _, commands in heads for command in commands]
    lines.append(("LINEBELOW", (0, len(heads) - 1), (-1, len(heads) - 1), 0.6, HexColor(PAPER["border_strong"])))
    group: object = None
    began = len(cells)
    told: list[Sequence[str]] = []
    for row in rows:
        if len(groups) > 1 and row.cells[places[by]].values[0] != group:
            group = row.cells[places[by]].values[0]
            lines += [("NOSPLIT", (0, began), (0, len(cells) - 1))] if len(cells) - began in _TOGETHER else []
            began = len(cells)
            lines.append(("SPAN", (0, began), (-1, began)))
            cells.append(_group_line(str(group), columns))
        words = [_words(table, row, column, places, desk) for column in columns]
        cells.append([_written(one, column) for one, column in zip(words, columns, strict=True)])
        told.append(words)
        lines.append(("LINEBELOW", (0, len(cells) - 1), (-1, len(cells) - 1), 0.4, HexColor(PAPER["border"])))
    if len(groups) > 1:
        lines += [("NOSPLIT", (0, began), (0, len(cells) - 1))] if len(cells) - began in _TOGETHER else []
    else:
        lines += _ends(len(heads), len(cells))
    return _grid(cells, _widths(columns, told), lines, len(heads))


def _ends(first: int, end: int) -> list[tuple[object, ...]]:
    """Keep the first rows of a table together, and the last."""
    if end - first < 2 * _ENDS:
        return [("NOSPLIT", (0, first), (0, end - 1))] if end > first else []
    return [("NOSPLIT", (0, first), (0, first + _ENDS - 1)), ("NOSPLIT", (0, end - _ENDS), (0, end - 1))]


def text_table(columns: Sequence[PaperColumn], rows: Sequence[Sequence[str] | str]) -> RowTable:
    """A table in the same look whose rows are words; a row of one text stands over those that follow it.

    So does one whose other cells are empty: it is kept with the next.
    """
    heads = list(_heads(columns))
    cells = [line for line, _ in heads]
    lines: list[tuple[object, ...]] = [command for _, commands in heads for command in commands]
    lines.append(("LINEBELOW", (0, len(heads) - 1), (-1, len(heads) - 1), 0.6, HexColor(PAPER["border_strong"])))
    for row in rows:
        number = len(cells)
        if isinstance(row, str):
            cells.append(_group_line(row, columns))
            lines += [("SPAN", (0, number), (-1, number)), ("NOSPLIT", (0, number), (0, number + 1))]
        else:
            cells.append([_written(words, column) for words, column in zip(row, columns, strict=True)])
            lines.append(("LINEBELOW", (0, number), (-1, number), 0.4, HexColor(PAPER["border"])))
            lines += [] if any(row[1:]) else [("NOSPLIT", (0, number), (0, number + 1))]
    lines += _ends(len(heads), len(cells))
    told = [row for row in rows if not isinstance(row, str)]
    return _grid(cells, _widths(columns, told), lines, len(heads))


def _group_line(name: str, columns: Sequence[PaperColumn]) -> list[object]:
    return [paragraph(name, _SIZE, bold=True), *[""] * (len(columns) - 1)]


def _grid(
    cells: list[list[object]], widths: Sequence[float], lines: Sequence[tuple[object, ...]], heads: int
) -> RowTable:
    made = RowTable(cells, colWidths=widths, repeatRows=heads, hAlign="LEFT")
    made.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("VALIGN", (0, 0), (-1, heads - 1), "BOTTOM"),
            ("LEFTPADDING", (0, 0), (-1, -1), _SIDE),
            ("RIGHTPADDING", (0, 0), (-1, -1), _SIDE),
            ("TOPPADDING", (0, 0), (-1, -1), 1.2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.0),
            *EMPTY_CELLS,
            *lines,
        ]
    )
    return made


def _heads(columns: Sequence[PaperColumn]) -> Iterator[tuple[list[object], list[tuple[object, ...]]]]:
    """The lines of the head, each with its style: the bands, where there are any, then the columns."""
    if any(column.band for column in columns):
        band: list[object] = []
        spans: list[tuple[object, ...]] = []
        for number, column in enumerate(columns):
            first = number == 0 or columns[number - 1].band != column.band
            band.append(
                paragraph(column.band, _HEAD, "muted", bold=True, align="center") if first and column.band else ""
            )
            if first and column.band:
                last = max(n for n, one in enumerate(columns) if one.band == column.band)
                spans.append(("SPAN", (number, 0), (last, 0)))
                spans.append(("LINEBELOW", (number, 0), (last, 0), 0.5, HexColor(PAPER["border_strong"])))
        yield band, spans
    yield [paragraph(_head(column), _HEAD, "muted", bold=True, align=column.align) for column in columns], []


def _words(table: Table, row: Row, column: PaperColumn, places: dict[str, int], desk: Desk) -> str:
    after = (*column.after, *[""] * len(column.codes))
    return "\n".join(
        f"{shown(row.cells[places[code]], table.columns[places[code]], desk)}{behind}"
        for code, behind in zip(column.codes, after, strict=False)
    )


def _written(words: str, column: PaperColumn) -> object:
    return paragraphs(words, _SIZE, "muted" if words in _NOTHING else "text", align=column.align)


def _widths(columns: Sequence[PaperColumn], rows: Sequence[Sequence[str]]) -> list[float]:
    """Each column gets what it needs and its part of the rest.

    Where there is not enough, the columns that would grow break their words; if that is too little, all give way alike.
    No word is broken, neither of a head nor of a cell, while there is room for it.
    """
    least = []
    for number, column in enumerate(columns):
        heads = (width(word, _HEAD, bold=True) for word in _head(column).split())
        words = {word for row in rows for word in row[number].split()}
        cells = (width(word, _SIZE) for word in words)
        least.append(max(column.least, *(one + 2 * _SIDE + 0.5 for one in (0.0, *heads, *cells))))
    needed = sum(least)
    if needed > WIDTH:
        least = [min(one, column.least) if column.grows else one for one, column in zip(least, columns, strict=True)]
        needed = sum(least)
    if needed > WIDTH:
        return [one * WIDTH / needed for one in least]
    parts = sum(column.grows for column in columns) or 1.0
    return [one + (WIDTH - needed) * column.grows / parts for one, column in zip(least, columns, strict=True)]


def _head(column: PaperColumn) -> str:
    """The head, in which a long word may be divided at its hyphen."""
    return column.head.replace("non-", "non- ")
