"""The one time axis that the curve and every lane share."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from models.domain.date_notation import write_date
from models.domain.partial_dates import PartialDate
from models.figures.content import OverviewContent, Span, VisitMarkState
from models.figures.style import DrawOptions, Style
from models.protocols.schedule import day_date, study_day

if TYPE_CHECKING:
    from models.figures.ink import Ink

_DAY_STEPS = (1, 2, 5, 7, 14, 30, 60, 90, 180, 360, 720)
_MONTH_STEPS = (1, 2, 3, 6, 12, 24)
_SHORTEST = 28
"""Days: the axis never shows less, so that a single day does not fill it."""
_FAR_PAST = 1.35
"""Today is shown while it lies within this part of the time that holds records; beyond, it would squeeze them."""


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """From dates to points. `day_one` is study day 1; without one, only dates can be written."""

    first: date
    last: date
    left: float
    right: float
    day_one: date | None

    def x(self, day: date) -> float:
        """Where the start of a day stands; outside the axis for a day outside it."""
        return self.left + (day - self.first).days * self.scale

    @property
    def scale(self) -> float:
        """Points for one day."""
        return (self.right - self.left) / max((self.last - self.first).days, 1)

    def shows(self, day: date) -> bool:
        """Whether a day lies on the axis."""
        return self.first <= day <= self.last

    def extent(self, span: Span) -> tuple[float, float] | None:
        """Left and right end of a span, cut to the axis; None where no part of it is on the axis."""
        if span.last < self.first or span.first > self.last:
            return None
        left = max(self.x(span.first), self.left)
        return left, max(min(self.x(span.last + timedelta(days=1)), self.right), left + 1.5)

    def written(self, day: date, style: Style) -> str:
        """A day in words: study day and date."""
        if self.day_one is None:
            return style.day(day)
        return f"day {study_day(day, self.day_one)}, {style.day(day)}".replace("day -", "day \N{MINUS SIGN}")


def time_axis(content: OverviewContent, options: DrawOptions, left: float, right: float) -> TimeAxis:
    """The axis that holds everything there is to draw, or the days asked for."""
    if options.span and content.day_one:
        first, last = (day_date(day or 1, content.day_one) for day in sorted(options.span))
        return TimeAxis(first, max(last, first + timedelta(days=1)), left, right, content.day_one)
    days = list(_days(content)) or [content.today]
    first, last = min(days), max(days)
    known = max((last - first).days, _SHORTEST)
    if content.ended is None and (content.today - first).days <= known * _FAR_PAST:
        last = max(last, content.today)
    length = max((last - first).days, _SHORTEST)
    margin = timedelta(days=max(round(length * 0.02), 1))
    return TimeAxis(first - margin, first + timedelta(days=length) + margin, left, right, content.day_one)


def _days(content: OverviewContent) -> list[date]:
    spans = [phase.span for phase in content.phases if phase.treatment]
    spans += [bar.span for lane in content.drugs for bar in lane.bars]
    spans += [event.span for event in content.events]
    days = [
        day for span in spans for day in (span.first, *((span.last,) if span.end_known and not span.ongoing else ()))
    ]
    days += [phase.span.first for phase in content.phases]
    days += [point.date for point in content.points] + [mark.date for mark in content.marks]
    for visit in content.visits:
        if visit.date:
            days.append(visit.date)
        elif visit.opens and visit.closes and visit.state in (VisitMarkState.DUE, VisitMarkState.OVERDUE):
            days += [visit.opens, visit.closes]
    return days


def draw_ticks(ink: "Ink", axis: TimeAxis, options: DrawOptions, style: Style, baseline: float, gutter: float) -> None:
    """Write the days or the dates under the lanes, as many as fit."""
    use_days = options.axis == "days" and axis.day_one is not None
    if use_days:
        ink.text(gutter, baseline, "Day", style["muted"], style.font, align="right")
    for day, text in _fitting_ticks(ink, axis, style, use_days=use_days):
        x, half = axis.x(day), ink.width(text, style.font) / 2
        ink.line([(x, baseline + style.font * 0.95), (x, baseline + style.font * 1.25)], style["muted"], 0.6, snap=True)
        x = min(max(x, axis.left + half), axis.right - half)
        ink.text(x, baseline, text, style["muted"], style.font, align="center")


def _fitting_ticks(ink: "Ink", axis: TimeAxis, style: Style, *, use_days: bool) -> list[tuple[date, str]]:
    gap = style.font * 1.6
    most = int((axis.right - axis.left) / gap) + 1  # more would stand too close even without a word
    tries = _day_tries(axis, most) if use_days else _date_tries(axis, style)
    for ticks in tries:
        if len(ticks) > most:
            continue
        widest = max((ink.width(text, style.font) for _, text in ticks), default=0.0)
        places = [axis.x(day) for day, _ in ticks]
        if all(b - a >= widest + gap for a, b in pairwise(places)):
            return ticks
    return tries[-1][:1]


def _day_tries(axis: TimeAxis, most: int) -> list[list[tuple[date, str]]]:
    days = (axis.last - axis.first).days
    return [_day_ticks(axis, step) for step in _DAY_STEPS if days // step <= most] or [_day_ticks(axis, _DAY_STEPS[-1])]


def _day_ticks(axis: TimeAxis, step: int) -> list[tuple[date, str]]:
    """Multiples of the step, and day 1 in the place of the day 0 that does not exist."""
    assert axis.day_one is not None
    first, last = (axis.first - axis.day_one).days, (axis.last - axis.day_one).days
    numbers = [number or 1 for number in range(-(-first // step) * step, last + 2, step)]
    days = [(day_date(number, axis.day_one), str(number).replace("-", "\N{MINUS SIGN}")) for number in numbers]
    return [(day, text) for day, text in days if axis.shows(day)]


def _date_tries(axis: TimeAxis, style: Style) -> list[list[tuple[date, str]]]:
    days = (axis.last - axis.first).days
    tries = []
    if days <= 120:
        for step in (1, 2, 7, 14, 28):
            ticks = [axis.first + timedelta(days=number) for number in range(0, days + 1, step)]
            tries.append([(day, style.day(day)) for day in ticks])
    for step in _MONTH_STEPS:
        years = range(axis.first.year, axis.last.year + 1, max(step // 12, 1))
        months = [date(year, month, 1) for year in years for month in range(1, 13, step)]
        ticks = [day for day in months if axis.shows(day)]
        tries.append([(day, write_date(PartialDate(day.year, day.month), style.desk)) for day in ticks])
    return tries
