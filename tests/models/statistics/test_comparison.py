import numpy as np
import pytest
from scipy.stats import chi2

from models.statistics.comparison import GroupCounts, compare

COUNTS = {"a": GroupCounts(10, 6, 4.0), "b": GroupCounts(10, 2, 4.0)}


def test_two_groups_are_the_square_of_a_normal() -> None:
    found = compare(COUNTS, np.array([2.0, -2.0]), np.array([[1.5, -1.5], [-1.5, 1.5]]))
    assert found.statistic == pytest.approx(2**2 / 1.5)
    assert found.p == pytest.approx(chi2.sf(2**2 / 1.5, 1))
    assert (found.df, found.groups) == (1, COUNTS)


def test_a_group_that_could_not_have_an_event_is_left_out() -> None:
    difference, variance = np.array([0.0, 2.0, -2.0]), np.zeros((3, 3))
    variance[1:, 1:] = [[1.5, -1.5], [-1.5, 1.5]]
    found = compare({"never": GroupCounts(3, 0, 0.0), **COUNTS}, difference, variance)
    assert found.statistic == pytest.approx(2**2 / 1.5)
    assert found.df == 1


def test_without_a_variance_there_is_no_statistic() -> None:
    found = compare(COUNTS, np.array([2.0, -2.0]), np.zeros((2, 2)))
    assert (found.statistic, found.p) == (None, None)


def test_no_difference_at_all_has_a_probability_of_one() -> None:
    # What rounding leaves of nothing may lie below 0.
    found = compare(COUNTS, np.array([0.0, -0.0]), np.array([[1.5, -1.5], [-1.5, 1.5]]))
    assert (found.statistic, found.p) == (0.0, 1.0)
