"""The small curve in a row of the patients table: bare positions, to be painted by whoever shows the row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import log10

from models.figures.content import MrdPoint, PointState

_HIGHEST, _LOWEST = 2.0, -4.0
"""Powers of ten, percent: the same for every patient, so that rows can be compared by eye."""


@dataclass(frozen=True, slots=True)
class Spark:
    """A point between 0 and 1 each way, from the left and from the bottom, and the form it is drawn in."""

    x: float
    y: float
    state: PointState


def spark_points(points: Sequence[MrdPoint], specimen: str) -> tuple[Spark, ...]:
    """The curve of a specimen; with two transcripts the higher of each day, which is the one that counts.

    Results that are not evaluable stand on the bottom line.
    """
    headline: dict[date, MrdPoint] = {}
    for point in points:
        if point.specimen == specimen and (point.date not in headline or _rank(point) > _rank(headline[point.date])):
            headline[point.date] = point
    return sparks([(p.date, p.drawn_percent, p.state) for p in headline.values()])


def sparks(results: Sequence[tuple[date, Decimal | None, PointState]]) -> tuple[Spark, ...]:
    """Positions for results of one curve: day, percent at which it is drawn, form."""
    if not results:
        return ()
    ordered = sorted(results, key=lambda result: result[0])
    first = ordered[0][0]
    length = max((ordered[-1][0] - first).days, 1)
    return tuple(Spark((day - first).days / length, _height(percent, state), state) for day, percent, state in ordered)


def _rank(point: MrdPoint) -> tuple[bool, Decimal]:
    return point.state is not PointState.NOT_EVALUABLE, point.drawn_percent or Decimal(0)


def _height(percent: Decimal | None, state: PointState) -> float:
    if not percent or state is PointState.NOT_EVALUABLE:
        return 0.0
    return (min(max(log10(percent), _LOWEST), _HIGHEST) - _LOWEST) / (_HIGHEST - _LOWEST)
