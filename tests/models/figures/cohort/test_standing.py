from datetime import date

from models.cohort.cohort import Cohort
from models.cohort.who import Who
from models.figures.cohort.frame import board
from models.figures.cohort.standing import Standing, draw_standing, standing
from models.figures.curve import PercentAxis, Segment
from models.figures.style import DrawOptions, Style
from models.figures.timeline_axis import TimeAxis
from tests.builders import a_treated_patient
from tests.models.figures.seeing import cut, overlapping, overview, words

SCREEN = DrawOptions()


def test_the_band_is_that_of_the_visits_with_enough_levels(demo: Cohort) -> None:
    found = standing(demo.curves, demo.enrolled[0])
    enough = [band for band in demo.curves.bands if len(band.levels) >= 4]
    assert sorted(band.median for band in found.bands) == sorted(band.quartiles[1] for band in enough)
    assert all(band.lower <= band.median <= band.upper for band in found.bands)


def test_the_last_sample_is_placed_in_a_sentence(demo: Cohort) -> None:
    found = standing(demo.curves, demo.enrolled[0])
    last = found.places[-1]
    assert found.sentence.startswith(f"{last.label}: percentile {last.percentile:.0f} of {last.patients} patients")


def test_somebody_outside_the_cohort_has_the_band_and_no_place(demo: Cohort) -> None:
    found = standing(demo.curves, Who(9999, "nobody"))
    assert found.bands
    assert found.sentence == ""


def test_the_overview_names_the_band_only_where_it_is_asked_for(demo: Cohort) -> None:
    chart = a_treated_patient().chart()
    found = standing(demo.curves, demo.enrolled[0])
    assert {"middle half of the cohort", "median of the cohort", found.sentence} <= set(
        words(overview(chart, SCREEN, found))
    )
    assert "median of the cohort" not in words(overview(chart, SCREEN))


def test_with_the_band_no_words_overlap_and_none_are_cut(demo: Cohort) -> None:
    found = standing(demo.curves, demo.enrolled[0])
    for options in (SCREEN, DrawOptions(width_inch=6.2), DrawOptions(span=(60, 200)), DrawOptions(height_inch=2.6)):
        drawing = overview(a_treated_patient().chart(), options, found)
        assert overlapping(drawing) == []
        assert cut(drawing) == []


def band_drawn(found: Standing, day_one: date | None) -> list[Segment]:
    """The segments of the median on an axis of 200 days."""
    ink = board(SCREEN).ink
    axis = TimeAxis(date(2026, 1, 1), date(2026, 7, 20), 50, 450, day_one)
    return draw_standing(ink, found, axis, PercentAxis(2, -3, 200, 20), Style.of(SCREEN))


def test_the_band_ends_with_the_axis(demo: Cohort) -> None:
    segments = band_drawn(standing(demo.curves, demo.enrolled[0]), date(2026, 1, 10))
    assert min(segment[0] for segment in segments) == 50
    assert max(segment[2] for segment in segments) == 450


def test_a_patient_without_study_day_1_has_no_band(demo: Cohort) -> None:
    assert band_drawn(standing(demo.curves, demo.enrolled[0]), None) == []


def test_one_visit_makes_no_band(demo: Cohort) -> None:
    found = standing(demo.curves, demo.enrolled[0])
    assert band_drawn(Standing(found.bands[:1], found.places), date(2026, 1, 10)) == []
