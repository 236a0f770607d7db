"""The curve: BCR::ABL1 ratios on a log axis, each result drawn as what it is and never as more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor, log10
from typing import TYPE_CHECKING

from models.figures.content import MrdPoint, OverviewContent, PointState
from models.figures.style import Hit, Style
from models.figures.timeline_axis import TimeAxis
from models.figures.words import point_lines

if TYPE_CHECKING:
    from models.figures.ink import Ink

_LOWEST, _HIGHEST = -6, 4
"""Powers of ten (percent) outside which nothing is drawn: no assay reaches them."""
_CLASS_ROLES = {
    "complete": "complete",
    "positive non-quantifiable": "non_quantifiable",
    "positive": "positive",
    "not evaluable": "not_evaluable",
}
CENSORED_DASH = (2.0, 2.2)
"""The link to a result that was not measured: a limit, not a value."""


@dataclass(frozen=True, slots=True)
class PercentAxis:
    """From percentages to points; `top` and `bottom` are powers of ten."""

    top: int
    bottom: int
    upper: float
    lower: float

    def y(self, percent: Decimal) -> float:
        """Where a percentage stands; values beyond the axis stand at its end."""
        power = min(max(log10(percent), self.bottom), self.top)
        return self.lower + (power - self.bottom) / (self.top - self.bottom) * (self.upper - self.lower)


def percent_axis(content: OverviewContent, upper: float, lower: float) -> PercentAxis:
    """From 100 % to 0.001 %, and further where a result lies further."""
    powers = [log10(p.drawn_percent) for p in content.points if p.drawn_percent]
    top = max([2, *(ceil(power - 0.02) for power in powers)])
    bottom = min([-3, *(floor(power - 0.08) for power in powers)])
    return PercentAxis(min(top, _HIGHEST), max(bottom, _LOWEST), upper, lower)


def draw_guides(ink: "Ink", axis: TimeAxis, percents: PercentAxis, style: Style, gutter: float) -> None:
    """A line and a label for each power of ten."""
    spacing = (percents.upper - percents.lower) / (percents.top - percents.bottom)
    every = max(ceil(style.font * 1.15 / spacing), 1)
    for power in range(percents.bottom, percents.top + 1):
        percent = Decimal(1).scaleb(power)
        y = percents.y(percent)
        ink.line([(axis.left, y), (axis.right, y)], style["grid"], 0.8, snap=True)
        if (percents.top - power) % every == 0:
            label = style.percent(percent)
            ink.text(gutter, y - style.font * 0.36, label, style["muted"], style.font, align="right")


def role_of(point: MrdPoint) -> str:
    """The colour role of a point's class."""
    return _CLASS_ROLES.get(point.mrd_class, "not_evaluable")


Place = tuple[MrdPoint, float, float]
Segment = tuple[float, float, float, float]


def places(content: OverviewContent, axis: TimeAxis, percents: PercentAxis, style: Style) -> list[Place]:
    """Every point on the axis with its position. Points that would hide each other stand side by side."""
    found: list[Place] = []
    for point in content.points:
        if not axis.shows(point.date):
            continue
        on_axis = point.state is PointState.NOT_EVALUABLE or not point.drawn_percent
        x, y = axis.x(point.date), percents.lower if on_axis else percents.y(point.drawn_percent or Decimal(1))
        while any(abs(x - other_x) < style.radius and abs(y - other_y) < style.radius for _, other_x, other_y in found):
            x += style.radius * 2.2
        found.append((point, x, y))
    return found


def draw_links(
    ink: "Ink",
    content: OverviewContent,
    placed: Sequence[Place],
    axis: TimeAxis,
    percents: PercentAxis,
    style: Style,
) -> list[Segment]:
    """Join the points of each series, and hand back the segments. Only measured ratios are joined by a full line.

    A link to a point beyond the axis is drawn as far as the axis goes.
    """
    at = {id(point): (x, y) for point, x, y in placed}
    segments = []
    for key in series_of(content.points):
        chain = [
            (point, *at.get(id(point), (axis.x(point.date), percents.y(point.drawn_percent))))
            for point in content.points
            if (point.transcript, point.specimen) == key
            and point.drawn_percent
            and point.state is not PointState.NOT_EVALUABLE
        ]
        colour, width = line_of(key, style)
        for (before, x0, y0), (after, x1, y1) in pairwise(chain):
            segment = _on_axis(x0, y0, x1, y1, axis)
            if segment is None:
                continue
            measured = before.state is after.state is PointState.QUANTIFIABLE
            dash = None if measured else CENSORED_DASH
            ink.line([segment[:2], segment[2:]], colour, width if measured else width * 0.7, dash)
            segments.append(segment)
    return segments


