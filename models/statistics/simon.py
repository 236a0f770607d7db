"""Simon's two-stage design for a response rate: stop early when too few respond."""

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ROUNDING = 1e-12  # what floating point may make of a probability that is exactly the one asked for

Kind = Literal["optimal", "minimax"]


class Design(NamedTuple):
    """Treat `n1`; stop if `r1` or fewer respond, else go on to `n`; not worth pursuing if `r` or fewer of all do."""

    r1: int
    n1: int
    r: int
    n: int
    expected_n: float
    """Patients to be treated on average if the rate is p0."""
    pet: float
    """The probability of stopping early if the rate is p0."""
    alpha: float
    """The probability of calling it worth pursuing if the rate is p0: not above the one asked for."""
    power: float
    """The same if the rate is p1: not below 1 - beta."""


class _Stage(NamedTuple):
    """What the first stage can be with n1 patients, whatever comes after."""

    n1: int
    r1: int
    """The highest count that may stop it without missing a rate of p1 more often than allowed."""
    pet: float
    """The probability of stopping early at that count if the rate is p0: it cannot be higher."""

    def least_expected(self, n: int) -> float:
        """No design of n patients with this first stage expects fewer."""
        return self.n1 + (1 - self.pet) * (n - self.n1)


def simon_two_stage(p0: float, p1: float, alpha: float, beta: float, kind: Kind) -> Design:
    """The design for telling a response rate of `p0`, too low, from one of `p1`, worth pursuing.

    `alpha` and `beta` are the greatest probabilities of either error. "optimal" has the smallest expected number of
    patients under p0; "minimax" the smallest number in all, and of those the smallest expected one. Every design is
    looked at until no larger one can be better.
    Source: Simon, Controlled Clinical Trials 1989;10:1.

    Raises:
        ValueError: the rates do not rise from p0 to p1 between 0 and 1, or an error is not between 0 and 0.5.
    """
    if not (0 < p0 < p1 < 1 and 0 < alpha < 0.5 and 0 < beta < 0.5):
        raise ValueError(f"no design for rates {p0} and {p1} with errors {alpha} and {beta}")
    best: Design | None = None
    stages: list[_Stage] = []
    n = 1
    while best is None or (kind == "optimal" and _could_be_better(stages, n + 1, best.expected_n)):
        stages += _stages(n, p0, p1, beta)
        n += 1
        for stage in stages if _enough(n, p0, p1, alpha, beta) else ():
            bound = math.inf if best is None else best.expected_n
            if stage.least_expected(n) < bound:
                design = _best_with(stage, n, p0, p1, alpha, beta)
                if design is not None and design.expected_n < bound:
                    best = design
    return best


def _enough(n: int, p0: float, p1: float, alpha: float, beta: float) -> bool:
    """Whether `n` patients can tell the rates apart at all: no test of two stages does better than the best of one.

    That best one (Neyman and Pearson) decides by chance at the critical count, so as to have just the power needed.
    """
    import numpy as np
    from scipy.special import bdtrc

    count = np.arange(-1, n + 1)
    more0, more1 = (np.where(count < 0, 1.0, bdtrc(np.maximum(count, 0), n, rate)) for rate in (p0, p1))
    return bool(np.interp(1 - beta, more1[::-1], more0[::-1]) <= alpha + _ROUNDING)


def _stages(n1: int, p0: float, p1: float, beta: float) -> list[_Stage]:
    """The first stage of `n1` patients, if one of that size can stop at all."""
    import numpy as np
    from scipy.special import bdtr

    r1 = int(np.count_nonzero(bdtr(np.arange(n1 + 1), n1, p1) <= beta + _ROUNDING)) - 1
    return [_Stage(n1, r1, float(bdtr(r1, n1, p0)))] if r1 >= 0 else []


def _could_be_better(stages: list[_Stage], n: int, expected_n: float) -> bool:
    """Whether a design of `n` patients or more could expect fewer than `expected_n`."""
    # A first stage longer than those known expects at least its own length.
    return n - 1 < expected_n or any(stage.least_expected(n) < expected_n for stage in stages)


def _best_with(stage: _Stage, n: int, p0: float, p1: float, alpha: float, beta: float) -> Design | None:
    """The design of `n` patients with `stage.n1` in the first stage that stops early most often, if any is good enough.

    Where several r are, the lowest.
    """
    import numpy as np
    from scipy.special import bdtr

    passes0, passes1 = (_passes(stage, n, rate) for rate in (p0, p1))
    good = (passes0 <= alpha + _ROUNDING) & (passes1 >= 1 - beta - _ROUNDING)
    if not good.any():
        return None
    r1 = int(np.flatnonzero(good.any(axis=0))[-1])
    r = int(np.flatnonzero(good[:, r1])[0])
    pet = float(bdtr(r1, stage.n1, p0))
    expected_n = stage.n1 + (1 - pet) * (n - stage.n1)
    return Design(r1, stage.n1, r, n, expected_n, pet, float(passes0[r, r1]), float(passes1[r, r1]))


def _passes(stage: _Stage, n: int, rate: float) -> "NDArray[np.float64]":
    """The probability of more than r1 responses in the first stage and more than r in all: r = 0 to n by r1."""
    import numpy as np
    from scipy.special import bdtr, bdtrc

    n1, n2 = stage.n1, n - stage.n1
    exactly = np.diff(bdtr(np.arange(n1 + 1), n1, rate), prepend=0.0)  # 0 to n1 responses in the first stage
    more = np.concatenate([np.ones(n1), bdtrc(np.arange(n2), n2, rate), np.zeros(n - n2 + 1)])  # than -n1 to n
    missing = np.arange(n + 1)[:, np.newaxis] - np.arange(n1 + 1)  # r less the first responses
    both = exactly * more[missing + n1]
    past = np.cumsum(both[:, ::-1], axis=1)[:, ::-1]  # at least so many in the first stage
    return past[:, 1 : stage.r1 + 2]
