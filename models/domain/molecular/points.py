"""The points of a course: one result in its series, and all results of one specimen on one day."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple

from models.domain.derived import Derived
from models.domain.molecular.changes import Change
from models.domain.molecular.classification import Classification
from models.domain.molecular.rules import MrdRules
from models.domain.molecular.sample import MrdSample
from models.domain.molecular.terms import COMPLETE, EUROPEAN_COMPLETE, NON_QUANTIFIABLE, NOT_EVALUABLE, POSITIVE

_FROM_WORST = (POSITIVE, NON_QUANTIFIABLE, COMPLETE)


class Point(NamedTuple):
    """One result in its series. `when` is None where the day is not fully known.

    `placed` says that its place in the order of the series is certain all the same; without one it has no changes.
    """

    sample: MrdSample
    result: Classification
    when: date | None
    placed: bool
    since_last: Change | None
    since_nadir: Change | None

    @property
    def evaluable(self) -> bool:
        """Whether it has a class at all."""
        return self.result.protocol_class.value != NOT_EVALUABLE


class TimePoint(NamedTuple):
    """All results of one specimen on one day under one headline: the worse where there are several.

    `percent` is the highest ratio there, drawn or measured, None where no result has a number.
    """

    specimen: str
    when: date
    day: int | None
    points: tuple[Point, ...]
    headline: Derived[str]
    response: bool
    european_complete: bool
    percent: Decimal | None

    @property
    def evaluable(self) -> bool:
        """Whether the day has a class at all."""
        return self.headline.value != NOT_EVALUABLE

    @property
    def keys(self) -> tuple[int | str, ...]:
        """The samples of the day."""
        return tuple(point.sample.key for point in self.points)

    def positive_from(self, percent: Decimal) -> bool:
        """Whether a result is positive with a ratio of at least `percent`."""
        return any(
            point.result.protocol_class.value == POSITIVE
            and point.result.percent is not None
            and point.result.ratio_qualifier != "<"
            and point.result.percent >= percent
            for point in self.points
        )


def time_points(points: Sequence[Point], rules: MrdRules, transcripts: Collection[str]) -> tuple[TimePoint, ...]:
    """The days in the order of time. `transcripts` are those without which a day cannot be called a response."""
    days: dict[tuple[date, str], list[Point]] = {}
    for point in points:
        if point.when is not None:
            days.setdefault((point.when, point.sample.specimen), []).append(point)
    found = []
    for (when, specimen), here in sorted(days.items(), key=itemgetter(0)):
        headline = _headline(here, rules, transcripts)
        heights = [point.result.plot_ratio for point in here if point.result.plot_ratio is not None]
        found.append(
            TimePoint(
                specimen=specimen,
                when=when,
                day=next((point.sample.day for point in here if point.sample.day is not None), None),
                points=tuple(here),
                headline=headline,
                response=headline.value in rules.response_classes,
                european_complete=headline.value == COMPLETE
                and all(point.result.european_class.value == EUROPEAN_COMPLETE for point in here if point.evaluable),
                percent=max(heights, default=None),
            )
        )
    return tuple(found)


def worst_first(points: Iterable[Point]) -> list[Point]:
    """Results of one day, the worst class first; of one class the higher ratio, drawn or measured."""
    return sorted(points, key=lambda point: (_rank(point), -(point.result.plot_ratio or Decimal(0))))


def _rank(point: Point) -> int:
    name = point.result.protocol_class.value
    return _FROM_WORST.index(name) if name in _FROM_WORST else len(_FROM_WORST)


def _headline(points: Sequence[Point], rules: MrdRules, transcripts: Collection[str]) -> Derived[str]:
    """The worst class of the day; not evaluable where a transcript lacks an evaluable result and none is positive."""
    inputs = tuple((point.sample.transcript, point.result.protocol_class.value) for point in points)
    classes = {name for _, name in inputs}
    evaluable = {transcript for transcript, name in inputs if name != NOT_EVALUABLE}
    lacking = sorted({*transcripts, *(transcript for transcript, _ in inputs)} - evaluable)
    worst = next((name for name in _FROM_WORST if name in classes), NOT_EVALUABLE)
    if lacking and worst != POSITIVE:
        reason = f"There is no evaluable result for {' and '.join(lacking)}."
        return Derived(NOT_EVALUABLE, rules.rule, inputs, reason)
    if len(points) > 1:
        return Derived(worst, rules.rule, inputs, "The worst of the results of this day.")
    return Derived(worst, rules.rule, inputs, points[0].result.protocol_class.reason)
