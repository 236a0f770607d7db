"""The words of the Today page."""

from datetime import UTC, date, datetime

import pytest

from gui.pages.today.presenter import day_in_full, drafts_section, empty_words, patients_of, standing, target_of
from models.domain.notation import Desk
from models.study import DraftLine, Section

AT = datetime(2026, 10, 2, 8, 30, tzinfo=UTC)


def draft(key: str) -> DraftLine:
    return DraftLine(key, "C. Rossi", AT)


@pytest.mark.parametrize(
    ("desk", "words"),
    [(Desk.ENGLISH, "Friday 2 October 2026"), (Desk.ITALIAN, "Venerdì 2 ottobre 2026")],
)
def test_the_day_is_written_in_full_as_the_desk_has_it(desk: Desk, words: str) -> None:
    assert day_in_full(date(2026, 10, 2), desk) == words


def test_screen_failures_do_not_count_as_enrolled() -> None:
    counts = {"SCREENING": 1, "SCREEN FAILURE": 2, "FOLLOW-UP": 3}
    assert standing(counts) == "3 enrolled · 1 in screening · 3 in follow-up"


def test_a_study_without_patients_stands_nowhere() -> None:
    assert standing({}) == ""


@pytest.mark.parametrize(
    ("key", "page", "record"),
    [
        ("mrd/12/0", "patient", ("mrd", 0)),
        ("mrd/12/7", "patient", ("mrd", 7)),
        ("ae_grade/12/0/31", "patient", ("adverse_event", 31)),
        ("ae_grade/12/4/31", "patient", ("adverse_event", 31)),
        ("enrolment/12/1", "enrolment", None),
        ("ask/12/mrd/7/target_copies", "patient", ("mrd", 7)),
        ("ask/12/ae_grade/4/", "patient", ("ae_grade", 4)),
    ],
)
def test_a_draft_leads_back_to_its_form(key: str, page: str, record: tuple[str, int] | None) -> None:
    (item,) = drafts_section([draft(key)], {12: "042-012"}, Desk.ENGLISH).items
    target = target_of(item)
    assert (target.page, target.patient, target.record) == (page, 12, record)


def test_a_draft_of_the_first_step_leads_to_a_new_enrolment() -> None:
    (item,) = drafts_section([draft("enrolment/0/0")], {}, Desk.ENGLISH).items
    assert (item.label, target_of(item).page, target_of(item).patient) == ("New", "enrolment", 0)


@pytest.mark.parametrize(
    "key", ["mrd/99/0", "ask/99/mrd/7/", "ask/12/mrd", "ask/12/nothing/7/", "nothing", "mrd/x/0", ""]
)
def test_a_draft_that_leads_nowhere_is_left_out(key: str) -> None:
    assert drafts_section([draft(key)], {12: "042-012"}, Desk.ENGLISH).items == ()


def test_a_question_that_was_not_asked_leads_to_its_field() -> None:
    (item,) = drafts_section([draft("ask/12/mrd/7/target_copies")], {12: "042-012"}, Desk.ENGLISH).items
    assert (item.text, target_of(item).field) == ("New query: MRD result", "target_copies")


def test_a_draft_of_reference_ranges_leads_to_the_settings() -> None:
    (item,) = drafts_section([draft("lab_range/0/0")], {}, Desk.ENGLISH).items
    assert (target_of(item).page, target_of(item).values["section"]) == ("settings", "ranges")


def test_each_patient_with_drafts_is_named_once() -> None:
    assert patients_of([draft("mrd/12/0"), draft("lab/12/3"), draft("enrolment/0/0"), draft("mrd/4/0")]) == (12, 4)


def test_empty_sections_become_one_line() -> None:
    sections = (Section("clocks", "Must be reported", "", ()), Section("visits", "Visits", "", ()))
    assert empty_words(sections) == "Nothing to report under: must be reported, visits."
