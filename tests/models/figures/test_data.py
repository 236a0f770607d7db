from decimal import Decimal

import pytest

from models.domain.partial_dates import PartialDate, Special
from models.figures.content import PointState, VisitMarkState
from models.figures.data import overview_content, upcoming
from models.records.disease import Relapse
from models.records.molecular import Mutation
from models.records.outcome import Death
from models.records.safety import AdverseEvent
from models.records.treatment import Transplant
from models.records.visits import Visit
from tests.builders import a_patient


def test_an_undetected_result_is_drawn_at_the_sensitivity_of_its_own_sample() -> None:
    (point,) = overview_content(a_patient().phase("induction", 1).mrd(85, 0, 40_000).chart()).points
    assert (point.state, point.drawn_percent) == (PointState.UNDETECTED, Decimal("0.0025"))


def test_a_non_quantifiable_result_is_drawn_at_the_limit_of_its_sample_and_not_at_the_number_below_it() -> None:
    chart = (
        a_patient().phase("induction", 1).mrd(85, 2, 40_000, limit="0.01", category="positive non-quantifiable").chart()
    )
    (point,) = overview_content(chart).points
    assert (point.state, point.drawn_percent) == (PointState.NON_QUANTIFIABLE, Decimal("0.01"))


def test_undetected_with_too_few_control_copies_is_a_tick_and_has_no_height() -> None:
    (point,) = overview_content(a_patient().phase("induction", 1).mrd(85, 0, 900).chart()).points
    assert (point.state, point.drawn_percent) == (PointState.NOT_EVALUABLE, None)


def test_two_samples_of_one_day_are_two_points() -> None:
    chart = a_patient().phase("induction", 1).mrd(85, 40, 40_000).mrd(85, 44, 40_000).chart()
    assert [p.day for p in overview_content(chart).points] == [85, 85]


def test_a_result_without_a_full_date_is_named_in_words_instead_of_being_placed_on_a_guessed_day() -> None:
    content = overview_content(a_patient().phase("induction", 1).mrd("2026-03", 40).chart())
    assert content.points == ()
    assert content.undrawn == ("1 MRD result without a full date not drawn: see the MRD tab.",)


def test_a_positive_result_without_a_number_is_named_in_words_instead_of_being_given_a_height() -> None:
    chart = a_patient().phase("induction", 1).mrd(22, None, None, category="positive").chart()
    assert overview_content(chart).undrawn == ("1 positive MRD result without a ratio not drawn: see the MRD tab.",)


def test_a_dose_of_nothing_is_held_and_a_lower_step_is_reduced() -> None:
    builder = a_patient().phase("induction", 1).dose("dasatinib", 140, 1, 10)
    chart = builder.dose("dasatinib", 0, 11, 14).dose("dasatinib", 100, 15).chart()
    (lane,) = overview_content(chart).drugs
    assert [(bar.held, bar.reduced, bar.span.ongoing) for bar in lane.bars] == [
        (False, False, False),
        (True, False, False),
        (False, True, True),
    ]


def test_an_event_with_a_partial_date_spans_the_widest_it_can_have_lasted() -> None:
    chart = a_patient().phase("induction", 1).event("Fever", "2026-02", "2026-03-04").chart()
    (event,) = overview_content(chart).events
    assert (event.span.first.isoformat(), event.span.last.isoformat(), event.span.exact) == (
        "2026-02-01",
        "2026-03-04",
        False,
    )


def test_ongoing_spans_end_with_the_life_of_the_patient() -> None:
    builder = a_patient().phase("induction", 1).dose("dasatinib", 140, 1)
    builder.add(Death(date=builder.on(40), cause=None, related=None, details=None))
    (lane,) = overview_content(builder.chart()).drugs
    assert lane.bars[0].span.last == builder.on(40).full


