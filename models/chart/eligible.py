"""The protocol's criteria held against the answers of one patient."""

from typing import TYPE_CHECKING

from models.domain.sentence import Sentence
from models.protocols.eligibility import Answer, Eligibility, EligibilityResult, eligibility
from models.records.patient import EligibilityAnswer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.chart.patient_chart import PatientChart
    from models.domain.derived import Derived
    from models.protocols.model import Protocol


def judged(chart: "PatientChart") -> "Derived[EligibilityResult]":
    """What the stored answers come to."""
    return judged_answers(chart.protocol, chart.of(EligibilityAnswer))


def judged_answers(protocol: "Protocol", answers: "Iterable[EligibilityAnswer]") -> "Derived[EligibilityResult]":
    """The same of answers in any order: of two to one criterion the one that was recorded last counts."""
    recorded = sorted(answers, key=lambda answer: answer.id)
    return eligibility(protocol, (Answer(a.criterion, a.answer, a.value, a.comment or "") for a in recorded))


def enrolled_against_criteria(chart: "PatientChart") -> Sentence:
    """Which criteria a patient who was enrolled does not satisfy, as a sentence; "" where that is not so.

    A deviation of the trial (ICH E6, 4.5): eligibility is what the sponsor and the ethics committee agreed to.
    """
    if not chart.patient.enrolled:
        return ""
    result = judged(chart)
    return result.reason if result.value.status is Eligibility.NOT_ELIGIBLE else ""
