"""Treatment in words."""

from datetime import date

from gui.pages.patient.treatment.presenter import (
    delivered,
    lumbar_words,
    ordered_doses,
    pause_lines,
    span_days,
    standing,
    study_days,
)
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.records.treatment import Exposure, LumbarPuncture, PhaseRun
from tests.builders import TODAY, a_patient, a_treated_patient


def _on(text: str) -> PartialDate:
    return PartialDate.from_iso(text)


def test_doses_stand_drug_by_drug_in_the_order_of_the_protocol() -> None:
    drugs = [dose.drug for dose in ordered_doses(a_treated_patient().chart())]
    assert drugs == ["dasatinib"] * 3 + ["blinatumomab"] * 4 + ["prednisone"]


def test_both_ends_of_a_span_count() -> None:
    assert span_days(PhaseRun(phase="induction", began=_on("2026-01-09"), ended=_on("2026-01-10")), TODAY) == "2"


def test_a_span_that_goes_on_counts_to_today() -> None:
    assert span_days(Exposure(drug="dasatinib", began=_on("2026-10-01")), TODAY) == "2 so far"


def test_a_partial_date_counts_no_days() -> None:
    assert span_days(Exposure(drug="dasatinib", began=_on("2026-10")), TODAY) == ""


def test_study_days_have_a_real_minus_sign() -> None:
    run = PhaseRun(phase="prephase", began=_on("2026-01-02"), ended=_on("2026-01-08"))
    assert study_days(a_patient().phase("induction", 1).chart(), run) == "\N{MINUS SIGN}7 to \N{MINUS SIGN}1"


def test_what_was_given_has_its_reason() -> None:
    rows = {(row.drug, row.phase): row for row in delivered(a_treated_patient().chart(), Desk.ENGLISH)}
    cycle = rows["Blinatumomab", "Blinatumomab cycle 1"]
    assert (cycle.intensity.words, cycle.days.words) == ("100 %", "28 of 28")
    assert cycle.days.derived is not None
    assert cycle.days.derived.inputs


def test_before_the_first_dose_of_a_phase_no_percentage_is_told() -> None:
    chart = a_patient(today=date(2026, 1, 12)).phase("induction", 1).chart()
    [row] = [row for row in delivered(chart, Desk.ENGLISH) if row.drug == "Dasatinib"]
    assert row.intensity.words == "no dose yet"
    assert row.intensity.derived is not None


def test_a_pause_is_told_with_its_days_and_reason() -> None:
    lines = pause_lines(a_treated_patient().chart(), Desk.ENGLISH)
    assert any("16 Feb 2026 to 1 Mar 2026, adverse event" in line.words for line in lines)


def test_the_dose_of_today_is_told() -> None:
    assert "Dasatinib 100 mg since 2 Mar 2026" in standing(a_treated_patient().chart(), Desk.ENGLISH)


def test_an_interruption_of_today_is_told() -> None:
    chart = a_patient().phase("induction", 1).dose("dasatinib", 140, 1, 9).dose("dasatinib", 0, 10).chart()
    assert "Dasatinib interrupted since 18 Jan 2026" in standing(chart, Desk.ENGLISH)


def test_lumbar_punctures_are_counted_against_the_setting() -> None:
    patient = a_patient()
    patient.add(LumbarPuncture(done=_on("2026-01-09")))
    assert lumbar_words(patient.chart()) == "1 done · planned: 12, throughout treatment"


def test_a_phase_that_ended_on_a_day_not_fully_known_does_not_go_on() -> None:
    run = PhaseRun(phase="induction", began=_on("2026-01-09"), ended=_on("2026-04"))
    assert study_days(a_patient().phase("induction", 1).chart(), run) == "1 to not known"
