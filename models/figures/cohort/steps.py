"""Step curves in time: bands, censoring ticks, names at the ends of the lines, and the numbers at risk below."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from models.cohort.endpoints import CENSORED, Followed
from models.cohort.table import Form, distinct, written_value
from models.cohort.who import Who
from models.figures.cohort.frame import Board, CohortDrawing, fitting, spread
from models.figures.cohort.group_lines import GroupLine
from models.figures.cohort.months import Months, draw_ticks, months, ticks

_SEEN = 0.3
"""Points: steps nearer to each other than this cannot be told apart, and one is drawn for all."""
_TOLD = 6
"""How many patients a place tells of; the list that it opens holds all."""
_BAND = "26"
"""The opacity of a band, as the last two digits of its colour."""
_LEAST_PLOT = 60.0
"""Points: where less were left for the curves, the numbers at risk give way."""
_FULL = (0.05, 0.1, 0.25, 0.5, 1.0)


@dataclass(frozen=True)
class StepLine:
    """One curve. `values` hold from each of `times` (months) on, `start` before the first.

    `lower` and `upper` are the limits, empty for a curve without a band. `followed` are the patients behind it, of whom
    those with `cause` had the event; `at_risk` gives who is under observation just before a month.
    """

    name: str
    line: GroupLine
    start: float
    times: Sequence[float]
    values: Sequence[float]
    lower: Sequence[float | None]
    upper: Sequence[float | None]
    followed: Sequence[Followed]
    cause: int
    at_risk: Callable[[float], tuple[Who, ...]]

    def at(self, month: float) -> float:
        """The height of the curve at a month."""
        place = bisect_right(self.times, month) - 1
        return self.values[place] if place >= 0 else self.start


@dataclass(frozen=True)
class _Plot:
    """The area of the curves."""

    axis: Months
    lower: float
    upper: float
    full: float

    def y(self, share: float) -> float:
        return self.lower + share / self.full * (self.upper - self.lower)


def draw_steps(
    board: Board, lines: Sequence[StepLine], risk: Sequence[StepLine], *, bands: bool, zoom: bool
) -> CohortDrawing:
    """Draw the curves into the room that is left. `risk` are those whose numbers at risk stand below.

    With `zoom` the vertical axis ends at the round share that holds all curves, and says so.
    """
    style, ink = board.style, board.ink
    highest = max(_highest(line, bands=bands) for line in lines)
    full = next(share for share in _FULL if highest <= share) if zoom else 1.0
    if full < 1.0:
        board.foot((f"The vertical axis ends at {_percent(board, full)}.",))
    table = board.height - _risk_height(board, risk) >= _LEAST_PLOT
    if not table:
        board.foot(("Too low for the numbers at risk: see the table.",))
    axis, gutter = _axis(board, lines, risk if table else ())
    widest = max((ink.width(str(len(line.at_risk(0.0))), style.font) for line in risk), default=0.0)
    shown = ticks(ink, axis, style, widest if table else 0.0)
    baseline = board.bottom + (_risk_height(board, risk) if table else 0.0) + style.font * 0.2
    plot = _Plot(axis, baseline + style.font * 1.5, board.top - style.font * 0.4, full)
    _draw_guides(board, plot)
    draw_ticks(ink, axis, style, shown, baseline, gutter, "Months")
    if table:
        _draw_risk(board, risk, axis, shown)
    for line in lines:
        if bands and line.lower:
            _draw_band(board, line, plot)
    for line in lines:
        _draw_line(board, line, plot)
    _draw_names(board, lines, plot)
    for line in lines:
        _draw_patients(board, line, plot)
    return board.done()


def _percent(board: Board, share: float) -> str:
    return board.style.percent(Decimal(repr(share * 100)).quantize(Decimal(1)))


def _highest(line: StepLine, *, bands: bool) -> float:
    limits = [limit for limit in line.upper if limit is not None] if bands else []
    return max([line.start, *line.values, *limits])


def _axis(board: Board, lines: Sequence[StepLine], risk: Sequence[StepLine]) -> tuple[Months, float]:
    """The axis between the names of the numbers at risk and the names of the curves; where the left words end."""
    ink, style = board.ink, board.style
    sample = style.font * 2.2
    names = [sample + ink.width(line.name, style.font) for line in risk]
    gutter = board.left + max(ink.width("Months", style.font), ink.width("100\N{NO-BREAK SPACE}%", style.font), *names)
    half = max((ink.width(str(len(line.at_risk(0.0))), style.font) / 2 for line in risk), default=0.0)
    size = style.small
    margin = max(ink.width(line.name, size, bold=True) for line in lines) + style.font * 1.6
    last = max((time for line in lines for time in line.times[-1:]), default=1.0)
    left = gutter + style.font * 0.8 + half
    return months(0.0, last, left, max(board.right - margin, left + 20)), gutter


def _draw_guides(board: Board, plot: _Plot) -> None:
    ink, style = board.ink, board.style
    parts = 4 if plot.full == 1.0 else 5
    if (plot.upper - plot.lower) / parts < style.font * 1.3:
        parts = 2 if plot.full == 1.0 else 1
    for part in range(parts + 1):
        share = plot.full * part / parts
        y = plot.y(share)
        ink.line([(plot.axis.left, y), (plot.axis.right, y)], style["grid"], 0.8, snap=True)
        written = written_value(share, Form.PERCENT, style.desk)
        label = f"{written.removesuffix('.0').removesuffix(',0')}\N{NO-BREAK SPACE}%"
        ink.text(
            plot.axis.left - style.font * 0.6, y - style.font * 0.36, label, style["muted"], style.font, align="right"
        )


def _risk_height(board: Board, risk: Sequence[StepLine]) -> float:
    return board.style.font * (1.45 * (len(risk) + 1) + 0.2) if risk else 0.0


def _draw_risk(board: Board, risk: Sequence[StepLine], axis: Months, shown: Sequence[int]) -> None:
    """A row for each group under the months, with a sample of its line and its name before it."""
    ink, style = board.ink, board.style
    step = style.font * 1.45
    baseline = board.bottom + step * len(risk) + style.font * 0.2
    ink.text(board.left, baseline, "Number at risk", style["muted"], style.small, bold=True)
    for row, line in enumerate(risk, start=1):
        y = baseline - step * row
        sample = [(board.left, y + style.font * 0.34), (board.left + style.font * 1.7, y + style.font * 0.34)]
        ink.line(sample, line.line.colour, 1.5, line.line.dash)
        ink.text(board.left + style.font * 2.2, y, line.name, style["text"], style.font)
        for month in shown:
            patients = line.at_risk(month)
            words, x = str(len(patients)), axis.x(month)
            half = max(ink.width(words, style.font) / 2, style.font * 0.6)
            ink.text(x, y, words, style["text"], style.font, align="center")
            box = (x - half, y - style.font * 0.3, x + half, y + style.font)
            board.patients(box, patients, (f"{line.name}: {words} at risk at {month} months",))


def _draw_line(board: Board, line: StepLine, plot: _Plot) -> None:
    points = [(plot.axis.x(0.0), plot.y(line.start))]
    for place in _visible(line, plot):
        x = plot.axis.x(line.times[place])
        points += [(x, points[-1][1]), (x, plot.y(line.values[place]))]
    board.ink.line(points, line.line.colour, 1.5, line.line.dash)


def _visible(line: StepLine, plot: _Plot) -> list[int]:
    """The places of the steps that can be told apart: of several within a fraction of a point, the last."""
    found: list[int] = []
    for place, time in enumerate(line.times):
        if found and plot.axis.x(time) - plot.axis.x(line.times[found[-1]]) < _SEEN:
            found[-1] = place
        else:
            found.append(place)
    return found


def _draw_band(board: Board, line: StepLine, plot: _Plot) -> None:
    """The limits, from the first step that has them to the last."""
    above: list[tuple[float, float]] = []
    below: list[tuple[float, float]] = []
    visible = _visible(line, plot)
    for number, place in enumerate(visible):
        low, high = line.lower[place], line.upper[place]
        if low is None or high is None:
            continue
        following = visible[number + 1] if number + 1 < len(visible) else place
        start, end = plot.axis.x(line.times[place]), plot.axis.x(line.times[following])
        above += [(start, plot.y(high)), (end, plot.y(high))]
        below += [(start, plot.y(low)), (end, plot.y(low))]
    if len(above) > 1:
        board.ink.polygon([*above, *reversed(below)], fill=line.line.colour + _BAND)


def _draw_names(board: Board, lines: Sequence[StepLine], plot: _Plot) -> None:
    """Each name beside the end of its line, moved up or down where another stands there."""
    ink, style = board.ink, board.style
    room = board.right - plot.axis.right - style.font * 1.6
    size = fitting(ink, [line.name for line in lines], style.small, room, bold=True)
    ends = [
        (plot.axis.x(line.times[-1] if line.times else 0.0), plot.y(line.values[-1] if line.values else line.start))
        for line in lines
    ]
    middles = spread([y for _, y in ends], size * 1.3, plot.lower + size * 0.5, plot.upper - size * 0.2)
    for line, (x, y), middle in zip(lines, ends, middles, strict=True):
        start = plot.axis.right + style.font * 1.4
        ink.line([(x + 1.5, y), (plot.axis.right + 2, y), (start - 2, middle)], style["border_strong"], 0.5, (1.0, 1.6))
        ink.text(start, middle - size * 0.36, line.name, line.line.colour, size, bold=True)


def _draw_patients(board: Board, line: StepLine, plot: _Plot) -> None:
    """A tick where somebody was censored, and a place that names whoever was censored or had an event there."""
    ink, style = board.ink, board.style
    half = style.font * 0.36
    there: dict[tuple[int, bool], list[Followed]] = defaultdict(list)
    for one in line.followed:
        if one.cause in (CENSORED, line.cause):
            there[ceil(plot.axis.x(one.months)), one.cause == CENSORED].append(one)
    for (_, censored), patients in sorted(there.items()):
        month = max(one.months for one in patients)
        x, y = plot.axis.x(month), plot.y(line.at(month))
        if censored:
            ink.line([(x, y - half), (x, y + half)], line.line.colour, 0.8)
        left = min(plot.axis.x(one.months) for one in patients)
        told = [f"{line.name}: {len(patients)} {'censored' if censored else 'with the event'}"]
        told += [_words(board, one) for one in patients[:_TOLD]]
        if len(patients) > _TOLD:
            told.append(f"and {len(patients) - _TOLD} more")
        board.patients((left - 1.5, y - half - 1, x + 1.5, y + half + 1), distinct(one.who for one in patients), told)


def _words(board: Board, one: Followed) -> str:
    return f"{one.who.label}: {one.ended_by}, {written_value(one.months, Form.MONTHS, board.style.desk)} months"
