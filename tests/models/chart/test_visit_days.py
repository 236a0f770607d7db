"""Which visit a day belongs to, and which visits it fits."""

import pytest

from models.chart.visit_days import fits_visit, visit_of_day
from models.domain.partial_dates import PartialDate
from tests.builders import PatientBuilder, a_patient


def treated() -> PatientBuilder:
    """Study day 1 is 9 January: day 22's window runs from 27 January to 2 February, day 45's from 19 to 25 February."""
    return a_patient().phase("induction", 1)


def fits(builder: PatientBuilder, code: str, year: int, month: int = 0, day: int = 0) -> bool:
    return fits_visit(builder.chart().visits, code, PartialDate(year, month, day))[0]


@pytest.mark.parametrize("day", [(2026, 1, 27), (2026, 2, 2), (2026, 1), (2026,)])
def test_a_day_that_may_lie_in_the_window_fits(day: tuple[int, ...]) -> None:
    assert fits(treated(), "D22", *day)


@pytest.mark.parametrize("day", [(2026, 1, 26), (2026, 2, 3), (2025, 12), (2027,)])
def test_a_day_outside_the_window_of_a_visit_that_did_not_take_place_does_not_fit(day: tuple[int, ...]) -> None:
    assert not fits(treated(), "D22", *day)


def test_around_a_late_visit_a_sample_may_be_as_far_away_as_the_window_is_wide() -> None:
    late = treated().visit("D22", 30)  # 7 February; the window is six days wide
    assert fits(late, "D22", 2026, 2, 13)
    assert not fits(late, "D22", 2026, 2, 14)


def test_the_day_of_a_late_visit_fits_even_inside_another_window_but_not_the_day_after() -> None:
    late = treated().visit("D22", 45)
    day = late.on(45).full
    assert day
    assert fits(late, "D22", day.year, day.month, day.day)
    assert not fits(late, "D22", day.year, day.month, day.day + 1)


def test_where_no_window_and_no_day_are_known_nothing_stands_against_it() -> None:
    assert fits(treated(), "FU3", 2026, 2, 3)


def test_the_visit_whose_window_holds_the_day_is_named() -> None:
    other = fits_visit(treated().chart().visits, "D22", PartialDate(2026, 2, 22))[1]
    assert other
    assert other.code == "D45"


def test_a_visit_that_took_place_that_day_comes_before_a_window() -> None:
    late = treated().visit("D22", 45)
    day = late.on(45).full
    assert day
    found = visit_of_day(late.chart().visits, day, "mrd")
    assert found
    assert found.code == "D22"
