"""What holds for every drawing of the cohort, whoever is in it and however it is asked for."""

from collections.abc import Callable

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from models.cohort.cohort import Cohort
from models.figures.cohort.boundary import boundary
from models.figures.cohort.flow import flow
from models.figures.cohort.frame import CohortDrawing
from models.figures.cohort.levels import levels
from models.figures.cohort.response import response_bars
from models.figures.cohort.survival import survival
from models.figures.cohort.swimmer import swimmer
from models.figures.cohort.waterfall import waterfall
from models.figures.style import DrawOptions, Scheme
from tests.models.figures.cohort.seeing import places
from tests.models.figures.seeing import cut, overlapping

Draw = Callable[[Cohort, DrawOptions], CohortDrawing]

DRAWINGS: dict[str, Draw] = {
    "survival": lambda c, o: survival(c.endpoints["DFS"], o, title="Disease-free survival", bands=True),
    "incidence": lambda c, o: survival(c.endpoints["CIR"], o, title="Cumulative incidence of relapse"),
    "response": lambda c, o: response_bars(c.response["protocol"][1:] or c.response["protocol"], o),
    "response of all": lambda c, o: response_bars(c.response["protocol"][:1], o, title="Response"),
    "swimmer": lambda c, o: swimmer(c.lanes, o, groups=c.groups, title="Patients over time"),
    "waterfall": lambda c, o: waterfall(c.waterfalls["C2"], o, title="Log reduction"),
    "levels": lambda c, o: levels(c.curves, o, picked=c.enrolled[0] if c.enrolled else None),
    "flow": lambda c, o: flow(c.flow, o, title="Patient flow"),
    "toxicity boundary": lambda c, o: boundary(c.monitoring[0], o, title="Toxicity"),
    "response boundary": lambda c, o: boundary(c.monitoring[1], o),
}
SIZES = {
    "screen": DrawOptions(),
    "narrow": DrawOptions(width_inch=5.0, height_inch=4.0),
    "low": DrawOptions(height_inch=2.4),
    "large letters": DrawOptions(font_scale=1.4, height_inch=6.0),
    "paper": DrawOptions(width_inch=7.26, height_inch=2.4, scheme="paper", font_scale=0.87),
}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS.keys())
def test_no_words_overlap_and_none_are_cut(draw: Draw, size: DrawOptions, any_cohort: Cohort) -> None:
    drawing = draw(any_cohort, size)
    assert overlapping(drawing) == []
    assert cut(drawing) == []


@pytest.mark.parametrize("scheme", ["light", "dark", "paper"])
@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS.keys())
def test_every_scheme_gives_a_picture(draw: Draw, scheme: Scheme, demo: Cohort) -> None:
    canvas = FigureCanvasAgg(draw(demo, DrawOptions(scheme=scheme)).figure)
    canvas.draw()
    assert len(set(canvas.buffer_rgba().tobytes()[:: 4 * 7])) > 1


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS.keys())
def test_places_name_patients_of_the_cohort_only(draw: Draw, demo: Cohort) -> None:
    known = {member.who for member in demo.members}
    named = {who for hit in places(draw(demo, DrawOptions())) for who in hit.patients}
    assert named
    assert named <= known


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS.keys())
def test_no_drawing_has_more_places_than_can_be_pointed_at(draw: Draw, many: Cohort) -> None:
    assert len(draw(many, DrawOptions()).hits) < 5000
