from random import Random

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from models.statistics.survival import Estimate, Landmark, kaplan_meier, logrank, reverse_kaplan_meier

NOTHING = Estimate(None, None, None)
PATIENTS = st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=40)


def apart(patients: list[tuple[int, bool]]) -> tuple[list[float], list[bool]]:
    return [float(time) for time, _ in patients], [event for _, event in patients]


def test_no_patient_gives_no_curve() -> None:
    curve = kaplan_meier([], [])
    assert (curve.steps, curve.total, curve.events, curve.median) == ((), 0, 0, NOTHING)
    assert curve.at(12) == Landmark(12, 0, None, None, None)


def test_one_patient_with_the_event_takes_the_curve_to_0() -> None:
    curve = kaplan_meier([5], [True])
    assert curve.steps == ((5.0, 1, 1, 0, 0.0, None, None, None),)
    assert curve.median == Estimate(5.0, None, None)


def test_one_patient_without_the_event_leaves_the_curve_at_1() -> None:
    curve = kaplan_meier([5], [False])
    assert curve.steps == ((5.0, 1, 0, 1, 1.0, 0.0, None, None),)
    assert curve.median == NOTHING


def test_all_censored_has_no_median_and_no_limits() -> None:
    curve = kaplan_meier([3, 4, 4], [False, False, False])
    assert [(step.time, step.at_risk, step.censored, step.survival) for step in curve.steps] == [
        (3, 3, 1, 1.0),
        (4, 2, 2, 1.0),
    ]
    assert curve.median == NOTHING
    assert curve.at(4) == Landmark(4, 2, 1.0, None, None)


def test_none_censored_is_the_share_that_is_left() -> None:
    curve = kaplan_meier([1, 2, 3, 4, 5], [True] * 5)
    assert [step.survival for step in curve.steps] == pytest.approx([0.8, 0.6, 0.4, 0.2, 0.0])
    assert [step.std_err for step in curve.steps[:2]] == pytest.approx([(0.8 * 0.2 / 5) ** 0.5, (0.6 * 0.4 / 5) ** 0.5])


def test_ties_make_one_step() -> None:
    (step, last) = kaplan_meier([7, 7, 7, 9], [True, True, False, False]).steps
    assert (step.time, step.at_risk, step.events, step.censored, step.survival) == (7, 4, 2, 1, 0.5)
    assert (last.at_risk, last.survival) == (1, 0.5)


def test_censored_at_the_time_of_an_event_was_at_risk_of_it() -> None:
    assert kaplan_meier([7, 7], [True, False]).at(7).survival == 0.5


def test_an_event_at_day_0_is_a_step_at_0() -> None:
    curve = kaplan_meier([0, 10, 10, 10], [True, False, False, False])
    assert curve.at(0) == curve.at(10)._replace(time=0, at_risk=4)
    assert curve.at(0).survival == 0.75


def test_the_number_at_risk_is_the_one_just_before_the_time() -> None:
    curve = kaplan_meier([3, 5, 5, 8], [True, True, False, True])
    assert [curve.at_risk(time) for time in (0, 3, 3.1, 5, 5.1, 8, 8.1)] == [4, 4, 3, 3, 1, 1, 0]


def test_before_the_first_step_everybody_is_there() -> None:
    assert kaplan_meier([3, 5], [True, False]).at(2) == Landmark(2, 2, 1.0, None, None)


def test_after_the_longest_observation_the_curve_says_nothing() -> None:
    assert kaplan_meier([3, 5], [True, False]).at(5.1) == Landmark(5.1, 0, None, None, None)


def test_a_curve_that_came_down_to_0_stays_there() -> None:
    assert kaplan_meier([3, 5], [True, True]).at(99) == Landmark(99, 0, 0.0, None, None)


def test_a_lower_level_gives_narrower_limits() -> None:
    times, events = [1, 2, 3, 4, 5, 6], [True, False, True, False, True, False]
    wide, narrow = (kaplan_meier(times, events, level).at(3) for level in (0.95, 0.8))
    assert (wide.survival, wide.at_risk) == (narrow.survival, narrow.at_risk)
    assert wide.lower is not None
    assert narrow.lower is not None
    assert wide.lower < narrow.lower


def test_the_median_follow_up_is_of_the_censored() -> None:
    # Those who are censored leave the curve at 10 and 30; the two who die at 5 and 20 are only taken out.
    curve = reverse_kaplan_meier([5, 10, 20, 30], [True, False, True, False])
    assert [(step.time, step.events, step.survival) for step in curve.steps] == [
        (5, 0, 1.0),
        (10, 1, pytest.approx(2 / 3)),
        (20, 0, pytest.approx(2 / 3)),
        (30, 1, 0.0),
    ]
    assert curve.median.value == 30


