"""Response by landmark: bars with exact intervals, and under each how many of how many."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.cohort.response import PRIMARY_ROW, ResponseRow, ResponseTable
from models.cohort.table import Form, written_value
from models.figures.cohort.frame import Board, CohortDrawing, board, wrapped
from models.figures.cohort.group_lines import GroupLine, group_lines
from models.figures.cohort.keys import area_key

if TYPE_CHECKING:
    from models.figures.style import DrawOptions, Style

_PART = ("", "80", "40")
"""The opacity of the classes that count as response, the deepest first, as the last two digits of the colour."""
_WIDEST = 46.0
_SHARE = 0.72
"""Of the room of a time point, what its bars take together."""


def response_bars(tables: Sequence[ResponseTable], options: "DrawOptions", *, title: str = "") -> CohortDrawing:
    """Draw the share of the evaluable patients in response at each time point, with its 95 % interval.

    `tables` are of one rule set: one alone is divided into the classes that count as response, several are groups side
    by side. Below stand the patients in response and those evaluable.
    """
    drawn = board(options)
    drawn.head(title)
    codes = [row.code for row in tables[0].rows if row.code != PRIMARY_ROW] if tables else []
    if not codes or not any(table.row(codes[0]).enrolled for table in tables):
        return drawn.empty("No patient is enrolled yet.")
    if not any(row.evaluable for table in tables for row in table.rows):
        return drawn.empty("No patient is evaluable at any time point yet.")
    style, ink = drawn.style, drawn.ink
    lines = group_lines([table.group for table in tables], style)
    if len(tables) == 1:
        classes = _classes(tables[0])
        if len(classes) > 1:
            drawn.legend([area_key(name, style["complete"] + part) for name, part in zip(classes, _PART, strict=False)])
    names = ["100\N{NO-BREAK SPACE}%", *(table.group for table in tables)]
    gutter = drawn.left + max(ink.width(name, style.font) for name in names) + style.font * 1.5
    left = gutter + style.font * 0.8
    room = (drawn.right - left) / len(codes)
    labels = [wrapped(ink, tables[0].row(code).label, style.font, room - 4) for code in codes]
    heading = max(len(label) for label in labels)
    under = style.font * 1.45
    lower = drawn.bottom + under * (len(tables) + 1) + style.font * (1.3 * heading + 0.7)
    upper = drawn.top - style.font * 1.5
    _draw_guides(drawn, left, lower, upper)
    for number, code in enumerate(codes):
        start = left + room * number
        for line, words in enumerate(labels[number]):
            y = lower - style.font * (1.3 * (line + 1))
            ink.text(start + room / 2, y, words, style["text"], style.font, align="center")
        rows = [table.row(code) for table in tables]
        _draw_bars(drawn, tables, rows, lines, (start, start + room), (lower, upper))
        for place, row in enumerate(rows):
            y = drawn.bottom + under * (len(tables) - place - 1) + style.font * 0.2
            _draw_count(drawn, tables[place].group, row, start + room / 2, y)
    _draw_row_names(drawn, tables, lines, under)
    return drawn.done()


def _classes(table: ResponseTable) -> list[str]:
    """The outcomes that count as response at any time point, in the order of the table."""
    counting = {
        name for row in table.rows for name, patients in row.outcomes if patients and set(patients) <= set(row.response)
    }
    return [name for name, _ in table.rows[0].outcomes if name in counting]


def _draw_guides(drawn: Board, left: float, lower: float, upper: float) -> None:
    ink, style = drawn.ink, drawn.style
    for part in range(5):
        y = lower + (upper - lower) * part / 4
        ink.line([(left, y), (drawn.right, y)], style["grid"], 0.8, snap=True)
        label = f"{25 * part}\N{NO-BREAK SPACE}%"
        ink.text(left - style.font * 0.6, y - style.font * 0.36, label, style["muted"], style.font, align="right")


def _draw_bars(
    drawn: Board,
    tables: Sequence[ResponseTable],
    rows: Sequence[ResponseRow],
    lines: Sequence[GroupLine],
    ends: tuple[float, float],
    heights: tuple[float, float],
) -> None:
    """The bars of one time point side by side, and over each its percentage where there is room for it."""
    ink, style = drawn.ink, drawn.style
    width = min((ends[1] - ends[0]) * _SHARE / len(rows), _WIDEST)
    start = (ends[0] + ends[1] - width * len(rows)) / 2
    lower, upper = heights
    for place, (row, line) in enumerate(zip(rows, lines, strict=True)):
        share = row.of_evaluable
        if share.estimate is None or share.lower is None or share.upper is None:
            continue
        left, right = start + width * place + width * 0.08, start + width * (place + 1) - width * 0.08
        top = lower + (upper - lower) * share.estimate
        if len(tables) == 1:
            _draw_stack(drawn, row, _classes(tables[0]), left, right, lower, upper - lower)
        else:
            ink.rectangle(left, lower, right, top, fill=line.colour)
        middle = (left + right) / 2
        low, high = (lower + (upper - lower) * limit for limit in (share.lower, share.upper))
        cap = min(width * 0.16, 4.0)
        ink.line([(middle, low), (middle, high)], style["card"], 2.6)
        for y in (low, high):
            ink.line([(middle - cap, y), (middle + cap, y)], style["text"], 0.9)
        ink.line([(middle, low), (middle, high)], style["text"], 0.9)
        if ink.width("100.0", style.small, bold=True) <= right - left + 3:
            words = written_value(share.estimate, Form.PERCENT, style.desk)
            ink.text(middle, high + 2.5, words, style["text"], style.small, bold=True, align="center")
        drawn.patients((left, lower, right, max(top, lower + 3)), row.response, _lines(tables[place].group, row, style))


def _draw_stack(
    drawn: Board, row: ResponseRow, classes: Sequence[str], left: float, right: float, lower: float, height: float
) -> None:
    """The bar divided into the classes that count as response."""
    y = lower
    for name, patients in row.outcomes:
        if name in classes and row.evaluable:
            top = y + height * len(patients) / len(row.evaluable)
            drawn.ink.rectangle(left, y, right, top, fill=drawn.style["complete"] + _PART[classes.index(name)])
            y = top


def _draw_count(drawn: Board, group: str, row: ResponseRow, x: float, y: float) -> None:
    ink, style = drawn.ink, drawn.style
    words = f"{len(row.response)} of {len(row.evaluable)}"
    half = ink.width(words, style.font) / 2
    ink.text(x, y, words, style["text"], style.font, align="center")
    box = (x - half, y - style.font * 0.3, x + half, y + style.font)
    drawn.patients(box, row.evaluable, (f"{group}, {row.label}", f"{words} evaluable in response"))


def _draw_row_names(drawn: Board, tables: Sequence[ResponseTable], lines: Sequence[GroupLine], under: float) -> None:
    ink, style = drawn.ink, drawn.style
    top = drawn.bottom + under * len(tables) + style.font * 0.2
    ink.text(drawn.left, top, "In response of evaluable", style["muted"], style.small, bold=True)
    for place, (table, line) in enumerate(zip(tables, lines, strict=True)):
        y = top - under * (place + 1)
        start = drawn.left
        if len(tables) > 1:
            side = style.font * 0.9
            ink.rectangle(start, y - 0.5, start + side, y - 0.5 + side, fill=line.colour)
            start += style.font * 1.5
        ink.text(start, y, table.group, style["text"], style.font)


def _lines(group: str, row: ResponseRow, style: "Style") -> tuple[str, ...]:
    share = row.of_evaluable
    estimate, low, high = (
        written_value(value, Form.PERCENT, style.desk) for value in (share.estimate, share.lower, share.upper)
    )
    return (
        f"{group}, {row.label}",
        f"{estimate} % ({low}–{high}) of {len(row.evaluable)} evaluable",
        f"{len(row.enrolled)} enrolled",
    )
