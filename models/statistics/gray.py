"""Gray's test: do groups differ in the incidence of one cause, where another can come first?

No library of ours has it. m stands for the times of events, g for the groups; a group of which nobody is at risk any
more counts as nothing from then on.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from models.statistics.comparison import GroupCounts, Test, compare
from models.statistics.observations import CENSORED, Counts, Sample, count, without_replacement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def gray(groups: Mapping[str, tuple[Sequence[float], Sequence[int]]]) -> dict[int, Test]:
    """Test, for each cause that happened, that the groups (times and causes, by name) do not differ in its incidence.

    The weight is 1 throughout (rho = 0), as in R's `cmprsk::cuminc`, whose correction for ties this has too.
    Source: Gray, Ann Stat 1988;16:1141.

    Raises:
        ValueError: times and causes of a group differ in number, or a time is negative, infinite or not a number.
    """
    import numpy as np

    if not groups:
        return {}
    samples = [Sample(*group) for group in groups.values()]
    causes = sorted({cause for sample in samples for cause in np.unique(sample.causes).tolist()} - {CENSORED})
    counts = count(samples, causes)
    return {cause: _test(list(groups), counts, index) for index, cause in enumerate(causes)}


def _test(names: Sequence[str], counts: Counts, index: int) -> Test:
    """The test for the cause at `index`.

    In each group, Y (1 - F) / S patients would still be at risk of the cause if nobody had left by another one (R in
    the paper). The events of each time are expected in proportion to them.
    """
    import numpy as np

    any_event = counts.events.sum(axis=0)
    when = any_event.sum(axis=1) > 0
    at_risk, own = counts.at_risk[when], counts.events[index][when]
    other = any_event[when] - own
    at_least_one = np.maximum(at_risk, 1)
    after = np.cumprod(1 - (own + other) / at_least_one, axis=0)
    before = _just_before(after, 1.0)
    incidence = np.cumsum(before * own / at_least_one, axis=0)

    would_be_at_risk = _ratio(at_risk, before) * (1 - _just_before(incidence, 0.0))
    own_all = own.sum(axis=1, keepdims=True)
    expected = (would_be_at_risk * _ratio(own_all, would_be_at_risk.sum(axis=1, keepdims=True))).sum(axis=0)
    observed = own.sum(axis=0)
    totals = {
        name: GroupCounts(int(size), int(seen), float(awaited))
        for name, size, seen, awaited in zip(names, counts.left.sum(axis=0), observed, expected, strict=True)
    }
    return compare(totals, observed - expected, _variance(at_risk, before, after, own_all, other))


def _variance(
    at_risk: "NDArray[np.float64]",
    before: "NDArray[np.float64]",
    after: "NDArray[np.float64]",
    own_all: "NDArray[np.float64]",
    other: "NDArray[np.float64]",
) -> "NDArray[np.float64]":
    """The variance (g x g) of observed less expected, if the groups do not differ.

    An event in group k moves the difference of group i by what it counts now, and by what it takes from the events
    to come, for which k has one patient fewer: it, the influence, is squared with the variance of the events.
    """
    import numpy as np

    weight = _ratio(at_risk, before)
    weight_all = weight.sum(axis=1, keepdims=True)
    rate = own_all / weight_all
    pooled = np.cumsum(rate, axis=0)  # the incidence if the groups do not differ
    lost = _ratio(1 - pooled, after)[:, np.newaxis, :]
    now = weight[:, :, np.newaxis] * (np.eye(weight.shape[1]) - (weight / weight_all)[:, np.newaxis, :])
    moves = now * _ratio(rate, 1 - _just_before(pooled, 0.0))[:, :, np.newaxis]
    to_come = moves.sum(axis=0) - np.cumsum(moves, axis=0)

    ties = 1 - np.maximum(own_all - 1, 0) / np.maximum(weight_all * before - 1, 1)
    own_spread = np.where(at_risk > 0, ties * before * rate / np.maximum(at_risk, 1), 0.0)
    other_spread = np.where(after > 0, before**2 * without_replacement(other, at_risk), 0.0)
    by_own, by_other = now + (1 - lost) * to_come, lost * to_come
    variance: NDArray[np.float64] = np.einsum("tik,tjk,tk->ij", by_own, by_own, own_spread)
    variance += np.einsum("tik,tjk,tk->ij", by_other, by_other, other_spread)
    return variance


def _just_before(running: "NDArray[np.float64]", start: float) -> "NDArray[np.float64]":
    """Each value of a running product or sum (m x g) as it was before the time: `start` first, the last one dropped."""
    import numpy as np

    return np.concatenate([np.full((1, running.shape[1]), start), running])[:-1]


def _ratio(part: "NDArray[np.float64]", whole: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """The quotient, and 0 where the whole is not above 0: nobody is there to count."""
    import numpy as np

    part, whole = np.broadcast_arrays(part, whole)
    return np.divide(part, whole, where=whole > 0, out=np.zeros(whole.shape))