def test_transplant_relapse_and_mutation_are_marked() -> None:
    builder = a_patient().phase("induction", 1)
    builder.add(Mutation(collected=builder.on(90), result="FOUND", variant="T315I"))
    builder.add(Relapse(found=builder.on(95), sites=("CNS",)))
    builder.add(Transplant(done=builder.on(130)))
    assert [mark.code for mark in overview_content(builder.chart()).marks] == ["mutation", "relapse", "transplant"]


def test_the_day_on_which_another_kinase_inhibitor_begins_is_marked_in_words() -> None:
    builder = a_patient().phase("induction", 1).dose("dasatinib", 140, 1, 30).dose("dasatinib", 0, 31, 34)
    chart = builder.dose("blinatumomab", 28, 40, 60).dose("ponatinib", 45, 61).chart()
    (mark,) = overview_content(chart).marks
    assert (mark.label, mark.date, mark.kind) == ("Change to ponatinib", builder.on(61).full, "exposure")


def test_the_first_kinase_inhibitor_and_another_dose_of_it_are_no_change() -> None:
    builder = a_patient().phase("induction", 1).dose("dasatinib", 140, 1, 10).dose("dasatinib", 0, 11, 14)
    assert overview_content(builder.dose("dasatinib", 100, 15).chart()).marks == ()


def test_going_back_to_the_earlier_kinase_inhibitor_is_a_change_too() -> None:
    builder = a_patient().phase("induction", 1).dose("dasatinib", 140, 1, 10).dose("ponatinib", 45, 11, 20)
    marks = overview_content(builder.dose("dasatinib", 100, 21).chart()).marks
    assert [mark.label for mark in marks] == ["Change to ponatinib", "Change to dasatinib"]


def test_a_visit_out_of_its_window_is_drawn_as_such() -> None:
    chart = a_patient().phase("prephase", -7).phase("induction", 1).visit("D22", 40).chart()
    (mark,) = [v for v in overview_content(chart).visits if v.code == "D22"]
    assert mark.state is VisitMarkState.OUT_OF_WINDOW


def test_a_visit_that_was_missed_and_then_took_place_opens_what_was_done() -> None:
    builder = a_patient().phase("prephase", -7).phase("induction", 1).visit("D22", 20, status="MISSED")
    chart = builder.visit("D22", 22).chart()
    (mark,) = [v for v in overview_content(chart).visits if v.code == "D22"]
    done = next(visit for visit in chart.of(Visit) if visit.status == "DONE")
    assert (mark.state, mark.record_id) == (VisitMarkState.DONE, done.id)


def test_a_patient_with_nothing_recorded_is_empty() -> None:
    assert overview_content(a_patient().chart()).empty


@pytest.mark.parametrize("day", ["2026-02", "2026", "UNK"])
def test_a_phase_or_dose_with_any_kind_of_date_can_be_read(day: str) -> None:
    chart = a_patient().phase("induction", day).dose("dasatinib", 140, day).chart()
    assert overview_content(chart).day_one is None


def test_a_visit_due_before_the_first_phase_is_among_the_next_ones_although_it_has_no_window() -> None:
    assert [(visit.code, visit.opens) for visit in upcoming(a_patient().chart().visits)] == [("BL", None)]


def test_an_event_that_is_over_without_an_end_date_does_not_claim_to_have_ended_on_its_first_day() -> None:
    builder = a_patient().phase("induction", 1)
    builder.add(AdverseEvent(term="Fever", version="4.03", began=builder.on(20), outcome="RECOVERED/RESOLVED"))
    (event,) = overview_content(builder.chart()).events
    assert (event.span.last, event.span.exact, event.span.ongoing) == (builder.on(20).full, False, False)
    assert not event.span.end_known


def test_a_dose_that_ended_on_a_day_nobody_knows_does_not_go_on() -> None:
    builder = a_patient().phase("induction", 1).dose("dasatinib", 140, 1, PartialDate(special=Special.UNKNOWN))
    (lane,) = overview_content(builder.chart()).drugs
    assert (lane.bars[0].span.ongoing, lane.bars[0].span.end_known) == (False, False)
