"""Where one patient stands: the cohort's median and quartiles behind the patient's own curve, and the percentile."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

from models.cohort.levels import Curves, Place
from models.cohort.levels import standing as places_of
from models.figures.cohort.levels import LEAST_BAND
from models.protocols.schedule import day_date

if TYPE_CHECKING:
    from datetime import date

    from models.cohort.who import Who
    from models.figures.curve import PercentAxis, Segment
    from models.figures.ink import Ink
    from models.figures.style import Style
    from models.figures.timeline_axis import TimeAxis

_OPACITY = "2e"
_MEDIAN_DASH = (5.0, 2.0)

_Points = list[tuple[float, float]]


class BandPoint(NamedTuple):
    """The cohort at one visit: its median study day, and its quartiles in percent of the control gene."""

    day: float
    lower: Decimal
    median: Decimal
    upper: Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """The cohort behind one patient: `bands` in the order of time, and the places of the patient's own samples."""

    bands: tuple[BandPoint, ...]
    places: tuple[Place, ...]

    @property
    def sentence(self) -> str:
        """Where the last of the patient's samples stands; empty where none stands for a planned visit."""
        if not self.places:
            return ""
        last = self.places[-1]
        return f"{last.label}: percentile {last.percentile:.0f} of {last.patients} patients, 0 is the lowest level"


def standing(found: Curves, who: "Who") -> Standing:
    """The cohort behind a patient; visits with too few levels for quartiles are left out."""
    bands = sorted((band for band in found.bands if len(band.levels) >= LEAST_BAND), key=lambda band: band.day)
    return Standing(tuple(BandPoint(band.day, *band.quartiles) for band in bands), places_of(found, who))


def draw_standing(
    ink: "Ink", found: Standing, axis: "TimeAxis", percents: "PercentAxis", style: "Style"
) -> list["Segment"]:
    """The middle half of the cohort as an area and its median as a dashed line, as far as the axis goes.

    Hands back the line, on which no words are to stand.
    """
    if axis.day_one is None or len(found.bands) < 2:
        return []
    at = [_place(band.day, axis, axis.day_one) for band in found.bands]

    def line(levels: Sequence[Decimal]) -> _Points:
        return _on_axis([(x, percents.y(level)) for x, level in zip(at, levels, strict=True)], axis)

    lower, upper = line([band.lower for band in found.bands]), line([band.upper for band in found.bands])
    if lower:
        ink.polygon([*lower, *reversed(upper)], fill=style["accent"] + _OPACITY)
    median = line([band.median for band in found.bands])
    if median:
        ink.line(median, style["accent"], 1.0, _MEDIAN_DASH)
    return [(*start, *end) for start, end in pairwise(median)]


def _place(day: float, axis: "TimeAxis", day_one: "date") -> float:
    """The place of a study day, or of the middle between two; no day 0 lies between -1 and 1."""
    return (axis.x(day_date(floor(day), day_one)) + axis.x(day_date(ceil(day) or 1, day_one))) / 2


def _on_axis(points: _Points, axis: "TimeAxis") -> _Points:
    """The part of a line that lies between the ends of the axis."""
    found: _Points = []
    for (x0, y0), (x1, y1) in pairwise(points):
        left, right = max(x0, axis.left), min(x1, axis.right)
        if left < right:
            slope = (y1 - y0) / (x1 - x0)
            found += [(left, y0 + slope * (left - x0)), (right, y0 + slope * (right - x0))]
    return list(dict.fromkeys(found))


def draw_standing_legend(ink: "Ink", found: Standing, style: "Style", left: float, right: float, top: float) -> float:
    """Name the area and the median, and say where the patient stands; hand back the height used."""
    sample, gap, line = style.font * 1.9, style.font * 1.2, style.font * 1.6
    x, baseline = left, top - style.font * 1.15
    entries = ["middle half of the cohort", "median of the cohort", found.sentence]
    for number, words in enumerate(entries):
        room = sample if number < 2 else 0.0
        width = room + ink.width(words, style.font)
        if x > left and x + width > right:
            x, baseline = left, baseline - line
        y = baseline + style.font * 0.34
        if number == 0:
            ink.rectangle(x, y - 2.8, x + sample - 4, y + 2.8, fill=style["accent"] + _OPACITY)
        elif number == 1:
            ink.line([(x, y), (x + sample - 4, y)], style["accent"], 1.0, _MEDIAN_DASH)
        ink.text(x + room, baseline, words, style["text" if number == 2 else "muted"], style.font)
        x += width + gap
    return top - baseline + style.font * 0.5
