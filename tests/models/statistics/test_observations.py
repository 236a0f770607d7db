import numpy as np
import pytest

from models.statistics.observations import Sample, count, just_before, known, log_log_limits, normal_quantile


def test_two_groups_are_counted_at_the_times_of_both() -> None:
    counts = count([Sample([2, 5, 5], [1, 0, 2]), Sample([3, 5], [0, 1])], causes=[1, 2])
    assert counts.times.tolist() == [2, 3, 5]
    assert counts.at_risk.tolist() == [[3, 2], [2, 2], [2, 1]]
    assert counts.left.tolist() == [[1, 0], [0, 1], [2, 1]]
    assert counts.events.tolist() == [[[1, 0], [0, 0], [0, 1]], [[0, 0], [0, 0], [1, 0]]]


def test_a_cause_that_is_not_asked_for_ends_the_observation() -> None:
    counts = count([Sample([2, 5], [3, 1])], causes=[1])
    assert counts.events.tolist() == [[[0], [1]]]
    assert counts.at_risk.tolist() == [[2], [1]]


def test_nobody_is_counted_at_no_time() -> None:
    counts = count([Sample([], [])], causes=[1])
    assert [part.shape for part in counts] == [(0,), (0, 1), (0, 1), (1, 0, 1)]


def test_the_number_just_before_a_time_is_that_of_the_next_one() -> None:
    assert [just_before(time, [2, 5], [7, 3]) for time in (0, 2, 3, 5, 6)] == [7, 7, 3, 3, 0]


def test_the_usual_level_reaches_1_96_standard_errors() -> None:
    assert normal_quantile(0.95) == pytest.approx(1.959963984540054)


def test_limits_on_the_log_log_scale_by_hand() -> None:
    # log(-log 0.88) is -2.057, its standard error 0.065 / 0.88 / 0.12783 = 0.5778.
    lower, upper = log_log_limits(np.array([0.88]), np.array([0.065 / 0.88]), 0.95)
    assert lower == pytest.approx(np.exp(-np.exp(-2.0567 + 1.96 * 0.5778)), abs=1e-4)
    assert upper == pytest.approx(np.exp(-np.exp(-2.0567 - 1.96 * 0.5778)), abs=1e-4)


def test_0_and_1_have_no_limits_on_that_scale() -> None:
    lower, upper = log_log_limits(np.array([0.0, 1.0]), np.array([np.nan, 0.0]), 0.95)
    assert known(lower) == known(upper) == [None, None]


def test_a_limit_too_small_to_be_written_is_0() -> None:
    lower, upper = log_log_limits(np.array([0.999]), np.array([0.5]), 0.95)
    assert (known(lower), known(upper)) == ([0.0], [1.0])
