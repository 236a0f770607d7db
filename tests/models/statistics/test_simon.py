import itertools
import math
from collections.abc import Iterator

import numpy as np
import pytest
from scipy.stats import binom

from models.statistics.simon import Design, Kind, simon_two_stage

ERRORS = [(0.10, 0.10), (0.05, 0.20), (0.05, 0.10)]
# Simon, Controlled Clinical Trials 1989;10:1, table 1 (a difference of 0.20): by (alpha, beta) in the order of ERRORS,
# r1/n1 r/n and the expected number, of the optimal and of the minimax design. Each was confirmed by a search through
# every design of up to 90 patients (`expected_of_all` below).
TABLE = {
    (0.05, 0.25): "0/9 2/24 14.5|0/13 2/20 16.4; 0/9 2/17 12.0|0/12 2/16 13.8; 0/9 3/30 16.8|0/15 3/25 20.4",
    (0.10, 0.30): "1/12 5/35 19.8|1/16 4/25 20.4; 1/10 5/29 15.0|1/15 5/25 19.5; 2/18 6/35 22.5|2/22 6/33 26.2",
    (0.20, 0.40): "3/17 10/37 26.0|3/19 10/36 28.3; 3/13 12/43 20.6|4/18 10/33 22.3; 4/19 15/54 30.4|5/24 13/45 31.2",
    (0.30, 0.50): "7/22 17/46 29.9|7/28 15/39 35.0; 5/15 18/46 23.6|6/19 16/39 25.7; 8/24 24/63 34.7|7/24 21/53 36.6",
    (
        0.40,
        0.60,
    ): "7/18 22/46 30.2|11/28 20/41 33.8; 7/16 23/46 24.5|17/34 20/39 34.4; 11/25 32/66 36.0|12/29 27/54 38.1",
    (
        0.50,
        0.70,
    ): "11/21 26/45 29.0|11/23 23/39 31.0; 8/15 26/43 23.5|12/23 23/37 27.7; 13/24 36/61 34.0|14/27 32/53 36.1",
    (
        0.60,
        0.80,
    ): "6/11 26/38 25.4|18/27 24/35 28.5; 7/11 30/43 20.5|8/13 25/35 20.8; 12/19 37/53 29.5|15/26 32/45 35.9",
}
KINDS: tuple[Kind, ...] = ("optimal", "minimax")
CASES = [
    (p0, p1, alpha, beta, kind, design)
    for (p0, p1), line in TABLE.items()
    for (alpha, beta), cell in zip(ERRORS, line.split("; "), strict=True)
    for kind, design in zip(KINDS, cell.split("|"), strict=True)
]


@pytest.mark.parametrize(("p0", "p1", "alpha", "beta", "kind", "published"), CASES)
def test_the_published_designs(p0: float, p1: float, alpha: float, beta: float, kind: Kind, published: str) -> None:
    found = simon_two_stage(p0, p1, alpha, beta, kind)
    assert f"{found.r1}/{found.n1} {found.r}/{found.n} {found.expected_n:.1f}" == published


@pytest.mark.parametrize(
    ("p0", "p1", "alpha", "beta", "kind", "published"),
    [
        (0.05, 0.25, 0.10, 0.10, "optimal", "0.63"),
        (0.05, 0.25, 0.10, 0.10, "minimax", "0.51"),
        (0.10, 0.30, 0.05, 0.20, "optimal", "0.74"),
        (0.20, 0.40, 0.05, 0.20, "optimal", "0.75"),
        (0.40, 0.60, 0.05, 0.20, "minimax", "0.91"),
    ],
)
def test_the_published_probability_of_stopping_early(
    p0: float, p1: float, alpha: float, beta: float, kind: Kind, published: str
) -> None:
    assert f"{simon_two_stage(p0, p1, alpha, beta, kind).pet:.2f}" == published