@pytest.mark.parametrize("times", [[-1.0], [float("nan")], [float("inf")]])
def test_an_impossible_time_is_refused(times: list[float]) -> None:
    with pytest.raises(ValueError, match="negative, infinite or not a number"):
        kaplan_meier(times, [True])


def test_times_without_events_are_refused() -> None:
    with pytest.raises(ValueError, match="2 times, but 1"):
        kaplan_meier([1, 2], [True])


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_that_is_no_probability_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        kaplan_meier([1], [True], level)


@given(PATIENTS)
def test_a_curve_agrees_with_scipy(patients: list[tuple[int, bool]]) -> None:
    times, events = apart(patients)
    curve = kaplan_meier(times, events)
    data = scipy.stats.CensoredData.right_censored(times, np.logical_not(events))
    expected = scipy.stats.ecdf(data).sf
    assert [step.time for step in curve.steps] == expected.quantiles.tolist()
    assert [step.survival for step in curve.steps] == pytest.approx(expected.probabilities.tolist())


@given(PATIENTS)
def test_a_curve_falls_and_its_limits_hold_it(patients: list[tuple[int, bool]]) -> None:
    curve = kaplan_meier(*apart(patients))
    survival = [1.0, *(step.survival for step in curve.steps)]
    assert survival == sorted(survival, reverse=True)
    for step in curve.steps:
        assert step.at_risk >= step.events + step.censored > 0
        if step.lower is not None and step.upper is not None:
            assert 0 <= step.lower < step.survival < step.upper <= 1


@given(PATIENTS, st.randoms())
def test_the_order_of_the_patients_does_not_matter(patients: list[tuple[int, bool]], random: Random) -> None:
    shuffled = patients[:]
    random.shuffle(shuffled)
    assert kaplan_meier(*apart(shuffled)) == kaplan_meier(*apart(patients))


@given(PATIENTS, PATIENTS)
def test_log_rank_of_two_groups_agrees_with_scipy(one: list[tuple[int, bool]], two: list[tuple[int, bool]]) -> None:
    found = logrank({"one": apart(one), "two": apart(two)})
    if found.statistic is None:
        return
    samples = (
        scipy.stats.CensoredData.right_censored(times, np.logical_not(events))
        for times, events in map(apart, (one, two))
    )
    expected = scipy.stats.logrank(*samples)
    assert found.statistic == pytest.approx(expected.statistic**2, abs=1e-9)
    assert found.p == pytest.approx(expected.pvalue, abs=1e-9)


@given(PATIENTS, PATIENTS, PATIENTS)
def test_log_rank_expects_as_many_events_as_there_are(
    one: list[tuple[int, bool]], two: list[tuple[int, bool]], three: list[tuple[int, bool]]
) -> None:
    found = logrank({"one": apart(one), "two": apart(two), "three": apart(three)})
    assert sum(group.expected for group in found.groups.values()) == pytest.approx(
        sum(group.observed for group in found.groups.values())
    )


def test_log_rank_with_a_group_without_events() -> None:
    found = logrank({"some": ([1, 2, 3], [True, True, True]), "none": ([4, 5, 6], [False, False, False])})
    assert found.groups["none"].observed == 0
    assert found.groups["none"].expected == pytest.approx(3 / 6 + 3 / 5 + 3 / 4)
    # Of the 3, 2 and 1 in "some" among 6, 5 and 4 at risk: observed 3, expected 1/2 + 2/5 + 1/4.
    assert found.statistic == pytest.approx(1.85**2 / (1 / 4 + 6 / 25 + 3 / 16))
    assert found.df == 1


@pytest.mark.parametrize(
    "groups",
    [
        {},
        {"one": ([1.0, 2.0], [True, False])},
        {"one": ([1.0], [True]), "nobody": ([], [])},
        {"one": ([1.0, 2.0], [False, False]), "two": ([3.0], [False])},
        {"early": ([1.0], [True]), "censored": ([0.5], [False])},
    ],
    ids=["no group", "one group", "nobody in the other", "no events", "never at risk together"],
)
def test_log_rank_of_what_cannot_be_compared_has_no_statistic(
    groups: dict[str, tuple[list[float], list[bool]]],
) -> None:
    found = logrank(groups)
    assert (found.statistic, found.p) == (None, None)
    assert set(found.groups) == set(groups)
