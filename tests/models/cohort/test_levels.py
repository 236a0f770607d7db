from decimal import Decimal
from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.cohort.cohort import Cohort
from models.cohort.levels import PERCENTILES, as_point_table, as_table, quantile, standing
from models.cohort.who import Who
from models.figures.data import overview_content
from tests.models.cohort.people import count, person


@given(st.lists(st.floats(-6, 2), min_size=2, max_size=40))
def test_quantiles_are_those_of_the_standard_library(values: list[float]) -> None:
    found = [quantile(sorted(values), share / 4) for share in (1, 2, 3)]
    assert found == pytest.approx(quantiles(values, method="inclusive"))


def test_the_quantile_of_one_value_is_the_value() -> None:
    assert [quantile([3.0], share) for share in (0, 0.5, 1)] == [3, 3, 3]


def test_a_band_has_the_percentiles_of_the_levels_on_the_logarithmic_scale() -> None:
    people = [person(n).mrd(85, target, 100_000) for n, target in enumerate((10_000, 1_000, 100, 10, 1), start=1)]
    (band,) = count(people).curves.bands
    assert (band.visit, band.day, len(band.levels)) == ("D85", 85, 5)
    assert band.quartiles[1] == Decimal("0.1")
    assert band.percentiles[1] == Decimal("0.01")
    assert band.percentiles[3] == Decimal("1")


def test_not_detected_counts_at_its_own_sensitivity() -> None:
    (band,) = count([person().mrd(85, 0, 50_000)]).curves.bands
    assert (band.quartiles[1], band.levels[0][1].kind) == (Decimal("0.002"), "undetected")


def test_a_non_quantifiable_sample_stands_where_the_patients_own_curve_draws_it() -> None:
    one = person().mrd(85, 2, 40_000, limit="0.01", category="positive non-quantifiable")
    (band,) = count([one]).curves.bands
    (drawn,) = overview_content(one.chart()).points
    assert (band.quartiles[1], band.levels[0][1].kind) == (Decimal("0.01"), "non-quantifiable")
    assert band.quartiles[1] == drawn.drawn_percent


def test_the_day_of_a_band_is_the_middle_of_the_two_median_days() -> None:
    found = count([person(n).mrd(day, 40) for n, day in enumerate((82, 84, 87, 88), start=1)])
    assert as_table(found.curves).cell("D85", "day").values == (85.5,)


def test_a_level_of_nothing_has_no_place_on_a_logarithmic_scale() -> None:
    assert count([person().mrd(85, None, None, category="positive non-quantifiable", limit=0)]).curves.bands == ()


def test_a_sample_between_the_visits_is_drawn_and_in_no_band() -> None:
    curves = count([person().mrd(85, 40).mrd(100, 4000)]).curves
    assert [level.visit for level in curves.patients[0][1]] == ["D85", ""]
    assert len(curves.bands) == 1


def test_one_sample_a_patient_stands_in_a_band() -> None:
    (band,) = count([person().mrd(83, 40).mrd(87, 4000)]).curves.bands
    assert [level.percent for _, level in band.levels] == [Decimal(10)]


def test_the_percentile_is_the_share_of_patients_below() -> None:
    people = [person(n).mrd(85, target) for n, target in enumerate((4, 40, 40, 400), start=1)]
    found = count(people)
    assert [standing(found.curves, member.who)[0].percentile for member in found.members] == [12.5, 50, 50, 87.5]


def test_somebody_alone_stands_in_the_middle() -> None:
    found = count([person().mrd(85, 40)])
    (place,) = standing(found.curves, found.members[0].who)
    assert (place.visit, place.percentile, place.patients) == ("D85", 50, 1)


def test_a_stranger_stands_nowhere(counted: Cohort) -> None:
    assert standing(counted.curves, Who(0, "nobody")) == ()


def test_bands_follow_the_protocol_and_percentiles_rise(counted: Cohort) -> None:
    bands = counted.curves.bands
    assert [band.visit for band in bands][:6] == ["BL", "D22", "D45", "D57", "D85", "C1"]
    assert all(list(band.percentiles) == sorted(band.percentiles) for band in bands)
    assert len(bands[0].percentiles) == len(PERCENTILES)


def test_the_tables_hold_the_bands_and_every_point(counted: Cohort) -> None:
    assert len(as_table(counted.curves).rows) == len(counted.curves.bands)
    assert len(as_point_table(counted.curves).rows) == sum(len(levels) for _, levels in counted.curves.patients)


def test_a_cohort_of_nobody_has_no_band() -> None:
    assert count([]).curves.bands == ()
