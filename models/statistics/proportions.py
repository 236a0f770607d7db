"""A proportion with its exact limits."""

from typing import NamedTuple


class Proportion(NamedTuple):
    """So many of so many; without estimate and limits if there is nobody to count."""

    events: int
    total: int
    estimate: float | None
    lower: float | None
    upper: float | None


def clopper_pearson(events: int, total: int, level: float = 0.95) -> Proportion:
    """The proportion `events` / `total` with its exact two-sided limits at confidence `level`.

    Each limit is the rate at which a count as extreme has half of 1 - `level`; at 0 and at all of them it is 0 or 1.
    Source: Clopper and Pearson, Biometrika 1934;26:404, by the quantiles of the beta distribution.

    Raises:
        ValueError: a negative count, more events than patients, or a level not between 0 and 1.
    """
    if not 0 <= events <= total:
        raise ValueError(f"{events} of {total} is no proportion")
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1: {level}")
    if total == 0:
        return Proportion(events, total, None, None, None)
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    lower = float(betaincinv(events, total - events + 1, tail)) if events else 0.0
    upper = float(betaincinv(events + 1, total - events, 1 - tail)) if events < total else 1.0
    return Proportion(events, total, events / total, lower, upper)
