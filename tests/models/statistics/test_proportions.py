import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest
from statsmodels.stats.proportion import proportion_confint

from models.statistics.proportions import Proportion, clopper_pearson


@pytest.mark.parametrize(
    ("events", "total", "percent"),
    [
        (0, 10, "0.00 30.85"),
        (1, 10, "0.25 44.50"),
        (2, 10, "2.52 55.61"),
        (3, 10, "6.67 65.25"),
        (4, 10, "12.16 73.76"),
        (5, 10, "18.71 81.29"),
        (10, 10, "69.15 100.00"),
        (0, 20, "0.00 16.84"),
        (1, 20, "0.13 24.87"),
        (3, 20, "3.21 37.89"),
        (10, 100, "4.90 17.62"),
    ],
)
def test_the_limits_of_the_printed_tables(events: int, total: int, percent: str) -> None:
    """Worked out by two independent programs: scipy's binomtest and statsmodels' proportion_confint agree on each."""
    found = clopper_pearson(events, total)
    assert found.lower is not None
    assert found.upper is not None
    assert f"{100 * found.lower:.2f} {100 * found.upper:.2f}" == percent


@pytest.mark.parametrize(
    ("events", "total", "level", "printed"),
    [
        (4, 20, 0.95, "0.057334 0.436614"),
        (9, 24, 0.95, "0.1879929 0.5940636"),
        (1, 1497, 0.90, "3.426347e-05 3.164954e-03"),
        (5, 100_000, 0.90, "1.97017e-05 1.051275e-04"),
    ],
)
def test_the_limits_that_programs_of_r_print(events: int, total: int, level: float, printed: str) -> None:
    """4 of 20: manual of exactci, R's package BayesianHybridDesign. 5 of 100,000: manual of clopper.pearson.ci, R's
    package GenBinomApps. 9 of 24 and 1 of 1497: outputs of R's binom.test in tutorials.
    """
    found = clopper_pearson(events, total, level)
    for limit, one in zip(found[3:], printed.split(), strict=True):
        digits = len(one.partition("e")[0].lstrip("0.").replace(".", ""))
        assert limit == pytest.approx(float(one), rel=0.5 * 10 ** (1 - digits))


def test_mendels_plants_as_in_the_manual_of_r() -> None:
    """R's manual page of binom.test: 682 giant plants among 925 (Conover 1971)."""
    found = clopper_pearson(682, 925)
    assert [f"{value:.7f}" for value in found[2:] if value is not None] == ["0.7372973", "0.7076683", "0.7654066"]


def test_nobody_to_count_has_no_proportion() -> None:
    assert clopper_pearson(0, 0) == Proportion(0, 0, None, None, None)


@given(st.integers(1, 200).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_the_limits_agree_with_scipy_at_any_level(counts: tuple[int, int]) -> None:
    for level in (0.8, 0.95, 0.99):
        expected = binomtest(*counts).proportion_ci(level, "exact")
        assert clopper_pearson(*counts, level)[3:] == pytest.approx((expected.low, expected.high))


@given(st.integers(1, 200).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_the_limits_agree_with_statsmodels(counts: tuple[int, int]) -> None:
    assert clopper_pearson(*counts)[3:] == pytest.approx(proportion_confint(*counts, alpha=0.05, method="beta"))


@given(st.integers(2, 100).flatmap(lambda total: st.tuples(st.integers(1, total - 1), st.just(total))))
def test_a_count_as_extreme_has_half_the_error_at_each_limit(counts: tuple[int, int]) -> None:
    events, total, _, lower, upper = clopper_pearson(*counts)
    assert binom.sf(events - 1, total, lower) == pytest.approx(0.025)
    assert binom.cdf(events, total, upper) == pytest.approx(0.025)


@pytest.mark.parametrize(("events", "total"), [(-1, 3), (4, 3), (0, -1)])
def test_an_impossible_count_is_refused(events: int, total: int) -> None:
    with pytest.raises(ValueError, match="is no proportion"):
        clopper_pearson(events, total)


def test_a_level_in_percent_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        clopper_pearson(1, 3, 95)
