"""Who may enter the trial, asked when the day of enrolment is first entered."""

from collections.abc import Mapping, Sequence
from typing import Any

from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records.patient import Consent, EligibilityAnswer, Patient
from tests.models.checks.asking import DALBA, ON, rules

EARLIER = PartialDate(2026, 2, 20)
PATIENT: Mapping[str, Any] = {
    "screening_number": "S1", "subject_number": "1", "screened": ON, "sex": "F", "age": 40, "enrolled": ON,
}  # fmt: skip


def enrolling(known: Mapping[str, Sequence[Any]], **values: Any) -> set[str]:
    answers = [
        EligibilityAnswer(
            id=number,
            criterion=one.code,
            answer="NO" if one.exclusion else "YES",
            value=Quantity(one.limit, one.unit) if one.limit is not None else None,
        )
        for number, one in enumerate(DALBA.criteria, start=1)
    ]
    return rules("patient", {**PATIENT, **values}, known={"eligibility": answers, **known}, consented=ON)


def test_a_withdrawn_consent_is_doubted_unless_a_later_one_stands() -> None:
    gone = Consent(id=1, version="4.0", signed=EARLIER, withdrawn=ON)
    assert enrolling({"consent": (gone,)}) == {"patient.consent-withdrawn"}
    assert enrolling({"consent": (gone, Consent(id=2, version="4.0", signed=ON))}) == set()


def test_a_consent_withdrawn_on_a_day_not_known_is_doubted_and_one_not_withdrawn_stands() -> None:
    def withdrawn(day: str) -> Consent:
        return Consent(id=1, version="4.0", signed=EARLIER, withdrawn=PartialDate.from_iso(day))

    assert enrolling({"consent": (withdrawn("UNK"),)}) == {"patient.consent-withdrawn"}
    assert enrolling({"consent": (withdrawn("ND"),)}) == set()


def test_an_earlier_version_of_the_consent_does_not_outlive_the_withdrawal() -> None:
    first = Consent(id=1, version="3.0", signed=PartialDate(2026, 1, 5))
    gone = Consent(id=2, version="4.0", signed=EARLIER, withdrawn=ON)
    later = Consent(id=3, version="4.0", signed=PartialDate(2026, 3, 9))
    assert enrolling({"consent": (first, gone)}) == {"patient.consent-withdrawn"}
    assert enrolling({"consent": (first, gone, later)}) == {"patient.consent-withdrawn"}


def test_the_age_of_the_protocol_is_asked_of_the_birth_where_no_age_is_recorded() -> None:
    born = {"age": None}
    assert enrolling({}, **born) == set()
    assert "patient.age-limit" in rules("patient", {**PATIENT, **born}, born=PartialDate(2010), consented=ON)
    assert "patient.age-limit" not in rules("patient", {**PATIENT, **born}, born=PartialDate(2008), consented=ON)


def test_who_is_enrolled_is_not_asked_about_the_enrolment_again() -> None:
    stored = Patient(id=1, **{**PATIENT})
    assert enrolling({"patient": (stored,), "eligibility": ()}) == set()


def test_a_day_of_enrolment_that_is_corrected_is_held_against_the_consents_anew() -> None:
    stored = Patient(id=1, **{**PATIENT})
    gone = Consent(id=1, version="4.0", signed=EARLIER, withdrawn=ON)
    known = {"patient": (stored,), "consent": (gone,)}
    assert enrolling(known) == set()
    assert enrolling(known, enrolled=PartialDate(2026, 3, 2)) == {"patient.consent-withdrawn"}


def test_an_age_corrected_after_enrolment_is_held_against_the_protocol() -> None:
    stored = Patient(id=1, **{**PATIENT})
    assert enrolling({"patient": (stored,), "eligibility": ()}, age=15) == {"patient.age-limit"}
