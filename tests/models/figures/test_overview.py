from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

from models.domain.notation import Desk
from models.figures.data import overview_content
from models.figures.overview import draw, near, zooms
from models.figures.style import Drawing, DrawOptions, Scheme
from models.records.disease import Relapse
from models.records.molecular import Mutation
from models.records.safety import AdverseEvent
from models.records.treatment import Transplant
from tests.builders import PatientBuilder, a_patient, a_treated_patient
from tests.models.figures.seeing import POINTS, cut, overlapping, overview, words

SCREEN = DrawOptions()


def a_crowded_patient() -> PatientBuilder:
    builder = a_treated_patient()
    for number in range(24):
        builder.event("Alanine aminotransferase increased", 10 + 9 * number, 40 + 10 * number, grade=1 + number % 5)
    builder.mrd(1, 90_000, 100_000, specimen="BLOOD").mrd(1, 30_000, 100_000, transcript="p210")
    builder.mrd(85, 9, 40_000, transcript="p210").mrd("2026-03", 5)
    builder.add(Mutation(collected=builder.on(258), result="FOUND", variant="T315I"))
    builder.add(Relapse(found=builder.on(260), sites=("MARROW", "CNS")))
    builder.add(Transplant(done=builder.on(262)))
    return builder


PATIENTS = {
    "treated": a_treated_patient(),
    "crowded": a_crowded_patient(),
    "one point": a_patient().phase("induction", 1).mrd(1, 6400, 10_000),
    "all undetected": a_patient().phase("induction", 1).mrd(22, 0).mrd(45, 0).mrd(85, 0),
    "before day 1": a_patient().phase("prephase", -7).mrd(-9, 6400, 10_000),
    "no day 1": a_patient().mrd("2026-01-03", 6400, 10_000),
    "nothing": a_patient(),
}
SIZES = {
    "screen": SCREEN,
    "narrow": DrawOptions(width_inch=6.2),
    "low": DrawOptions(height_inch=2.6),
    "large": DrawOptions(font_scale=1.3),
}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
@pytest.mark.parametrize("patient", PATIENTS.values(), ids=PATIENTS.keys())
def test_no_words_overlap_and_none_are_cut(patient: PatientBuilder, size: DrawOptions) -> None:
    drawing = overview(patient.chart(), size)
    assert overlapping(drawing) == []
    assert cut(drawing) == []


@pytest.mark.parametrize("scheme", ["light", "dark", "paper"])
@pytest.mark.parametrize("patient", PATIENTS.values(), ids=PATIENTS.keys())
def test_every_patient_can_be_drawn_in_every_scheme(patient: PatientBuilder, scheme: Scheme) -> None:
    canvas = FigureCanvasAgg(overview(patient.chart(), DrawOptions(scheme=scheme)).figure)
    canvas.draw()
    pixels = canvas.buffer_rgba()
    assert len(set(pixels.tobytes()[:: 4 * 7])) > 1


def test_an_empty_patient_is_told_what_belongs_there() -> None:
    drawing = overview(a_patient().chart(), SCREEN)
    assert "MRD results, treatment and adverse events appear here once they are recorded." in words(drawing)


def test_where_all_that_is_recorded_has_no_place_the_empty_drawing_says_so() -> None:
    said = words(overview(a_patient().mrd("2026-03", 40).chart(), SCREEN))
    assert "1 MRD result without a full date not drawn: see the MRD tab." in said
    assert not any("once they are recorded" in line for line in said)


def test_an_empty_drawing_on_paper_promises_nothing() -> None:
    assert words(overview(a_patient().chart(), DrawOptions(scheme="paper"))) == ["Nothing to draw yet."]


def test_an_event_without_an_end_date_says_that_its_end_is_not_known() -> None:
    builder = a_patient().phase("induction", 1)
    builder.add(AdverseEvent(term="Fever", version="4.03", began=builder.on(20), outcome="RECOVERED/RESOLVED"))
    (hit,) = [hit for hit in overview(builder.chart(), SCREEN).hits if hit.kind == "adverse_event"]
    assert "from day 20, 28 Jan 2026, end not known" in hit.lines


def test_on_a_narrow_drawing_with_large_letters_neither_notes_nor_the_threshold_are_cut() -> None:
    builder = a_patient().phase("induction", 1).mrd(22, 40).mrd(30, None, None, category="positive").mrd("2026-03", 40)
    drawing = overview(builder.chart(), DrawOptions(width_inch=5, height_inch=6, font_scale=2))
    assert any("European threshold" in line for line in words(drawing))
    assert cut(drawing) == []


def test_each_mrd_point_can_be_pointed_at_and_names_its_record() -> None:
    chart = a_treated_patient().chart()
    drawing = overview(chart, SCREEN)
    wanted = {p.record_id for p in overview_content(chart).points}
    assert {hit.record_id for hit in drawing.hits if hit.kind == "mrd"} == wanted