@pytest.mark.parametrize(
    ("rates", "kind", "printed"),
    [
        ((0.20, 0.40, 0.10, 0.10), "minimax", "3 19 10 36 28.26 0.4551"),
        ((0.20, 0.40, 0.10, 0.10), "optimal", "3 17 10 37 26.02 0.5489"),
        ((0.20, 0.35, 0.05, 0.05), "minimax", "15 68 25 95 75.44 0.7244"),
        ((0.20, 0.35, 0.05, 0.05), "optimal", "11 50 28 109 67.07 0.7107"),
        ((0.20, 0.40, 0.05, 0.20), "minimax", "4 18 10 33 22.25 0.7164"),
        ((0.20, 0.40, 0.05, 0.20), "optimal", "3 13 12 43 20.58 0.7473"),
    ],
)
def test_the_designs_that_the_manual_of_clinfun_prints(
    rates: tuple[float, float, float, float], kind: Kind, printed: str
) -> None:
    """R's package clinfun, manual page of ph2simon, examples; the last two as in the manual of R's package SeqSGPV."""
    found = simon_two_stage(*rates, kind)
    assert f"{found.r1} {found.n1} {found.r} {found.n} {found.expected_n:.2f} {found.pet:.4f}" == printed


@pytest.mark.parametrize(
    ("p0", "p1", "alpha", "beta"), [(0.1, 0.4, 0.10, 0.10), (0.3, 0.6, 0.10, 0.10), (0.6, 0.9, 0.05, 0.20)]
)
def test_no_design_of_all_there_are_is_better(p0: float, p1: float, alpha: float, beta: float) -> None:
    """An independent search without the shortcuts of ours: every design of up to forty patients is tried."""
    minimax, optimal = simon_two_stage(p0, p1, alpha, beta, "minimax"), simon_two_stage(p0, p1, alpha, beta, "optimal")
    held = [(n, expected) for n in range(2, 41) for expected in expected_of_all(n, p0, p1, alpha, beta)]
    assert min(held) == pytest.approx((minimax.n, minimax.expected_n))
    assert min(expected for _, expected in held) == pytest.approx(optimal.expected_n)


def expected_of_all(n: int, p0: float, p1: float, alpha: float, beta: float) -> Iterator[float]:
    """The expected number of patients of each design of `n` that keeps both errors, from the binomial alone."""
    for n1 in range(1, n):
        first = [binom.pmf(np.arange(n1 + 1), n1, rate) for rate in (p0, p1)]
        second = [binom.pmf(np.arange(n - n1 + 1), n - n1, rate) for rate in (p0, p1)]
        for r1 in range(n1):
            going_on = np.arange(n1 + 1) > r1
            above = [
                1 - np.cumsum(np.convolve(a * going_on, b)) - float(a[~going_on].sum())
                for a, b in zip(first, second, strict=True)
            ]
            if np.any((above[0] <= alpha) & (above[1] >= 1 - beta)):
                yield n1 + float(first[0][going_on].sum()) * (n - n1)


def passing(design: Design, rate: float) -> float:
    """The probability of passing both stages, added up outcome by outcome."""
    second = design.n - design.n1
    return math.fsum(
        binom.pmf(first, design.n1, rate) * binom.pmf(more, second, rate)
        for first, more in itertools.product(range(design.r1 + 1, design.n1 + 1), range(second + 1))
        if first + more > design.r
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_design_states_the_errors_it_has(kind: Kind) -> None:
    found = simon_two_stage(0.2, 0.4, 0.05, 0.2, kind)
    assert found.alpha == pytest.approx(passing(found, 0.2))
    assert found.power == pytest.approx(passing(found, 0.4))
    assert found.pet == pytest.approx(binom.cdf(found.r1, found.n1, 0.2))
    assert found.expected_n == pytest.approx(found.n1 + (1 - found.pet) * (found.n - found.n1))


@pytest.mark.parametrize(
    ("p0", "p1", "alpha", "beta"),
    [(0.4, 0.2, 0.05, 0.2), (0.2, 0.2, 0.05, 0.2), (0, 0.2, 0.05, 0.2), (0.2, 1, 0.05, 0.2), (0.2, 0.4, 0.05, 0.8)],
)
def test_rates_and_errors_that_allow_no_design_are_refused(p0: float, p1: float, alpha: float, beta: float) -> None:
    with pytest.raises(ValueError, match="no design for rates"):
        simon_two_stage(p0, p1, alpha, beta, "optimal")
