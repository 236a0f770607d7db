"""From screening to enrolment."""

from pathlib import Path

import pytest

from models.domain.clock import FixedClock
from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.findings import RejectedError
from models.domain.partial_dates import PartialDate
from models.persistence.keys.sealing import LEAST_COST
from models.protocols.loading import find_protocol
from models.records.patient import Consent, EligibilityAnswer
from models.records.treatment import PhaseRun
from models.study import Edit, Study
from tests.study_fixtures import ACCOUNTS, BY, fulfilled, open_as

DAY = PartialDate(2026, 2, 3)
LATE = Context("C. Rossi", "Late paper")


def screened(study: Study, number: str = "", **more: object) -> int:
    values = {"screening_number": number or study.next_screening_number(), "screened": DAY, "sex": "M", **more}
    consent = Edit("consent", {"version": "4.0", "signed": DAY})
    patient = study.screen([Edit("patient", values), consent, *fulfilled(study.protocol)], BY).patient
    assert patient is not None
    return patient


def test_numbers_run_on_and_carry_the_site(study: Study) -> None:
    first, second = screened(study), screened(study)
    study.enrol(second, DAY, BY)
    study.enrol(first, DAY, BY)
    assert [p.subject_number for p in study.patients()] == ["042-002", "042-001"]
    assert [p.screening_number for p in study.patients()] == ["S042-001", "S042-002"]


def test_the_next_number_follows_the_highest_whatever_was_given_before_it(study: Study) -> None:
    screened(study, "S042-007")
    screened(study, "S042-003")
    assert study.next_screening_number() == "S042-008"


def test_a_number_taken_is_refused_in_words(study: Study) -> None:
    screened(study, "S042-001")
    with pytest.raises(TrialError, match="S042-001"):
        screened(study, "S042-001")


def test_a_screen_failure_keeps_its_reason_and_its_number(study: Study) -> None:
    patient = screened(study)
    with pytest.raises(TrialError, match="keeps its reason"):
        study.fail_screening(patient, DAY, "  ", BY)
    study.fail_screening(patient, DAY, "Creatinine clearance too low", BY)
    chart = study.chart(patient)
    assert chart.status == "SCREEN FAILURE"
    assert chart.patient.screen_failure_reason == "Creatinine clearance too low"
    assert study.next_screening_number() == "S042-002"


def test_a_screen_failure_that_raises_a_doubt_takes_a_reason_for_it(study: Study) -> None:
    patient = screened(study)
    study.save(patient, [Edit("death", {"date": DAY})], BY)
    with pytest.raises(RejectedError, match="Screen failure on lies after the date of death"):
        study.fail_screening(patient, PartialDate(2026, 2, 9), "Sepsis", BY)
    assert study.chart(patient).patient.screen_failure is None
    study.fail_screening(patient, PartialDate(2026, 2, 9), "Sepsis", LATE)
    assert [(flag.rule, flag.answer) for flag in study.chart(patient).flags] == [("date.after-death", "Late paper")]


def test_a_screen_failure_is_not_enrolled(study: Study) -> None:
    patient = screened(study)
    study.fail_screening(patient, DAY, "Withdrew", BY)
    with pytest.raises(RejectedError, match="cannot be enrolled"):
        study.enrol(patient, DAY, BY)


def test_enrolment_before_consent_is_impossible(study: Study) -> None:
    patient = screened(study)
    with pytest.raises(RejectedError, match="before the consent"):
        study.enrol(patient, PartialDate(2026, 1, 1), LATE)


def test_enrolling_is_its_own_reason_where_nothing_speaks_against_it(study: Study) -> None:
    patient = screened(study)
    study.enrol(patient, DAY, BY)
    assert {each.reason for each in study.corrections("patient", patient)} == {"Enrolled"}
    assert study.chart(patient).flags == ()


def test_what_began_since_is_saved_with_the_enrolment_or_not_at_all(study: Study) -> None:
    patient = screened(study)
    began = Edit("phase", {"phase": "prephase", "began": PartialDate(2027)})
    with pytest.raises(RejectedError, match="after today"):
        study.enrol(patient, DAY, BY, [began])
    assert study.chart(patient).patient.enrolled is None
    study.enrol(patient, DAY, BY, [Edit("phase", {"phase": "prephase", "began": DAY})])
    assert [run.phase for run in study.chart(patient).of(PhaseRun)] == ["prephase"]


def test_somebody_who_is_enrolled_is_not_enrolled_again(study: Study) -> None:
    patient = screened(study)
    study.enrol(patient, DAY, BY)
    with pytest.raises(TrialError, match="042-001 is enrolled already"):
        study.enrol(patient, PartialDate(2026, 2, 4), LATE)
    assert study.chart(patient).patient.enrolled == DAY


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (PartialDate(2026, 2), "in full: day, month and year"),
        (PartialDate.from_iso("UNK"), "in full: day, month and year"),
        (PartialDate(2026, 11, 1), "lies after today"),
    ],
)
def test_the_day_of_enrolment_is_a_day_that_has_been(study: Study, day: PartialDate, said: str) -> None:
    patient = screened(study)
    with pytest.raises(RejectedError, match=said):
        study.enrol(patient, day, LATE)


