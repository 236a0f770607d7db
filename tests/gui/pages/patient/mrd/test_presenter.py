"""MRD results in words."""

from gui.pages.patient.mrd.presenter import change_words, result_rows
from models.domain.notation import Desk
from tests.builders import a_patient, a_treated_patient


def test_the_newest_result_comes_first_under_both_rule_sets() -> None:
    row = result_rows(a_treated_patient().chart(), Desk.ENGLISH)[0]
    assert (row.visit, row.collected, row.day) == ("After cycle 4", "21 Sep 2026", "256")
    assert (row.words, row.tone) == ("Complete", "complete")
    assert row.european in ("MRD CR", "Not evaluable")
    assert row.reduction.startswith(">")


def test_an_italian_desk_reads_a_decimal_comma() -> None:
    rows = result_rows(a_treated_patient().chart(), Desk.ITALIAN)
    assert rows[-1].collected == "2 gen 2026"
    assert rows[4].target == "9,2"


def test_two_samples_of_one_day_are_two_rows() -> None:
    chart = a_patient().phase("induction", 1).mrd(1, 500).mrd(22, 40).mrd(22, 44).chart()
    assert [row.day for row in result_rows(chart, Desk.ENGLISH)] == ["22", "22", "1"]


def test_a_day_that_is_not_fully_known_comes_last_and_shows_what_is_known() -> None:
    chart = a_patient().mrd("2026-03", 40).mrd(22, 44).mrd(65, 44).chart()  # day 65 is 14 March
    rows = result_rows(chart, Desk.ENGLISH)
    assert (rows[-1].collected, rows[-1].day, rows[-1].since_last) == ("Mar 2026", "–", "–")


def test_a_day_of_a_month_without_another_sample_has_its_change() -> None:
    chart = a_patient().mrd("2026-03", 400).mrd(22, 40).chart()
    assert result_rows(chart, Desk.ENGLISH)[-1].since_last == "+1.00"


def test_a_fall_has_a_real_minus_sign() -> None:
    row = result_rows(a_patient().mrd(1, 4000).mrd(22, 400).chart(), Desk.ENGLISH)[0]
    assert row.since_last == "−1.00"
    assert change_words(None, Desk.ENGLISH) == "–"
