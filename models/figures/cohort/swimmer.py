"""Patients over time: a lane for each patient with phases, what was reached and lost, and how long they are known."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from models.cohort.courses import Bar, Lane
from models.cohort.table import Form, written_value
from models.figures.cohort.frame import Board, CohortDrawing, board, fitting
from models.figures.cohort.keys import Key, area_key
from models.figures.cohort.months import Months, draw_ticks, months, ticks
from models.figures.style import Style

if TYPE_CHECKING:
    from models.cohort.grouping import Group
    from models.figures.ink import Ink
    from models.figures.style import DrawOptions

_PHASE_ROLES = ("drug1_low_fill", "drug1_fill", "drug4_low_fill")
_CYCLE_ROLE, _AFTER_ROLE, _KNOWN_ROLE = "drug2_fill", "held_fill", "grid"
_MARKS: dict[str, str] = {
    "response": "complete",
    "molecular loss": "positive",
    "mutation": "due",
    "transplant": "curve2",
    "relapse": "urgent",
    "death": "text",
}
"""What is drawn on a lane, from the back to the front, and the role of its colour; each has a form of its own."""
_WORDS = {
    "response": "first molecular response",
    "molecular loss": "loss of molecular response",
    "mutation": "ABL1 mutation",
    "transplant": "transplant",
    "relapse": "relapse",
    "death": "death",
}
_LEAST_ROW, _MOST_ROW = 0.98, 1.6
"""The height of a lane, in sizes of the font: lower, and its number could not be read."""
_EDGE = 5.6
"""Sizes of the font that axis and legend take besides the lanes."""


class _Row(NamedTuple):
    """A line of the drawing: a lane, or the name of the group that follows."""

    lane: Lane | None
    words: str


def swimmer(
    lanes: Sequence[Lane],
    options: "DrawOptions",
    *,
    groups: Sequence["Group"] = (),
    title: str = "",
    first: int = 0,
) -> CohortDrawing:
    """Draw the lanes in their order, under the names of the `groups` if there are any.

    Where they do not all fit, as many as do are drawn from the line `first` on, and the drawing says which.
    """
    drawn = board(options)
    drawn.head(title)
    if not lanes:
        return drawn.empty("No patient has begun treatment yet.")
    rows = _rows(lanes, groups)
    _legend(drawn, lanes)
    fit = _fit(drawn, rows)
    shown = rows
    if fit < len(rows):
        first = min(max(first, 0), len(rows) - fit)
        shown = rows[first : first + fit]
        drawn.foot((_shown_words(rows, shown, first),))
    return _draw(drawn, lanes, shown)


def swimmer_height(lanes: Sequence[Lane], options: "DrawOptions", groups: Sequence["Group"] = ()) -> float:
    """The height in inches at which all lanes are comfortably drawn."""
    font = Style.of(options).font
    return (len(_rows(lanes, groups)) * 1.25 + _EDGE) * font / 72


def lines_that_fit(lanes: Sequence[Lane], options: "DrawOptions", groups: Sequence["Group"] = ()) -> int:
    """How many lines, names of groups among them, `swimmer` draws at once."""
    drawn = board(options)
    rows = _rows(lanes, groups)
    _legend(drawn, lanes)
    return _fit(drawn, rows)


def _fit(drawn: Board, rows: Sequence[_Row]) -> int:
    """How many of the lines have room; where not all do, room is kept for the sentence that says so."""
    font = drawn.style.font
    every = int((drawn.height - font * 2.2) / (font * _LEAST_ROW))
    return len(rows) if every >= len(rows) else max(int((drawn.height - font * 4.0) / (font * _LEAST_ROW)), 1)


def _rows(lanes: Sequence[Lane], groups: Sequence["Group"]) -> list[_Row]:
    if not groups:
        return [_Row(lane, lane.who.label) for lane in lanes]
    rows = []
    for group in groups:
        inside = {member.who for member in group.members}
        held = [lane for lane in lanes if lane.who in inside]
        if held:
            rows.append(_Row(None, f"{group.name} ({len(held)})"))
            rows += [_Row(lane, lane.who.label) for lane in held]
    return rows


def _shown_words(rows: Sequence[_Row], shown: Sequence[_Row], first: int) -> str:
    before = sum(row.lane is not None for row in rows[:first])
    here = sum(row.lane is not None for row in shown)
    total = sum(row.lane is not None for row in rows)
    return f"Patients {before + 1} to {before + here} of {total}."


def _legend(drawn: Board, lanes: Sequence[Lane]) -> None:
    """The phases and marks that occur, and the arrow."""
    style = drawn.style
    roles = _roles(lanes)
    entries = [area_key(words, style[role]) for words, role in dict.fromkeys(roles.values())]
    for code, words in _WORDS.items():
        if any(mark.code == code for lane in lanes for mark in lane.marks):
            entries.append(Key(words, _mark_sample(code, style)))
    if any(not lane.ongoing for lane in lanes):
        entries.append(Key("last contact", _end_sample(style)))
    if any(lane.ongoing for lane in lanes):
        entries.append(Key("in the study", _arrow_sample(style)))
    drawn.legend(entries)


def _roles(lanes: Sequence[Lane]) -> dict[str, tuple[str, str]]:
    """Per phase its words in the legend and the role of its colour; the cycles of treatment share one."""
    found: dict[str, tuple[str, str]] = {}
    plain = 0
    for bar in (bar for lane in lanes for bar in lane.bars):
        if bar.phase in found:
            continue
        if bar.cycle:
            found[bar.phase] = (f"{bar.label.removesuffix(str(bar.cycle)).strip()}s", _CYCLE_ROLE)
        elif bar.treatment:
            found[bar.phase] = (bar.label, _PHASE_ROLES[plain % len(_PHASE_ROLES)])
            plain += 1
        else:
            found[bar.phase] = (bar.label, _AFTER_ROLE)
    return found


def _draw(drawn: Board, lanes: Sequence[Lane], shown: Sequence[_Row]) -> CohortDrawing:
    ink, style = drawn.ink, drawn.style
    gutter = drawn.left + max(
        ink.width("Months", style.font), *(ink.width(row.words, style.font) for row in shown if row.lane)
    )
    starts = [bar.start for lane in lanes for bar in lane.bars]
    left, right = gutter + style.font * 0.9, drawn.right - style.font * 2.0
    axis = months(min([0.0, *starts]), max(lane.last for lane in lanes), left, max(right, left + 20))
    baseline = drawn.bottom + style.font * 0.2
    lower = baseline + style.font * 1.5
    row = min((drawn.top - lower) / len(shown), style.font * _MOST_ROW)
    lower = drawn.top - row * len(shown)
    baseline = lower - style.font * 1.5
    months_shown = ticks(ink, axis, style)
    for month in months_shown:
        ink.line([(axis.x(month), lower), (axis.x(month), drawn.top)], style["grid"], 0.8, snap=True)
    draw_ticks(ink, axis, style, months_shown, baseline, gutter, "Months")
    size = min(fitting(ink, [one.words for one in shown if one.lane], style.font, gutter - drawn.left), row * 0.98)
    roles = _roles(lanes)
    for number, one in enumerate(shown):
        middle = drawn.top - row * (number + 0.5)
        if one.lane is None:
            ink.text(drawn.left, middle - size * 0.36, one.words, style["text"], size, bold=True)
        else:
            ink.text(gutter, middle - size * 0.36, one.words, style["text"], size, align="right")
            _draw_lane(drawn, one.lane, axis, middle, row, roles)
    return drawn.done()


def _draw_lane(
    drawn: Board, lane: Lane, axis: Months, middle: float, row: float, roles: dict[str, tuple[str, str]]
) -> None:
    ink, style = drawn.ink, drawn.style
    half = row * 0.36
    end = axis.x(lane.last)
    ink.rectangle(axis.x(0.0), middle - half * 0.35, end, middle + half * 0.35, fill=style[_KNOWN_ROLE])
    whole = [f"{lane.who.label}: followed {_months(lane.last, style)} months"]
    drawn.patients((drawn.left, middle - row / 2, end + style.font, middle + row / 2), (lane.who,), whole)
    for bar in lane.bars:
        start, stop = axis.x(bar.start), max(axis.x(bar.end), axis.x(bar.start) + 0.6)
        ink.rectangle(start, middle - half, stop, middle + half, fill=style[roles[bar.phase][1]])
        if bar.cycle > 1:
            ink.line([(start, middle - half), (start, middle + half)], style["card"], 0.6)
        drawn.patients((start, middle - half, stop, middle + half), (lane.who,), _bar_lines(lane, bar, style))
    if lane.ongoing:
        _arrow(ink, end, middle, row * 0.3, style["text"])
    else:
        ink.line([(end, middle - half), (end, middle + half)], style["text"], 1.0)
    _draw_marks(drawn, lane, axis, middle, row)


def _draw_marks(drawn: Board, lane: Lane, axis: Months, middle: float, row: float) -> None:
    """The marks, each with room of its own: those of about the same day stand side by side."""
    style = drawn.style
    radius = min(row * 0.36, style.radius)
    taken: list[float] = []
    for mark in lane.marks:
        if mark.code not in _MARKS:
            continue
        x = axis.x(mark.month)
        while any(abs(x - other) < radius * 1.8 for other in taken):
            x += radius * 0.6
        taken.append(x)
        _draw_mark(drawn.ink, mark.code, x, middle, radius, style)
        lines = (f"{lane.who.label}: {mark.label}", f"{_months(mark.month, style)} months from study day 1")
        drawn.patients((x - radius, middle - radius, x + radius, middle + radius), (lane.who,), lines)


def _bar_lines(lane: Lane, bar: Bar, style: Style) -> tuple[str, str]:
    return f"{lane.who.label}: {bar.label}", f"{_months(bar.start, style)} to {_months(bar.end, style)} months"


def _months(value: float, style: Style) -> str:
    return written_value(value, Form.MONTHS, style.desk)


def _draw_mark(ink: "Ink", code: str, x: float, y: float, r: float, style: Style) -> None:
    """Each mark in a form of its own, with a rim that sets it off from the bar."""
    colour, card = style[_MARKS[code]], style["card"]
    if code == "response":
        ink.polygon([(x - r, y + r * 0.85), (x + r, y + r * 0.85), (x, y - r)], fill=card, edge=colour, width=1.1)
    elif code == "molecular loss":
        ink.polygon([(x - r, y - r * 0.85), (x + r, y - r * 0.85), (x, y + r)], fill=colour, edge=card, width=0.6)
    elif code == "mutation":
        ink.circle(x, y, r * 0.8, fill=card, edge=colour, width=1.1)
    elif code == "transplant":
        ink.rectangle(x - r * 0.85, y - r * 0.85, x + r * 0.85, y + r * 0.85, fill=colour, edge=card, width=0.6)
    elif code == "relapse":
        for colour_, width in ((card, 2.8), (colour, 1.5)):
            ink.line([(x - r, y - r), (x + r, y + r)], colour_, width)
            ink.line([(x - r, y + r), (x + r, y - r)], colour_, width)
    else:
        ink.polygon([(x, y + r * 1.2), (x + r, y), (x, y - r * 1.2), (x - r, y)], fill=colour, edge=card, width=0.6)


def _arrow(ink: "Ink", x: float, y: float, size: float, colour: str) -> None:
    ink.line([(x, y), (x + size * 2.6, y)], colour, 0.8)
    ink.line([(x + size * 1.6, y + size * 0.8), (x + size * 2.6, y), (x + size * 1.6, y - size * 0.8)], colour, 0.8)


def _mark_sample(code: str, style: Style) -> Callable[["Ink", float, float], None]:
    def draw(ink: "Ink", x: float, y: float) -> None:
        _draw_mark(ink, code, x, y, style.radius, style)

    return draw


def _arrow_sample(style: Style) -> Callable[["Ink", float, float], None]:
    def draw(ink: "Ink", x: float, y: float) -> None:
        _arrow(ink, x - 4, y, style.font * 0.36, style["text"])

    return draw


def _end_sample(style: Style) -> Callable[["Ink", float, float], None]:
    def draw(ink: "Ink", x: float, y: float) -> None:
        ink.line([(x, y - 3), (x, y + 3)], style["text"], 1.0)

    return draw
