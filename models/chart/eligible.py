"""The protocol's criteria held against the answers of one patient."""

from typing import TYPE_CHECKING

from models.protocols.eligibility import Answer, Eligibility, EligibilityResult, eligibility
from models.records.patient import EligibilityAnswer

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart
    from models.domain.derived import Derived


def judged(chart: "PatientChart") -> "Derived[EligibilityResult]":
    """What the stored answers come to."""
    answers = (Answer(a.criterion, a.answer, a.value, a.comment or "") for a in chart.of(EligibilityAnswer))
    return eligibility(chart.protocol, answers)


def enrolled_against_criteria(chart: "PatientChart") -> str:
    """Which criteria a patient who was enrolled does not satisfy, as a sentence; "" where that is not so.

    A deviation of the trial (ICH E6, 4.5): eligibility is what the sponsor and the ethics committee agreed to.
    """
    if not chart.patient.enrolled:
        return ""
    result = judged(chart)
    return result.reason if result.value.status is Eligibility.NOT_ELIGIBLE else ""
