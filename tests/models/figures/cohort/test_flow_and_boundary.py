from dataclasses import replace

from models.cohort.cohort import Cohort
from models.figures.cohort.boundary import boundary
from models.figures.cohort.flow import flow, flow_height
from models.figures.style import DrawOptions
from tests.models.figures.cohort.seeing import place, places
from tests.models.figures.seeing import words

SCREEN = DrawOptions()


def test_every_step_of_the_flow_has_its_number_and_its_patients(demo: Cohort) -> None:
    drawing = flow(demo.flow, SCREEN)
    for step in demo.flow.steps:
        assert place(drawing, f"{step.label} (n = {len(step.patients)})").patients == step.patients


def test_beside_a_step_stand_those_who_did_not_come_to_it(demo: Cohort) -> None:
    hit = place(flow(demo.flow, SCREEN), "Not reached by 3: screen failure 3")
    assert len(hit.patients) == 3


def test_the_last_box_says_where_the_enrolled_stand_now(demo: Cohort) -> None:
    now = next(text for text in words(flow(demo.flow, SCREEN)) if text.startswith("Enrolled patients now: "))
    assert sum(int(part.rsplit(" ", 1)[1]) for part in now.split(": ")[1].split(", ")) == 63


def test_at_its_height_the_flow_is_set_in_full_size(demo: Cohort) -> None:
    tall = DrawOptions(height_inch=flow_height(demo.flow, SCREEN))
    (box,) = [hit for hit in places(flow(demo.flow, tall)) if hit.lines[0].startswith("Screened")]
    (low,) = [hit for hit in places(flow(demo.flow, SCREEN)) if hit.lines[0].startswith("Screened")]
    assert box.top - box.bottom >= low.top - low.bottom


def test_the_path_has_a_place_for_each_patient_and_says_the_state(demo: Cohort) -> None:
    for watch in demo.monitoring:
        drawing = boundary(watch, SCREEN)
        assert [hit.patients for hit in places(drawing)] == [(step.who,) for step in watch.path]
        assert watch.state in words(drawing)


def test_the_looks_of_a_two_stage_design_are_named(demo: Cohort) -> None:
    assert {"12 or fewer of 29", "27 or fewer of 54"} <= set(words(boundary(demo.monitoring[1], SCREEN)))


def test_a_boundary_that_was_reached_is_marked(demo: Cohort) -> None:
    watch = demo.monitoring[0]
    crossed = replace(watch, path=(*watch.path[:-1], watch.path[-1]._replace(crossed=True)))
    assert "boundary reached" in words(boundary(crossed, SCREEN))
    assert "boundary reached" not in words(boundary(watch, SCREEN))


def test_a_path_far_longer_than_the_rule_is_drawn_as_far_as_the_rule(many: Cohort) -> None:
    watch = many.monitoring[0]
    drawing = boundary(watch, SCREEN)
    assert len(places(drawing)) == 63
    assert f"The rule reaches to 63 patients; the {len(watch.path) - 63} after them are not drawn." in words(drawing)
