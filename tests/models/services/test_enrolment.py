"""From screening to enrolment."""

import pytest

from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.findings import RejectedError
from models.domain.partial_dates import PartialDate
from models.study import Edit, Study
from tests.study_fixtures import BY

DAY = PartialDate(2026, 2, 3)


def screened(study: Study, number: str = "") -> int:
    values = {"screening_number": number or study.next_screening_number(), "screened": DAY, "sex": "M"}
    patient = study.screen([Edit("patient", values), Edit("consent", {"version": "4.0", "signed": DAY})], BY).patient
    assert patient is not None
    return patient


def test_numbers_run_on_and_carry_the_site(study: Study) -> None:
    first, second = screened(study), screened(study)
    study.enrol(second, DAY, BY)
    study.enrol(first, DAY, BY)
    assert [p.subject_number for p in study.patients()] == ["042-002", "042-001"]
    assert [p.screening_number for p in study.patients()] == ["S042-001", "S042-002"]


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


def test_a_screen_failure_is_not_enrolled(study: Study) -> None:
    patient = screened(study)
    study.fail_screening(patient, DAY, "Withdrew", BY)
    with pytest.raises(RejectedError, match="cannot be enrolled"):
        study.enrol(patient, DAY, BY)


def test_enrolment_before_consent_is_impossible(study: Study) -> None:
    patient = screened(study)
    with pytest.raises(RejectedError, match="before the consent"):
        study.enrol(patient, PartialDate(2026, 1, 1), Context("C. Rossi", "Late paper"))


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
