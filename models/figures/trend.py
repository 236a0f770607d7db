"""The trend of one laboratory test: values in time over the reference range, graded values coloured and numbered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from models.domain.capitals import upper_first
from models.domain.notation import with_unit
from models.domain.quantities import Quantity
from models.figures.style import POINTS_PER_INCH, Drawing, DrawOptions, Hit, Style
from models.figures.timeline_axis import TimeAxis, draw_ticks

if TYPE_CHECKING:
    from models.figures.ink import Ink

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_MOST_STEPS = 5
_MARGIN_DAYS = 2
_SHORTEST = 14


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One value with the range of its laboratory and day, in the unit of the trend; `grade` None is not graded."""

    date: date
    value: Quantity
    lower: Decimal | None
    upper: Decimal | None
    grade: int | None
    record_id: int


def trend(title: str, points: Sequence[TrendPoint], day_one: date | None, options: DrawOptions) -> Drawing:
    """Draw the values of one test; `title` names test and unit. Points in another unit are the caller's to convert."""
    from matplotlib.figure import Figure  # loaded with the first drawing: it would slow down the start

    from models.figures.ink import Ink

    style = Style.of(options)
    figure = Figure(figsize=(options.width_inch, options.height_inch), dpi=100, facecolor=style["card"])
    ink = Ink(figure)
    width, height = options.width_inch * POINTS_PER_INCH, options.height_inch * POINTS_PER_INCH
    ink.text(2, height - style.font * 1.25, title, style["text"], style.font * 1.08, bold=True)
    if not points:
        ink.text(width / 2, height / 2, "No value recorded yet.", style["muted"], style.font, align="center")
        return Drawing(figure, ())
    ordered = sorted(points, key=lambda p: (p.date, p.record_id))
    ticks = _ticks(ordered)
    gutter = 2 + max(ink.width(style.number(tick), style.font) for tick in (*ticks, Decimal(100)))
    first, last = ordered[0].date, ordered[-1].date
    last = max(last, first + timedelta(days=_SHORTEST))
    margin = timedelta(days=_MARGIN_DAYS)
    axis = TimeAxis(first - margin, last + margin, gutter + style.font * 0.8, width - 4, day_one)
    lower, upper = style.font * 2.0, height - style.font * 2.9  # the grade of the highest value stands under the title
    low, high = ticks[0], ticks[-1]

    def y_of(value: Decimal) -> float:
        return lower + float((value - low) / (high - low)) * (upper - lower)

    _draw_range(ink, ordered, axis, style, (low, high), y_of_low=lower, y_of_high=upper)
    for tick in ticks:
        ink.line([(axis.left, y_of(tick)), (axis.right, y_of(tick))], style["grid"], 0.8, snap=True)
        ink.text(gutter, y_of(tick) - style.font * 0.36, style.number(tick), style["muted"], style.font, align="right")
    draw_ticks(ink, axis, options, style, style.font * 0.3, gutter)
    places = [(axis.x(p.date), y_of(p.value.value)) for p in ordered]
    if len(places) > 1:
        ink.line(places, style["curve"], 1.1)
    hits = [_draw_point(ink, p, x, y, axis, style) for p, (x, y) in zip(ordered, places, strict=True)]
    return Drawing(figure, tuple(hits))


def _ticks(points: Sequence[TrendPoint]) -> list[Decimal]:
    """Round numbers that hold every value and every limit."""
    numbers = [n for p in points for n in (p.value.value, p.lower, p.upper) if n is not None]
    low, high = min(numbers), max(numbers)
    if low >= 0 and low < high * Decimal("0.6"):
        low = Decimal(0)
    spread = high - low or abs(high) or Decimal(1)
    power = Decimal(1).scaleb((spread / _MOST_STEPS).adjusted())
    step = next(s * power for s in _STEPS if s * power * _MOST_STEPS >= spread)
    tick = (low / step).to_integral_value(rounding="ROUND_FLOOR") * step
    ticks = [tick]
    while ticks[-1] < high:
        ticks.append(ticks[-1] + step)
    if len(ticks) == 1:
        ticks.append(tick + step)
    return [Decimal(f"{tick.normalize():f}") for tick in ticks]


def _draw_range(
    ink: "Ink",
    points: Sequence[TrendPoint],
    axis: TimeAxis,
    style: Style,
    ends: tuple[Decimal, Decimal],
    *,
    y_of_low: float,
    y_of_high: float,
) -> None:
    """Shade the reference range from one value to the next; a range may change with the laboratory or the year."""
    low, high = ends
    for number, point in enumerate(points):
        if point.lower is None and point.upper is None:
            continue
        left = axis.left if number == 0 else axis.x(point.date)
        right = axis.right if number + 1 == len(points) else axis.x(points[number + 1].date)
        share = (y_of_high - y_of_low) / float(high - low)
        bottom = y_of_low + float((point.lower if point.lower is not None else low) - low) * share
        top = y_of_low + float((point.upper if point.upper is not None else high) - low) * share
        ink.rectangle(left, bottom, right, top, fill=style["phase2"])


def _draw_point(ink: "Ink", point: TrendPoint, x: float, y: float, axis: TimeAxis, style: Style) -> Hit:
    r = style.radius
    colour = style[f"grade{point.grade}"] if point.grade else style["accent"]
    if point.value.exact:
        ink.circle(x, y, r, fill=colour, edge=style["card"])
    else:
        ink.circle(x, y, r, fill=style["card"], edge=colour, width=1.2)
    if point.grade:
        ink.text(x, y + r + 1.5, str(point.grade), colour, style.small, bold=True, align="center")
    grade = "not graded" if point.grade is None else "not abnormal" if point.grade == 0 else f"grade {point.grade}"
    value = with_unit(f"{point.value.qualifier}{style.number(point.value.value)}", point.value.unit)
    lines = (value, upper_first(axis.written(point.date, style)), f"CTCAE: {grade}")
    return Hit(x - r, y - r, x + r, y + r, "lab", point.record_id, lines)
