"""Competing events: cumulative incidence by Aalen and Johansen, and Gray's test between groups.

Where another event can come first, one minus Kaplan-Meier is too high; these estimates are not. Neither scipy nor
statsmodels has Gray's test or the variance that goes with the estimates in publications (R's `cmprsk`).
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from models.statistics.observations import (
    CENSORED,
    Sample,
    count,
    just_before,
    known,
    log_log_limits,
    without_replacement,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class IncidenceStep(NamedTuple):
    """The incidence of one cause at a time at which anybody had an event of any cause or was censored."""

    time: float
    at_risk: int
    """Under observation, and without an event of any cause, just before the time."""
    events: int
    """Of this cause."""
    incidence: float
    """From this time on, up to the next step."""
    std_err: float
    lower: float | None
    upper: float | None
    """The limits of `incidence`; none while it is 0, and at 1."""


_Columns = tuple[list[float], list[int], list[int], list[float], list[float], list[float | None], list[float | None]]


class IncidenceLandmark(NamedTuple):
    """The incidence at a time somebody asks about; none where nobody was observed that long."""

    time: float
    at_risk: int
    incidence: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class IncidenceCurve:
    """The cumulative incidence of one cause: 0 at time 0, then its steps, up to the longest observation."""

    total: int
    events: int
    columns: _Columns = field(repr=False)
    """The steps column by column, in the order of `IncidenceStep`."""

    @cached_property
    def steps(self) -> tuple[IncidenceStep, ...]:
        """The steps in the order of their times; made when asked for."""
        return tuple(map(IncidenceStep, *self.columns))

    def at(self, time: float) -> IncidenceLandmark:
        """What the curve says at `time`; nothing after the longest observation."""
        times, _, _, incidence, _, lower, upper = self.columns
        at_risk = self.at_risk(time)
        index = bisect_right(times, time) - 1
        if not times or time > times[-1]:
            return IncidenceLandmark(time, at_risk, None, None, None)
        if index < 0:
            return IncidenceLandmark(time, at_risk, 0.0, None, None)
        return IncidenceLandmark(time, at_risk, incidence[index], lower[index], upper[index])

    def at_risk(self, time: float) -> int:
        """How many were under observation, without any event, just before `time`."""
        times, at_risk, *_ = self.columns
        return just_before(time, times, at_risk)


def cumulative_incidence(
    times: Sequence[float], causes: Sequence[int], of: Iterable[int] = (), level: float = 0.95
) -> dict[int, IncidenceCurve]:
    """Estimate, for each cause, how many have had it as their first event by each time.

    `times` are from the start to the first event of any cause, or to the last time a patient was known to be without
    any; `causes` says which: 0 if censored. A curve comes for each cause that happened, in rising order, and for each
    that `of` names, even if it never did. Standard errors as R's `cmprsk` (Aalen's variance, with the correction for
    ties); limits on the log-log scale.
    Sources: Aalen and Johansen, Scand J Stat 1978;5:141; Aalen, Ann Stat 1978;6:534; Choudhury, Stat Med 2002;21:1129
    (limits).

    Raises:
        ValueError: times and causes differ in number, or a time is negative, infinite or not a number.
    """
    import numpy as np

    wanted = sorted({*of, *np.unique(causes).tolist()} - {CENSORED})
    counts = count([Sample(times, causes)], wanted)
    at_risk, events = counts.at_risk[:, 0], counts.events[:, :, 0]
    any_event = events.sum(axis=0)
    after = np.cumprod((at_risk - any_event) / at_risk)
    before = np.concatenate(([1.0], after))[: len(after)]
    curves = {}
    for cause, happened in zip(wanted, events, strict=True):
        incidence = np.minimum(np.cumsum(before * happened / at_risk), 1.0)  # a sum may pass 1 by its rounding
        std_err = np.sqrt(_variance(at_risk, happened, any_event - happened, before, after, incidence))
        relative_error = np.divide(std_err, incidence, where=incidence > 0, out=np.zeros_like(incidence))
        lower, upper = log_log_limits(incidence, relative_error, level)
        columns = (
            counts.times.tolist(),
            at_risk.astype(np.int64).tolist(),
            happened.astype(np.int64).tolist(),
            incidence.tolist(),
            std_err.tolist(),
            known(lower),
            known(upper),
        )
        curves[cause] = IncidenceCurve(len(times), int(happened.sum()), columns)
    return curves


def _variance(
    at_risk: "NDArray[np.float64]",
    happened: "NDArray[np.float64]",
    others: "NDArray[np.float64]",
    before: "NDArray[np.float64]",
    after: "NDArray[np.float64]",
    incidence: "NDArray[np.float64]",
) -> "NDArray[np.float64]":
    """Aalen's variance of the incidence at each time t.

    Each event at u <= t moves F(t) in two ways: by itself, if it is of the cause, and by taking (F(t) - F(u)) / S(u)
    of it away from those who are left. The sum over u of the squares of both is spread out into three running sums.
    """
    import numpy as np

    survived = np.divide(1.0, after, where=after > 0, out=np.zeros_like(after))
    own = before**2 * without_replacement(happened, at_risk)
    other = np.where(after > 0, before**2 * without_replacement(others, at_risk), 0.0)
    gain = 1 + survived * incidence
    loss = survived * incidence
    constant = np.cumsum(gain**2 * own + loss**2 * other)
    linear = np.cumsum(survived * (gain * own + loss * other))
    square = np.cumsum(survived**2 * (own + other))
    return np.maximum(constant - 2 * incidence * linear + incidence**2 * square, 0.0)
