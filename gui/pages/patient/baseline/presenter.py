"""What the Baseline tab works out from the chart."""

from dataclasses import dataclass

from models.chart.patient_chart import PatientChart
from models.domain.codelists import ELIGIBILITY_ANSWER, RESPONSE
from models.domain.derived import Derived
from models.domain.notation import Desk, write_quantity
from models.domain.remission import proposed_response
from models.domain.sentence import write_sentence
from models.protocols.eligibility import Eligibility, EligibilityResult, Outcome
from models.records.disease import Assessment, Lesion
from models.records.patient import EligibilityAnswer

OUTCOME_TONES = {
    Outcome.SATISFIED: "good",
    Outcome.WAIVED: "due",
    Outcome.OPEN: "due",
    Outcome.FAILED: "urgent",
}
STATUS_TONES = {Eligibility.ELIGIBLE: "good", Eligibility.INCOMPLETE: "due", Eligibility.NOT_ELIGIBLE: "urgent"}


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion with its answer. `record` is the id of the answer, 0 where there is none yet."""

    code: str
    sort: str
    text: str
    answer: str
    value: str
    outcome: str
    tone: str
    reason: str
    record: int


def criterion_lines(chart: PatientChart, result: EligibilityResult, desk: Desk) -> tuple[CriterionLine, ...]:
    """Every criterion in the protocol's order."""
    given = {answer.criterion: answer for answer in chart.of(EligibilityAnswer)}
    lines = []
    for verdict in result.verdicts:
        criterion, answer = verdict.criterion, given.get(verdict.criterion.code)
        lines.append(
            CriterionLine(
                code=criterion.code,
                sort="Exclusion" if criterion.exclusion else "Inclusion",
                text=criterion.text,
                answer=ELIGIBILITY_ANSWER.label(answer.answer) if answer else "",
                value=write_quantity(answer.value, desk) if answer and answer.value else "",
                outcome=verdict.outcome.value,
                tone=OUTCOME_TONES[verdict.outcome],
                reason=write_sentence(verdict.reason, desk),
                record=answer.id if answer else 0,
            )
        )
    return tuple(lines)


def by_numbers(assessment: Assessment) -> Derived[str | None]:
    """The response that the numbers of an assessment point to."""
    return proposed_response(
        assessment.marrow_blasts,
        blood_blasts=assessment.blood_blasts,
        extramedullary=assessment.extramedullary,
        neutrophils=assessment.neutrophils,
        platelets=assessment.platelets,
    )


def by_numbers_words(assessment: Assessment) -> str:
    """That response in words, and that it differs where another one was recorded."""
    proposed = by_numbers(assessment).value
    if proposed is None:
        return "cannot be told"
    words = RESPONSE.label(proposed)
    relapsed = proposed == "NR" and assessment.response == "RELAPSE"
    differs = assessment.response not in (None, proposed) and not relapsed
    return f"{words} (differs)" if differs else words


def lesion_remark(chart: PatientChart) -> str:
    """The IKZF1 class, or that there are no calls yet."""
    return chart.ikzf1.value if chart.of(Lesion) else "no calls yet"
