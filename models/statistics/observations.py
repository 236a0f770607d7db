"""Follow-up of patients counted at each distinct time: who is still at risk, and to whom what happens."""

from bisect import bisect_left
from collections.abc import Sequence
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


_ROUNDING = 1e-12

CENSORED = 0
"""The cause of those to whom nothing had happened when they were last seen."""


class Sample(NamedTuple):
    """One group: how long each patient was observed, and what ended it: `CENSORED`, or the number of a cause."""

    times: Sequence[float]
    causes: Sequence[int]


class Counts(NamedTuple):
    """What happens at each of m distinct times (rising) in each of g groups; all counts are whole numbers in floats."""

    times: "NDArray[np.float64]"
    """m times at which anybody had an event or was censored."""
    at_risk: "NDArray[np.float64]"
    """m x g: observed up to the time or longer, that is, at risk just before it."""
    left: "NDArray[np.float64]"
    """m x g: had any event, or were censored, at the time."""
    events: "NDArray[np.float64]"
    """causes x m x g: had an event of the cause at the time."""


def count(samples: Sequence[Sample], causes: Sequence[int]) -> Counts:
    """Count `samples` (the groups) at every distinct time of all of them together, the events by each of `causes`.

    Whoever is censored at the time of an event was at risk of it: censoring follows events, as everywhere in survival
    analysis. An event of a cause that is not among `causes` only ends the observation.

    Raises:
        ValueError: times and causes of a group differ in number, or a time is negative, infinite or not a number.
    """
    import numpy as np

    for sample in samples:
        if len(sample.times) != len(sample.causes):
            raise ValueError(f"{len(sample.times)} times, but {len(sample.causes)} causes")
    sizes = np.array([len(sample.times) for sample in samples], dtype=np.int64)
    times = np.concatenate([np.asarray(sample.times, dtype=np.float64) for sample in samples])
    happened = np.concatenate([np.asarray(sample.causes, dtype=np.int64) for sample in samples])
    if not np.all(np.isfinite(times) & (times >= 0)):
        raise ValueError("a time of observation is negative, infinite or not a number")

    distinct, position = np.unique(times, return_inverse=True)
    shape = (len(distinct), len(samples))
    cell = position * len(samples) + np.repeat(np.arange(len(samples)), sizes)

    left = _tally(cell, shape)
    at_risk = sizes - np.cumsum(left, axis=0) + left
    events = np.zeros((len(causes), *shape))
    for index, cause in enumerate(causes):
        events[index] = _tally(cell[happened == cause], shape)
    return Counts(distinct, at_risk, left, events)


def _tally(cells: "NDArray[np.int64]", shape: tuple[int, int]) -> "NDArray[np.float64]":
    """How often each cell of a table of this shape, counted row by row, is among `cells`."""
    import numpy as np

    return np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)


def without_replacement(events: "NDArray[np.float64]", at_risk: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """The variance of the share events / at_risk when tied events are drawn without putting them back."""
    import numpy as np

    ties = 1 - np.maximum(events - 1, 0) / np.maximum(at_risk - 1, 1)
    return ties * events / np.square(np.maximum(at_risk, 1))


def just_before(time: float, times: Sequence[float], at_risk: Sequence[int]) -> int:
    """How many were still at risk just before `time`, by the numbers `at_risk` at the rising `times`."""
    index = bisect_left(times, time)
    return at_risk[index] if index < len(times) else 0


def normal_quantile(level: float) -> float:
    """How many standard errors a two-sided interval of confidence `level` (0.95: 1.96) reaches to either side.

    Raises:
        ValueError: the level is not between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1: {level}")
    return NormalDist().inv_cdf((1 + level) / 2)


def log_log_limits(
    probability: "NDArray[np.float64]", relative_error: "NDArray[np.float64]", level: float
) -> tuple["NDArray[np.float64]", "NDArray[np.float64]"]:
    """The limits of probabilities, normal on the scale log(-log p): p ** exp(± z s / log p).

    `relative_error` is s, the standard error divided by p. The limits never leave 0 to 1. Where p is 0 or 1 there
    are none (not a number): the scale has no such point. Rising sums miss 1 by their rounding, which counts as 1.
    Source: Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data (1980), section 1.3.
    """
    import numpy as np

    inside = (probability > 0) & (probability < 1 - _ROUNDING)
    logarithm = np.log(probability, where=inside, out=np.full_like(probability, np.nan))
    shift = normal_quantile(level) * relative_error / logarithm  # below zero, as the logarithm is
    with np.errstate(over="ignore"):  # a lower limit beyond what can be written is 0, as it comes out
        return np.exp(logarithm * np.exp(-shift)), np.exp(logarithm * np.exp(shift))


def known(values: "NDArray[np.float64]") -> list[float | None]:
    """As plain numbers, `None` where there is none."""
    import numpy as np

    result: list[float | None] = np.where(np.isnan(values), None, values).tolist()  # type: ignore[call-overload]
    return result
