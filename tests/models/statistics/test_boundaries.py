from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, binom

from models.statistics.boundaries import BoundaryPoint, Direction, beta_binomial_boundary, binomial_boundary

LARGEST = 12


def counts(boundary: tuple[BoundaryPoint, ...]) -> list[int | None]:
    return [point.events for point in boundary]


def test_too_many_by_hand() -> None:
    # 0.3, 0.09 and 0.027: three of three are the first too many; of four, 0.3 ** 4 but not 4 * 0.3 ** 3 * 0.7 more.
    assert counts(binomial_boundary(0.3, 0.05, 4, "too many")) == [None, None, 3, 4]


def test_too_few_by_hand() -> None:
    # None of eight has 0.7 ** 8 = 0.058, none of nine 0.040.
    assert counts(binomial_boundary(0.3, 0.05, 9, "too few")) == [None] * 8 + [0]


def test_a_probability_that_is_exactly_alpha_stops() -> None:
    assert counts(binomial_boundary(0.2, 0.04, 2, "too many")) == [None, 2]
    assert counts(binomial_boundary(0.5, 0.125, 3, "too few")) == [None, None, 0]


def test_a_flat_prior_and_two_of_two_by_hand() -> None:
    # Beta(3, 1): the rate is above 0.3 with probability 1 - 0.3 ** 3 = 0.973; Beta(2, 1) after one of one: 0.91.
    assert counts(beta_binomial_boundary((1, 1), 0.3, 0.95, 2, "too many")) == [None, 2]


def test_a_flat_prior_and_no_response_by_hand() -> None:
    # Beta(1, n + 1): the rate is below 0.3 with probability 1 - 0.7 ** (n + 1), 0.942 for n = 7 and 0.960 for 8.
    assert counts(beta_binomial_boundary((1, 1), 0.3, 0.95, 8, "too few")) == [None] * 7 + [0]


@given(st.floats(0.02, 0.98), st.floats(0.01, 0.3), st.sampled_from(["too many", "too few"]))
def test_the_binomial_boundary_is_the_first_count_too_unlikely(
    limit: float, alpha: float, direction: Direction
) -> None:
    for n, events in binomial_boundary(limit, alpha, LARGEST, direction):
        count = np.arange(n + 1)
        tail = binom.sf(count - 1, n, limit) if direction == "too many" else binom.cdf(count, n, limit)
        assert events == first(tail <= alpha, direction)


@given(st.floats(0.5, 5), st.floats(0.5, 5), st.floats(0.05, 0.95), st.sampled_from(["too many", "too few"]))
def test_the_beta_binomial_boundary_is_the_first_count_that_is_certain_enough(
    a: float, b: float, limit: float, direction: Direction
) -> None:
    for n, events in beta_binomial_boundary((a, b), limit, 0.9, LARGEST, direction):
        count = np.arange(n + 1)
        beyond = beta.sf if direction == "too many" else beta.cdf
        assert events == first(beyond(limit, a + count, b + n - count) >= 0.9, direction)


def first(stops: Any, direction: Direction) -> int | None:
    found = np.flatnonzero(stops)
    return int(found[0 if direction == "too many" else -1]) if len(found) else None


def test_there_is_a_point_for_every_number_of_patients() -> None:
    assert [point.n for point in binomial_boundary(0.3, 0.05, 63, "too many")] == list(range(1, 64))


@pytest.mark.parametrize(("limit", "alpha"), [(0, 0.05), (1, 0.05), (0.3, 0), (0.3, 1)])
def test_a_rate_or_a_level_that_is_no_probability_is_refused(limit: float, alpha: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        binomial_boundary(limit, alpha, 10, "too many")


def test_a_prior_that_is_no_distribution_is_refused() -> None:
    with pytest.raises(ValueError, match="lie above 0"):
        beta_binomial_boundary((0, 1), 0.3, 0.95, 10, "too many")