def test_the_point_under_the_mouse_is_found_before_the_band_behind_it() -> None:
    drawing = overview(a_treated_patient().chart(), SCREEN)
    point = next(hit for hit in drawing.hits if hit.kind == "mrd")
    scale = drawing.figure.dpi / POINTS
    x = (point.left + point.right) / 2 * scale
    y = (SCREEN.height_inch * POINTS - (point.bottom + point.top) / 2) * scale
    assert near(drawing, x, y) == point


def test_far_from_everything_there_is_nothing_under_the_mouse() -> None:
    assert near(overview(a_treated_patient().chart(), SCREEN), 1, 1) is None


def test_the_tooltip_of_an_undetected_result_gives_its_sensitivity() -> None:
    drawing = overview(a_patient().phase("induction", 1).mrd(85, 0, 40_000).chart(), SCREEN)
    (hit,) = [hit for hit in drawing.hits if hit.kind == "mrd"]
    assert "p190, bone marrow: not detected, sensitivity 0.0025\N{NO-BREAK SPACE}%" in hit.lines


def test_a_single_copy_is_one_copy() -> None:
    drawing = overview(a_patient().phase("induction", 1).mrd(85, 1, 40_000).chart(), SCREEN)
    (hit,) = [hit for hit in drawing.hits if hit.kind == "mrd"]
    said = " ".join(hit.lines).replace("\N{NARROW NO-BREAK SPACE}", "")
    assert "1 copy in 40000 control copies" in said


def test_events_that_find_no_row_are_counted() -> None:
    assert any(text.endswith(" more") for text in words(overview(a_crowded_patient().chart(), SCREEN)))


def test_every_event_can_be_pointed_at_even_where_rows_are_short() -> None:
    chart = a_crowded_patient().chart()
    hits = {hit.record_id for hit in overview(chart, SCREEN).hits if hit.kind == "adverse_event"}
    assert hits == {view.record.id for view in chart.events}


def test_days_are_written_without_a_day_nought() -> None:
    drawing = overview(a_patient().phase("prephase", -7).phase("induction", 1).mrd(-7, 64).mrd(22, 5).chart(), SCREEN)
    assert "0" not in words(drawing)
    assert "1" in words(drawing)


def test_dates_are_written_in_the_language_of_the_desk() -> None:
    drawing = overview(a_treated_patient().chart(), DrawOptions(axis="dates", desk=Desk.ITALIAN))
    assert any(text.startswith("gen") for text in words(drawing))
    assert "0,01\N{NO-BREAK SPACE}%" in words(drawing)


def test_a_zoom_shows_only_the_points_of_those_days() -> None:
    chart = a_treated_patient().chart()
    drawing = overview(chart, DrawOptions(span=(80, 140)))
    days = {p.record_id: p.day for p in overview_content(chart).points}
    assert {days[hit.record_id] for hit in drawing.hits if hit.kind == "mrd"} == {85, 130}


def test_one_can_zoom_to_each_phase() -> None:
    content = overview_content(a_treated_patient().chart())
    assert ("Induction: dasatinib + steroids", (-3, 88)) in zooms(content)
    for _, span in zooms(content):
        assert draw(content, DrawOptions(span=span)).hits


def test_two_curves_are_named_in_the_legend() -> None:
    builder = a_patient().phase("induction", 1).mrd(1, 100).mrd(1, 90, specimen="BLOOD").mrd(1, 80, transcript="p210")
    shown = words(overview(builder.chart(), SCREEN))
    assert {"p190, bone marrow", "p190, peripheral blood", "p210, bone marrow"} <= set(shown)


def test_two_results_that_would_hide_each_other_stand_side_by_side() -> None:
    drawing = overview(a_patient().phase("induction", 1).mrd(85, 40).mrd(85, 40).chart(), SCREEN)
    first, second = [hit for hit in drawing.hits if hit.kind == "mrd"]
    assert second.left >= first.right


events = st.lists(st.tuples(st.integers(1, 250), st.integers(0, 90), st.integers(1, 5)), max_size=25)


def rows_of(drawing: Drawing) -> Iterable[list[tuple[float, float]]]:
    bars: dict[float, list[tuple[float, float]]] = {}
    for hit in drawing.hits:
        if hit.kind == "adverse_event":
            bars.setdefault(round(hit.bottom, 1), []).append((hit.left, hit.right))
    return [sorted(row) for row in bars.values()]


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(events)
def test_stacked_events_never_cover_each_other(spans: list[tuple[int, int, int]]) -> None:
    builder = a_patient().phase("induction", 1)
    for first, length, grade in spans:
        builder.event("Fever", first, first + length, grade=grade)
    drawing = overview(builder.chart(), DrawOptions(height_inch=9))
    crowded = any(text.endswith(" more") for text in words(drawing))
    for row in rows_of(drawing):
        assert crowded or all(b[0] >= a[1] for a, b in pairwise(row))
    assert overlapping(drawing) == []


def test_today_is_left_out_where_it_would_squeeze_the_records() -> None:
    chart = a_treated_patient().chart()
    content = overview_content(chart)
    later = type(content)(
        **{**{name: getattr(content, name) for name in content.__slots__}, "today": content.today + timedelta(days=900)}
    )
    assert "today" not in words(draw(later, SCREEN))
