"""The head of the page in words."""

from gui.pages.patient.presenter import facts, ikzf1_words, marks, place
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate, Special
from tests.builders import a_patient, a_treated_patient


def test_facts_leave_out_what_is_not_known() -> None:
    assert facts(a_patient(transcript="both").chart()) == "F · 58 y · p190 and p210"


def test_standing_counts_from_the_first_sample_of_the_unbroken_run() -> None:
    first = marks(a_treated_patient().chart(), Desk.ENGLISH)[0]
    assert (first.words, first.tone) == ("Complete molecular response since day 172", "complete")


def test_a_specimen_that_turned_positive_since_has_a_pill_of_its_own() -> None:
    chart = a_patient().phase("induction", 1).mrd(85, 0, 50_000).mrd(130, 12, 50_000, specimen="BLOOD").chart()
    found = [(mark.words, mark.tone) for mark in marks(chart, Desk.ENGLISH)][:2]
    assert found == [
        ("Complete molecular response in marrow since day 85", "complete"),
        ("Blood positive since day 130", "urgent"),
    ]


def test_without_any_result_the_pill_says_so() -> None:
    assert marks(a_patient().chart(), Desk.ENGLISH)[0].words == "No MRD result yet"


def test_a_phase_that_goes_on_is_named_with_its_day() -> None:
    assert place(a_patient().phase("induction", 260).chart(), Desk.ENGLISH) == "Induction: dasatinib + steroids, day 8"


def test_after_a_phase_has_ended_the_place_says_after() -> None:
    assert place(a_treated_patient().chart(), Desk.ENGLISH) == "After blinatumomab cycle 4"


def test_a_rise_is_marked() -> None:
    chart = a_treated_patient().mrd(262, 900, 40_000).chart()
    assert "MRD needs attention" in [mark.words for mark in marks(chart, Desk.ENGLISH)]


def test_the_ikzf1_class_always_names_the_gene() -> None:
    assert ikzf1_words(a_patient().chart()) == "IKZF1 not evaluable"
    assert ikzf1_words(a_treated_patient().chart()) == "IKZF1plus"


def test_a_phase_that_ended_on_a_day_not_known_is_over() -> None:
    for ended in (PartialDate(special=Special.UNKNOWN), PartialDate(2026)):
        assert place(a_patient().phase("blina-1", 1, ended).chart(), Desk.ENGLISH) == "After blinatumomab cycle 1"
