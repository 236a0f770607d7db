from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.statistics import comparison
from models.statistics.gray import gray
from models.statistics.survival import logrank
from tests.models.statistics.data_sets import Row, causes, grouped, printed, rows

PATIENTS = st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=40)
Sample = tuple[list[float], list[int]]


def test_bone_marrow_transplants_by_disease() -> None:
    # Printed by cmprsk::cuminc in many courses on these data, the first by their authors.
    found = gray({disease: causes(data) for disease, data in grouped(rows("bmtcrr")).items()})
    assert printed(found[1].statistic, "2.8623325") == "2.8623325"
    assert printed(found[1].p, "0.09067592") == "0.09067592"
    assert printed(found[2].statistic, "0.4481279") == "0.4481279"
    assert printed(found[2].p, "0.50322531") == "0.50322531"
    assert (found[1].df, found[2].df) == (1, 1)


@pytest.mark.parametrize(
    ("groups", "statistics"), [("abc", ["3.393977", "1.989511"]), ("ac", ["3.5151549", "0.1400145"])]
)
def test_the_example_of_cmprsk(monkeypatch: pytest.MonkeyPatch, groups: str, statistics: list[str]) -> None:
    """The example is stratified: the differences and variances of the strata are added up before they are compared."""
    taken: list[tuple[Any, Any]] = []

    def take(counts: Any, difference: Any, variance: Any) -> comparison.Test:
        taken.append((difference, variance))
        return comparison.compare(counts, difference, variance)

    monkeypatch.setattr("models.statistics.gray.compare", take)
    strata = grouped([row for row in rows("cmprsk") if row["group"] in groups], "stratum")
    for stratum in strata.values():
        gray({group: causes(data) for group, data in grouped(stratum).items()})
    for cause, statistic in enumerate(statistics):
        difference = sum(part[0] for part in taken[cause::2])[1:]
        variance = sum(part[1] for part in taken[cause::2])[1:, 1:]
        assert printed(float(difference @ np.linalg.solve(variance, difference)), statistic) == statistic


def swapped(data: list[Row]) -> Sample:
    times, happened = causes(data)
    return times, [{1: 2, 2: 1}.get(cause, cause) for cause in happened]


def test_the_number_of_a_cause_does_not_matter() -> None:
    groups = grouped(rows("bmtcrr"))
    found = gray({disease: causes(data) for disease, data in groups.items()})
    other = gray({disease: swapped(data) for disease, data in groups.items()})
    assert (other[2].statistic, other[1].statistic) == (found[1].statistic, found[2].statistic)


@given(PATIENTS, PATIENTS)
def test_without_competing_events_it_expects_what_log_rank_expects(
    one: list[tuple[int, bool]], two: list[tuple[int, bool]]
) -> None:
    groups = {
        name: ([float(time) for time, _ in patients], [event for _, event in patients])
        for name, patients in (("one", one), ("two", two))
    }
    found = gray({name: (times, [int(event) for event in events]) for name, (times, events) in groups.items()})
    expected = logrank(groups)
    for test in found.values():
        for name, counts in test.groups.items():
            assert counts[:2] == expected.groups[name][:2]
            assert counts.expected == pytest.approx(expected.groups[name].expected)


def test_a_group_with_no_events_counts_among_those_expected_to_have_some() -> None:
    found = gray({"some": ([1, 2, 3], [1, 2, 1]), "none": ([4, 5, 6], [0, 0, 0])})
    assert found[1].groups["none"].observed == 0
    assert found[1].groups["none"].expected > 0
    assert found[1].statistic is not None


def test_identical_groups_do_not_differ() -> None:
    group = ([1.0, 2.0, 3.0, 3.0, 4.0], [1, 2, 1, 0, 2])
    found = gray({"one": group, "two": group})
    assert [found[cause].statistic for cause in (1, 2)] == pytest.approx([0, 0], abs=1e-12)


def test_events_at_day_0_and_ties_are_counted() -> None:
    found = gray({"one": ([0, 0, 5, 5], [1, 1, 2, 0]), "two": ([0, 5, 5, 5], [2, 1, 1, 0])})
    assert [found[1].groups[name].observed for name in ("one", "two")] == [2, 2]
    assert found[1].statistic is not None


def test_all_censored_leave_nothing_to_test() -> None:
    assert gray({"one": ([1, 2], [0, 0]), "two": ([3], [0])}) == {}


@pytest.mark.parametrize(
    "groups",
    [{"one": ([1.0, 2.0], [1, 2])}, {"one": ([1.0], [1]), "nobody": ([], [])}],
    ids=["one group", "nobody in the other"],
)
def test_one_group_alone_has_no_statistic(groups: dict[str, Sample]) -> None:
    assert gray(groups)[1].statistic is None


def test_no_group_leaves_nothing_to_test() -> None:
    assert gray({}) == {}
