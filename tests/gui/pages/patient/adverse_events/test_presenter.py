"""Adverse events as lines."""

from datetime import UTC, datetime

from gui.pages.patient.adverse_events.presenter import event_lines, grade_words, summary
from models.domain.notation import Desk
from tests.builders import a_patient, a_treated_patient

NOW = datetime(2026, 10, 2, 9, 0, tzinfo=UTC)


def test_events_that_go_on_come_first_then_the_newest() -> None:
    lines = event_lines(a_treated_patient().chart(), Desk.ENGLISH, NOW)
    assert [line.term for line in lines][:2] == ["Fatigue", "Neutrophil count decreased"]
    assert lines[0].ended == "goes on"


def test_an_event_that_is_over_shows_its_worst_grade_alone() -> None:
    view = a_patient().event("Fever", 3, 9, grade=3, later_grades=((5, 1),)).chart().events[0]
    assert grade_words(view) == "Grade 3"


def test_an_event_that_is_milder_now_says_both() -> None:
    view = a_patient().event("Fever", 3, grade=3, later_grades=((5, 1),)).chart().events[0]
    assert grade_words(view) == "Grade 3, now 1"


def test_drugs_are_named_with_causality_and_action() -> None:
    chart = a_patient().event("Fever", 3, drugs={"dasatinib": ("RELATED", "DRUG INTERRUPTED")}).chart()
    assert event_lines(chart, Desk.ENGLISH, NOW)[0].drugs == "Dasatinib related (interrupted)"


def test_an_event_nobody_judged_says_so() -> None:
    assert event_lines(a_patient().event("Fever", 3).chart(), Desk.ENGLISH, NOW)[0].drugs == "not judged"


def test_the_summary_counts_what_matters() -> None:
    chart = a_patient().event("Fever", 3, grade=3, serious=True).event("Fatigue", 4, 9, grade=1).chart()
    assert summary(chart) == "2 recorded · 1 going on · 1 of grade 3 or more · 1 serious"