def asked_about(study: Study, patient: int, said: str) -> None:
    """It is refused without a reason; with one it is done, and an open question stays."""
    with pytest.raises(RejectedError, match=said):
        study.enrol(patient, DAY, BY)
    assert study.chart(patient).patient.enrolled is None
    study.enrol(patient, DAY, LATE)
    assert [(flag.message.startswith(said), flag.answer) for flag in study.chart(patient).flags] == [
        (True, "Late paper")
    ]


def test_enrolling_below_the_age_of_the_protocol_takes_a_reason(study: Study) -> None:
    asked_about(study, screened(study, age=15), "I3 is not fulfilled by the age in this record: 15 years")


def test_enrolling_with_open_criteria_takes_a_reason(study: Study) -> None:
    patient = screened(study)
    [answer, *_] = study.chart(patient).of(EligibilityAnswer)
    study.void(patient, "eligibility", answer.id, LATE)
    asked_about(study, patient, f"The eligibility is incomplete. Still open: {answer.criterion}.")


def test_enrolling_against_a_criterion_takes_a_reason(study: Study) -> None:
    patient = screened(study)
    [answer] = [each for each in study.chart(patient).of(EligibilityAnswer) if each.criterion == "E2"]
    study.save(patient, [Edit("eligibility", {"answer": "YES"}, answer.id)], LATE)
    asked_about(study, patient, "The eligibility is not eligible. Not satisfied: E2.")


def test_enrolling_on_a_consent_that_was_withdrawn_takes_a_reason(study: Study) -> None:
    patient = screened(study)
    [consent] = study.chart(patient).of(Consent)
    study.save(patient, [Edit("consent", {"withdrawn": DAY}, consent.id)], LATE)
    asked_about(study, patient, "The consent was withdrawn on 3 Feb 2026.")


def test_enrolling_without_a_consent_takes_a_reason(study: Study) -> None:
    patient = screened(study)
    [consent] = study.chart(patient).of(Consent)
    study.void(patient, "consent", consent.id, LATE)
    asked_about(study, patient, "No consent is recorded for this patient.")


def test_a_later_correction_is_not_asked_about_the_enrolment_again(study: Study) -> None:
    patient = screened(study)
    study.enrol(patient, DAY, BY)
    [consent] = study.chart(patient).of(Consent)
    study.save(patient, [Edit("consent", {"withdrawn": PartialDate(2026, 9, 1)}, consent.id)], LATE)
    study.save(patient, [Edit("patient", {"age": 40}, patient)], LATE)
    assert study.chart(patient).flags == ()


def test_the_day_of_enrolment_is_corrected_to_a_full_day_only(study: Study) -> None:
    patient = screened(study)
    study.enrol(patient, DAY, BY)
    for day in (PartialDate(2026, 2), PartialDate.from_iso("UNK")):
        with pytest.raises(RejectedError, match="in full: day, month and year"):
            study.save(patient, [Edit("patient", {"enrolled": day}, patient)], LATE)
    study.save(patient, [Edit("patient", {"enrolled": PartialDate(2026, 2, 4)}, patient)], LATE)
    assert study.chart(patient).patient.enrolled == PartialDate(2026, 2, 4)
    assert study.chart(patient).flags == ()


def test_an_enrolment_that_is_taken_back_leaves_an_open_question(study: Study) -> None:
    patient = screened(study)
    study.enrol(patient, DAY, BY)
    study.save(patient, [Edit("patient", {"enrolled": None}, patient)], LATE)
    assert [flag.rule for flag in study.chart(patient).flags] == ["patient.enrolled-removed"]


@pytest.mark.parametrize("name", ["subject_number", "screening_number"])
def test_a_number_changed_to_one_that_is_taken_is_refused_in_words(study: Study, name: str) -> None:
    first, second = screened(study), screened(study)
    for patient in (first, second):
        study.enrol(patient, DAY, BY)
    taken = getattr(study.chart(first).patient, name)
    with pytest.raises(TrialError, match=f"The number {taken} is taken by another patient"):
        study.save(second, [Edit("patient", {name: taken}, second)], LATE)
    assert getattr(study.chart(second).patient, name) != taken


def test_whether_a_patient_is_made_up_is_never_changed_in_the_record(study: Study) -> None:
    patient = screened(study)
    for value in (True, False, None):
        with pytest.raises(TrialError, match="“Synthetic patient” follows from the study"):
            study.save(patient, [Edit("patient", {"synthetic": value}, patient)], LATE)
    assert study.chart(patient).patient.synthetic is None


def test_the_patients_of_a_made_up_study_are_marked_as_made_up(tmp_path: Path, clock: FixedClock) -> None:
    path, dalba = tmp_path / "practice.albatrack", find_protocol("dalba")
    Study.create(path, dalba, "042", "Practice", ACCOUNTS, synthetic=True, clock=clock, cost=LEAST_COST)
    with open_as(path, clock) as practice:
        assert practice.chart(screened(practice)).patient.synthetic is True


def test_screening_is_one_transaction(study: Study) -> None:
    patient = Edit("patient", {"screening_number": "S1", "screened": DAY, "sex": "F"})
    with pytest.raises(RejectedError):
        study.screen([patient, Edit("consent", {"version": "4.0"})], BY)
    assert study.patients() == ()


def test_a_patient_is_found_by_either_number(study: Study) -> None:
    patient = screened(study)
    study.enrol(patient, DAY, BY)
    assert study.find("042-001") == study.find(" s042-001 ") == patient
    with pytest.raises(TrialError, match="no patient 999"):
        study.find("999")
