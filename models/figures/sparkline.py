"""The small curve in a row of the patients table: bare positions, to be painted by whoever shows the row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import log10

from models.chart.patient_chart import PatientChart
from models.domain.molecular.points import worst_first
from models.figures.content import DRAWN_AS, PointState

_HIGHEST, _LOWEST = 2.0, -4.0
"""Powers of ten, percent: the same for every patient, so that rows can be compared by eye."""


@dataclass(frozen=True, slots=True)
class Spark:
    """A point between 0 and 1 each way, from the left and from the bottom, and the form it is drawn in."""

    x: float
    y: float
    state: PointState


def sparkline(chart: PatientChart) -> tuple[Spark, ...]:
    """The curve of the specimen that the protocol's response is judged in, a point for each of its time points.

    With two transcripts the worse result of the day stands there, which is the one that counts; results that are not
    evaluable stand on the bottom line.
    """
    judged = (each for each in chart.course.time_points if each.specimen == chart.protocol.mrd.specimen)
    worst = [(time_point.when, worst_first(time_point.points)[0].result) for time_point in judged]
    return sparks([(when, result.plot_ratio, DRAWN_AS[result.plot_kind]) for when, result in worst])


def sparks(results: Sequence[tuple[date, Decimal | None, PointState]]) -> tuple[Spark, ...]:
    """Positions for results of one curve: day, percent at which it is drawn, form."""
    if not results:
        return ()
    ordered = sorted(results, key=lambda result: result[0])
    first = ordered[0][0]
    length = max((ordered[-1][0] - first).days, 1)
    return tuple(Spark((day - first).days / length, _height(percent, state), state) for day, percent, state in ordered)


def _height(percent: Decimal | None, state: PointState) -> float:
    if not percent or state is PointState.NOT_EVALUABLE:
        return 0.0
    return (min(max(log10(percent), _LOWEST), _HIGHEST) - _LOWEST) / (_HIGHEST - _LOWEST)
