"""All patients' molecular curves in thin lines, the median and quartiles over them, and one patient picked out."""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil, floor, log10
from typing import TYPE_CHECKING, NamedTuple

from models.cohort.levels import Band, Curves, Level
from models.cohort.who import DAYS_IN_MONTH, Who
from models.domain.molecular.logs import significant
from models.figures.cohort.frame import Board, CohortDrawing, board, spread
from models.figures.cohort.keys import area_key, line_key
from models.figures.cohort.months import Months, draw_ticks, months, ticks
from models.figures.content import DRAWN_AS
from models.figures.curve import PercentAxis, draw_marker

if TYPE_CHECKING:
    from models.figures.style import DrawOptions, Style

_MOST_CURVES = 300
"""More thin lines than these run into one grey area."""
LEAST_BAND = 4
"""How many levels a visit must have for median and quartiles to be drawn."""
_LINE, _BAND = "66", "3d"
"""The opacity of a patient's line and of the band of quartiles, as the last two digits of the colour."""


class _End(NamedTuple):
    """Where a line ends, its name and the role of its colour."""

    name: str
    x: float
    y: float
    role: str


def levels(found: Curves, options: "DrawOptions", *, title: str = "", picked: Who | None = None) -> CohortDrawing:
    """Draw the levels in percent of the control gene on a logarithmic axis, in months from study day 1.

    Of very many patients an even selection is drawn, and the drawing says so; median and quartiles are of all.
    """
    drawn = board(options)
    drawn.head(title, axes="Percent of the control gene, by months from study day 1")
    points = [level for _, one in found.patients for level in one]
    if not points:
        return drawn.empty("No molecular level is recorded yet.")
    every = ceil(len(found.patients) / _MOST_CURVES)
    shown = [pair for number, pair in enumerate(found.patients) if number % every == 0 or pair[0] == picked]
    if every > 1:
        drawn.foot((f"{len(shown)} of {len(found.patients)} curves are drawn; median and quartiles are of all.",))
    _legend(drawn)
    ink, style = drawn.ink, drawn.style
    names = ["Median", *([picked.label] if picked else [])]
    gutter = drawn.left + ink.width("0.0001\N{NO-BREAK SPACE}%", style.font)
    margin = max(ink.width(name, style.small, bold=True) for name in names) + style.font * 1.4
    left = gutter + style.font * 0.8
    first, last = min(level.day for level in points), max(level.day for level in points)
    axis = months(month_of(first), month_of(last), left, max(drawn.right - margin, left + 20))
    baseline = drawn.bottom + style.font * 0.2
    logs = [log10(level.percent) for level in points]
    percents = PercentAxis(
        max(2, ceil(max(logs) - 0.02)),
        min(-3, floor(min(logs))),
        drawn.top - style.font * 0.5,
        baseline + style.font * 1.6,
    )
    for power in range(percents.bottom, percents.top + 1):
        y = percents.y(Decimal(1).scaleb(power))
        ink.line([(axis.left, y), (axis.right, y)], style["grid"], 0.8, snap=True)
        label = style.percent(Decimal(1).scaleb(power))
        ink.text(gutter, y - style.font * 0.36, label, style["muted"], style.font, align="right")
    draw_ticks(ink, axis, style, ticks(ink, axis, style), baseline, gutter, "Months")
    for who, own in shown:
        if who != picked:
            ink.line(_places(own, axis, percents), style["muted"] + _LINE, 0.6)
    ends = _draw_bands(drawn, found.bands, axis, percents)
    for who, own in shown:
        _hits(drawn, who, own, axis, percents)
    for who, own in shown:
        if who == picked:
            ends.append(_draw_picked(drawn, who, own, axis, percents))
    middles = spread([end.y for end in ends], style.small * 1.3, percents.lower, percents.upper)
    for end, middle in zip(ends, middles, strict=True):
        start = axis.right + style.font * 1.2
        leader = [(end.x + style.radius + 1, end.y), (axis.right + 2, end.y), (start - 2, middle)]
        ink.line(leader, style["border_strong"], 0.5, (1.0, 1.6))
        ink.text(start, middle - style.small * 0.36, end.name, style[end.role], style.small, bold=True)
    return drawn.done()


def month_of(day: float) -> float:
    """A study day as months: day 1 is 0, and there is no day 0."""
    return (day - 1 if day > 0 else day) / DAYS_IN_MONTH


def _places(own: Sequence[Level], axis: Months, percents: PercentAxis) -> list[tuple[float, float]]:
    return [(axis.x(month_of(level.day)), percents.y(level.percent)) for level in own]


def _draw_bands(drawn: Board, bands: Sequence[Band], axis: Months, percents: PercentAxis) -> list[_End]:
    """The quartiles as an area and the median as a line; the name of the median with its height."""
    ink, style = drawn.ink, drawn.style
    ordered = sorted((band for band in bands if len(band.levels) >= LEAST_BAND), key=lambda band: band.day)
    if not ordered:
        return []

    days = [axis.x(month_of(band.day)) for band in ordered]
    lower, median, upper = (
        [(x, percents.y(level)) for x, level in zip(days, levels, strict=True)]
        for levels in zip(*(band.quartiles for band in ordered), strict=True)
    )
    if len(ordered) > 1:
        ink.polygon([*lower, *reversed(upper)], fill=style["accent"] + _BAND)
        ink.line(median, style["accent"], 2.0)
    for band, (x, y) in zip(ordered, median, strict=True):
        r = style.radius * 0.7
        ink.circle(x, y, r, fill=style["accent"], edge=style["card"], width=0.6)
        low, middle, high = (_percent(level, style) for level in band.quartiles)
        lines = (f"{band.label}: {len(band.levels)} patients", f"Median {middle}", f"Quartiles {low} to {high}")
        drawn.patients((x - r, y - r, x + r, y + r), tuple(who for who, _ in band.levels), lines)
    return [_End("Median", *median[-1], "accent")]


def _draw_picked(drawn: Board, who: Who, own: Sequence[Level], axis: Months, percents: PercentAxis) -> _End:
    """The patient's own curve, each point in the form of its kind."""
    style = drawn.style
    places = _places(own, axis, percents)
    drawn.ink.line(places, style["positive"], 1.6)
    for level, (x, y) in zip(own, places, strict=True):
        draw_marker(drawn.ink, x, y, DRAWN_AS[level.kind], style["positive"], style)
    return _End(who.label, *places[-1], "positive")


def _hits(drawn: Board, who: Who, own: Sequence[Level], axis: Months, percents: PercentAxis) -> None:
    r = drawn.style.radius * 0.6
    for level, (x, y) in zip(own, _places(own, axis, percents), strict=True):
        where = f" ({level.visit})" if level.visit else ""
        lines = (f"{who.label}, day {level.day}{where}", f"{_percent(level.percent, drawn.style)}, {level.kind}")
        drawn.patients((x - r, y - r, x + r, y + r), (who,), lines)


def _percent(value: Decimal, style: "Style") -> str:
    return style.percent(significant(value, 2))


def _legend(drawn: Board) -> None:
    style = drawn.style
    drawn.legend(
        (
            line_key("one patient", style["muted"], 0.8),
            line_key("median", style["accent"], 2.0),
            area_key(f"middle half, where {LEAST_BAND} or more have a level", style["accent"] + _BAND),
        )
    )