def _on_axis(x0: float, y0: float, x1: float, y1: float, axis: TimeAxis) -> Segment | None:
    """The part of a link that lies between the ends of the axis."""
    if x1 < axis.left or x0 > axis.right:
        return None
    if x0 == x1:
        return x0, y0, x1, y1
    slope = (y1 - y0) / (x1 - x0)
    left, right = max(x0, axis.left), min(x1, axis.right) if x1 > axis.right and x0 < axis.right else x1
    return left, y0 + slope * (left - x0), right, y0 + slope * (right - x0)


def line_of(key: tuple[str, str], style: Style) -> tuple[str, float]:
    """The colour and width of a curve: of a transcript in a specimen."""
    transcript, specimen = key
    return style["curve2" if transcript == "p210" else "curve"], 1.3 if specimen != "BLOOD" else 0.8


def series_of(points: Iterable[MrdPoint]) -> list[tuple[str, str]]:
    """The pairs of transcript and specimen, each of which is a curve of its own."""
    return sorted({(p.transcript, p.specimen) for p in points}, key=lambda key: (key[0], key[1] == "BLOOD"))


def draw_points(ink: "Ink", placed: Sequence[Place], axis: TimeAxis, style: Style) -> list[Hit]:
    """Put down the points, and hand back where they are."""
    hits = []
    r = style.radius
    for point, x, y in placed:
        draw_marker(ink, x, y, point.state, style[role_of(point)], style, blood=point.specimen == "BLOOD")
        lines = point_lines(point, axis, style)
        hits.append(Hit(x - r, y - r, x + r, y + r, "mrd", point.record_id, lines))
    return hits


def draw_marker(
    ink: "Ink", x: float, y: float, state: PointState, colour: str, style: Style, *, blood: bool = False
) -> None:
    """The form of one result: filled where measured, half filled, an open triangle, or a tick on the axis."""
    r, card = style.radius * (0.88 if blood else 1.0), style["card"]
    if state is PointState.NOT_EVALUABLE:
        ink.line([(x, y - r * 1.3), (x, y + r * 1.3)], colour, 1.6)
    elif state is PointState.UNDETECTED:
        ink.polygon([(x - r * 1.15, y + r), (x + r * 1.15, y + r), (x, y - r * 1.1)], fill=card, edge=colour, width=1.3)
    elif blood:
        filled = state is PointState.QUANTIFIABLE
        ink.rectangle(x - r, y - r, x + r, y + r, fill=colour if filled else card, edge=colour, width=1.1)
        if not filled:
            ink.rectangle(x - r, y - r, x + r, y, fill=colour)
    elif state is PointState.QUANTIFIABLE:
        ink.circle(x, y, r + 0.6, fill=colour, edge=card, width=0.8)
    else:
        ink.circle(x, y, r + 0.2, fill=card, edge=colour, width=1.2)
        ink.lower_half(x, y, r + 0.2, colour)


def draw_threshold(
    ink: "Ink",
    content: OverviewContent,
    axis: TimeAxis,
    percents: PercentAxis,
    style: Style,
    obstacles: Sequence[Segment],
    lines: Sequence[float],
) -> None:
    """The dashed line of the response threshold, and its words where they cover neither curve nor vertical `lines`."""
    if not percents.bottom <= log10(content.threshold_percent) <= percents.top:
        return
    y = percents.y(content.threshold_percent)
    ink.line([(axis.left, y), (axis.right, y)], style["complete"], 1.0, (3.4, 2.2), snap=True)
    size, height = style.small, style.small
    for label in content.threshold_labels:
        width = ink.width(label, size)
        spots = [
            (x, baseline)
            for baseline in (y + 2.2, y - height - 1.0)
            for x in (axis.right - width - 3, *(line - width - 5 for line in lines), axis.left + 4)
        ]
        for x, baseline in spots:
            box = (x - 3, baseline - 2, x + width + 3, baseline + height)
            fits = axis.left + 2 <= x and x + width <= axis.right
            if fits and not any(crosses(segment, box) for segment in obstacles):
                ink.text(x, baseline, label, style["complete"], size)
                return


def crosses(segment: Segment, box: tuple[float, float, float, float]) -> bool:
    """Whether a straight line passes through a box (left, bottom, right, top)."""
    x0, y0, x1, y1 = segment
    left, bottom, right, top = box
    enters, leaves = 0.0, 1.0
    for start, way, low, high in ((x0, x1 - x0, left, right), (y0, y1 - y0, bottom, top)):
        if way == 0:
            if not low <= start <= high:
                return False
            continue
        near, far = sorted(((low - start) / way, (high - start) / way))
        enters, leaves = max(enters, near), min(leaves, far)
    return enters <= leaves
