"""Where the response stands, in the words that every page shares."""

from models.chart.lines import patient_line
from models.chart.standing import elsewhere_words, in_specimen
from tests.builders import a_patient


def test_with_results_of_one_specimen_none_is_named() -> None:
    chart = a_patient().mrd(85, 0, 50_000).chart()
    assert in_specimen(chart.course) == ""
    assert patient_line(chart)["last_class_words"] == "complete"


def test_with_results_of_two_the_standing_one_is_named() -> None:
    assert in_specimen(a_patient().mrd(85, 0).mrd(1, 9, specimen="BLOOD").chart().course) == " in marrow"


def test_what_another_specimen_has_shown_since_is_said() -> None:
    chart = a_patient().phase("induction", 1).mrd(85, 0, 50_000).mrd(130, 12, 50_000, specimen="BLOOD").chart()
    assert elsewhere_words(chart.course, lambda each: f"day {each.since_day}") == "blood positive since day 130"
    words = patient_line(chart)["last_class_words"]
    assert words.startswith("complete in marrow, blood positive since 2026-")


def test_a_patient_without_results_has_no_words() -> None:
    assert patient_line(a_patient().chart())["last_class_words"] is None
