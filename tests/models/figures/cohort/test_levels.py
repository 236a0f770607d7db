from models.cohort.cohort import Cohort
from models.figures.cohort.levels import levels, month_of
from models.figures.style import DrawOptions
from tests.models.figures.cohort.seeing import place, places
from tests.models.figures.seeing import words

SCREEN = DrawOptions()


def test_every_level_of_the_demo_can_be_pointed_at(demo: Cohort) -> None:
    told = {hit.lines[0].split(" (")[0] for hit in places(levels(demo.curves, SCREEN))}
    assert {f"{who.label}, day {level.day}" for who, own in demo.curves.patients for level in own} <= told


def test_a_median_names_its_patients(demo: Cohort) -> None:
    band = next(band for band in demo.curves.bands if band.visit == "C2")
    hit = place(levels(demo.curves, SCREEN), f"{band.label}: {len(band.levels)} patients")
    assert set(hit.patients) == {who for who, _ in band.levels}


def test_the_patient_picked_out_is_named_at_the_end_of_the_curve(demo: Cohort) -> None:
    who = demo.curves.patients[3][0]
    assert who.label in words(levels(demo.curves, SCREEN, picked=who))
    assert who.label not in words(levels(demo.curves, SCREEN))


def test_of_too_many_curves_an_even_selection_is_drawn_and_said(many: Cohort) -> None:
    picked = many.curves.patients[1][0]
    drawing = levels(many.curves, SCREEN, picked=picked)
    total = len(many.curves.patients)
    (said,) = [text for text in words(drawing) if "curves are drawn" in text]
    assert f"of {total} curves" in said
    assert picked.label in words(drawing)
    drawn = {hit.patients[0] for hit in places(drawing) if len(hit.patients) == 1}
    assert len(drawn) <= 301


def test_few_levels_make_no_median(one: Cohort) -> None:
    shown = words(levels(one.curves, SCREEN))
    assert "Median" not in shown
    assert any("100" in text for text in shown)


def test_months_count_from_study_day_1_without_a_day_0() -> None:
    assert month_of(1) == 0
    assert month_of(-1) < 0
    assert month_of(2) + month_of(-1) == 0
