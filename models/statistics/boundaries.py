"""Stopping boundaries for single-arm monitoring: after how many events among n patients to stop.

Two exact rules for a rate that must not be passed, by n, one of binomial tails and one Bayesian.
"""

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ROUNDING = 1e-12  # what floating point may make of a probability that is exactly the one asked for

Direction = Literal["too many", "too few"]
"""Which events the rule watches: toxicities that come too often, or responses that come too rarely."""


class BoundaryPoint(NamedTuple):
    """After `n` patients stop at `events`, or more of them ("too many") or fewer ("too few"); never if `None`."""

    n: int
    events: int | None


def binomial_boundary(limit: float, alpha: float, largest: int, direction: Direction) -> tuple[BoundaryPoint, ...]:
    """For n = 1 to `largest`, the count nearest to `limit` x n that a true rate of `limit` makes too unlikely.

    Too unlikely: if the rate were exactly `limit`, that many events or more (too few: or fewer) had a probability of
    at most `alpha`. The level holds at each look by itself, not over all looks together.
    Source: exact binomial test.

    Raises:
        ValueError: a rate or a probability that is not between 0 and 1.
    """
    import numpy as np
    from scipy.special import bdtr, bdtrc

    _between_0_and_1(limit=limit, alpha=alpha)
    n, count = np.ogrid[1 : largest + 1, 0 : largest + 1]
    if direction == "too few":
        stops = bdtr(np.minimum(count, n), n, limit) <= alpha + _ROUNDING
    else:
        stops = np.where(count == 0, 1.0, bdtrc(np.clip(count - 1, 0, n), n, limit)) <= alpha + _ROUNDING
    return _points(stops & (count <= n), direction)


def beta_binomial_boundary(
    prior: tuple[float, float], limit: float, certainty: float, largest: int, direction: Direction
) -> tuple[BoundaryPoint, ...]:
    """For n = 1 to `largest`, the count from which the rate is beyond `limit` with at least this `certainty`.

    The rate has the beta distribution `prior` (a, b) before the first patient, and (a + count, b + n - count) after n;
    beyond is above `limit` for "too many", below it for "too few".
    Source: Thall and Simon, Biometrics 1994;50:337, with a fixed limit as the standard.

    Raises:
        ValueError: a rate or a certainty that is not between 0 and 1, or a prior not above 0.
    """
    import numpy as np
    from scipy.special import betainc, betaincc

    _between_0_and_1(limit=limit, certainty=certainty)
    if not min(prior) > 0:
        raise ValueError(f"the numbers of a beta distribution lie above 0: {prior}")
    n, count = np.ogrid[1 : largest + 1, 0 : largest + 1]
    beyond = betaincc if direction == "too many" else betainc
    stops = beyond(prior[0] + count, prior[1] + np.maximum(n - count, 0), limit) >= certainty - _ROUNDING
    return _points(stops & (count <= n), direction)


def _points(stops: "NDArray[np.bool_]", direction: Direction) -> tuple[BoundaryPoint, ...]:
    """Of every row (n = 1, 2, …) the first, or for "too few" the last, count that stops."""
    rows = ((n, [count for count, stop in enumerate(row) if stop]) for n, row in enumerate(stops.tolist(), start=1))
    pick = 0 if direction == "too many" else -1
    return tuple(BoundaryPoint(n, counts[pick] if counts else None) for n, counts in rows)


def _between_0_and_1(**values: float) -> None:
    for name, value in values.items():
        if not 0 < value < 1:
            raise ValueError(f"the {name} lies between 0 and 1: {value}")
