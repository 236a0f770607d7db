"""Time to an event: Kaplan-Meier curves, what they say at a time, their median, and the log-rank test.

scipy has both (`scipy.stats.ecdf` and `logrank`), but its curve has no medians and hides its numbers at risk, and its
test takes two groups only; hence the formulas here. Times are in whatever unit the caller uses throughout.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from models.statistics.comparison import GroupCounts, Test, compare
from models.statistics.observations import Sample, count, just_before, known, log_log_limits

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_EVENT = 1
_EQUAL = 1.5e-8  # a curve this close to one half is at one half: R's tolerance, the root of the machine's precision


class Step(NamedTuple):
    """The curve at a time at which anybody had the event or was censored."""

    time: float
    at_risk: int
    """Under observation just before the time."""
    events: int
    censored: int
    survival: float
    """From this time on, up to the next step."""
    std_err: float | None
    """Greenwood's standard error of `survival`; none once the curve is at 0."""
    lower: float | None
    upper: float | None
    """The limits of `survival`; none while the curve is at 1, and once it is at 0."""


_Columns = tuple[
    list[float],
    list[int],
    list[int],
    list[int],
    list[float],
    list[float | None],
    list[float | None],
    list[float | None],
]


class Landmark(NamedTuple):
    """The curve at a time somebody asks about; no survival where nobody was observed that long."""

    time: float
    at_risk: int
    survival: float | None
    lower: float | None
    upper: float | None


class Estimate(NamedTuple):
    """A value with its limits; each missing where the curve does not reach it."""

    value: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class Curve:
    """A Kaplan-Meier curve: 1 at time 0, then its steps, up to the longest observation."""

    total: int
    events: int
    median: Estimate
    columns: _Columns = field(repr=False)
    """The steps column by column, in the order of `Step`."""

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps in the order of their times; made when asked for, as a curve of a large cohort has thousands."""
        return tuple(map(Step, *self.columns))

    def at(self, time: float) -> Landmark:
        """What the curve says at `time`.

        After the longest observation it says nothing more, unless it had come down to 0, where it stays.
        """
        times, *_, survival, _, lower, upper = self.columns
        at_risk = self.at_risk(time)
        index = bisect_right(times, time) - 1
        if not times or (time > times[-1] and survival[-1] > 0):
            return Landmark(time, at_risk, None, None, None)
        if index < 0:
            return Landmark(time, at_risk, 1.0, None, None)
        return Landmark(time, at_risk, survival[index], lower[index], upper[index])

    def at_risk(self, time: float) -> int:
        """How many were under observation just before `time`."""
        times, at_risk, *_ = self.columns
        return just_before(time, times, at_risk)


def kaplan_meier(times: Sequence[float], events: Sequence[bool], level: float = 0.95) -> Curve:
    """Estimate how many are still without the event at each time.

    `times` are from the start to the event, or to the last time a patient was known to be without it; `events` says
    which. Standard errors by Greenwood, limits on the log-log scale. The median is the first time at which the curve
    is at 0.5 or below; where the curve stays at exactly 0.5 for a while, the middle of that time. Its limits are the
    same of the curve's limits (Brookmeyer and Crowley). All of it as R's `survfit(conf.type = "log-log")`.
    Sources: Kaplan and Meier, J Am Stat Assoc 1958;53:457; Brookmeyer and Crowley, Biometrics 1982;38:29.

    Raises:
        ValueError: times and events differ in number, or a time is negative, infinite or not a number.
    """
    import numpy as np

    counts = count([Sample(times, events)], [_EVENT])
    at_risk, left, died = counts.at_risk[:, 0], counts.left[:, 0], counts.events[0, :, 0]
    survival = np.multiply.accumulate((at_risk - died) / at_risk)
    survivors = np.where(at_risk > died, at_risk - died, np.nan)
    relative_error = np.sqrt(np.cumsum(died / (at_risk * survivors)))  # not a number from the step down to 0 on
    lower, upper = log_log_limits(survival, relative_error, level)
    columns = (
        counts.times.tolist(),
        at_risk.astype(np.int64).tolist(),
        died.astype(np.int64).tolist(),
        (left - died).astype(np.int64).tolist(),
        survival.tolist(),
        known(survival * relative_error),
        known(lower),
        known(upper),
    )
    median = Estimate(*(_half(counts.times, values) for values in (survival, lower, upper)))
    return Curve(len(times), int(died.sum()), median, columns)


def reverse_kaplan_meier(times: Sequence[float], events: Sequence[bool], level: float = 0.95) -> Curve:
    """The curve of follow-up: being censored is the event, and the event ends the observation of it.

    Its median is the median follow-up.
    Source: Schemper and Smith, Controlled Clinical Trials 1996;17:343.
    """
    import numpy as np

    return kaplan_meier(times, np.logical_not(events).tolist(), level)


def logrank(groups: Mapping[str, tuple[Sequence[float], Sequence[bool]]]) -> Test:
    """Test that the groups (times and events of each, by name) do not differ in survival: log-rank, as R's `survdiff`.

    Source: Peto and Peto, J R Stat Soc A 1972;135:185, with the hypergeometric variance (Mantel).

    Raises:
        ValueError: as in `kaplan_meier`.
    """
    import numpy as np

    if not groups:
        return Test(None, 0, None, {})
    counts = count([Sample(*group) for group in groups.values()], [_EVENT])
    happened = counts.events[0].sum(axis=1) > 0
    at_risk, died = counts.at_risk[happened], counts.events[0][happened]
    all_at_risk, all_died = at_risk.sum(axis=1), died.sum(axis=1)
    share = at_risk / all_at_risk[:, np.newaxis]
    expected = all_died @ share
    observed = died.sum(axis=0)
    # Drawing the deaths of one time from those at risk without putting them back; the last one left has no choice.
    spread = all_died * (all_at_risk - all_died) / np.maximum(all_at_risk - 1, 1)
    variance = np.diag(spread @ share) - (share * spread[:, np.newaxis]).T @ share
    totals = {
        name: GroupCounts(len(group[0]), int(seen), float(awaited))
        for (name, group), seen, awaited in zip(groups.items(), observed, expected, strict=True)
    }
    return compare(totals, observed - expected, variance)


def _half(times: "NDArray[np.float64]", curve: "NDArray[np.float64]") -> float | None:
    """When a falling curve reaches one half; the middle of its stay there, if it then falls further."""
    import numpy as np

    reached = np.flatnonzero(curve < 0.5 + _EQUAL)  # never so where it is not a number
    if not len(reached):
        return None
    first = reached[0]
    below = np.flatnonzero(curve < curve[first])
    if abs(curve[first] - 0.5) < _EQUAL and len(below):
        return float((times[first] + times[below[0]]) / 2)
    return float(times[first])
