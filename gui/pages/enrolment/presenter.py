"""How far a screening is. Pure: chart -> answers, verdict, steps done."""

from dataclasses import dataclass

from models.chart.eligible import judged
from models.chart.patient_chart import PatientChart
from models.domain.age import whole_years
from models.domain.partial_dates import PartialDate
from models.protocols.eligibility import Eligibility, Outcome
from models.protocols.model import Phase, Protocol
from models.records.patient import Consent
from models.records.treatment import PhaseRun

STEPS = ("Person and consent", "Eligibility", "Baseline", "Enrolment and day 1")
"""The steps in order."""

OUTCOME_TONES = {
    Outcome.SATISFIED: "good",
    Outcome.WAIVED: "due",
    Outcome.OPEN: "neutral",
    Outcome.FAILED: "urgent",
}
STATUS_TONES = {Eligibility.ELIGIBLE: "good", Eligibility.NOT_ELIGIBLE: "urgent", Eligibility.INCOMPLETE: "neutral"}


@dataclass(frozen=True, slots=True)
class Progress:
    """Which steps are done (a word each, "" for one that is not), which of them went wrong, and where to go on."""

    words: tuple[str, ...]
    failed: tuple[bool, ...]
    current: int


def progress(chart: PatientChart | None) -> Progress:
    """How far the steps are."""
    if chart is None:
        return Progress(("",) * len(STEPS), (False,) * len(STEPS), 0)
    status = judged(chart).value.status
    words = (
        "consent signed" if chart.of(Consent) else "",
        "" if status is Eligibility.INCOMPLETE else status.value,
        "recorded" if chart.disease else "",
        "enrolled" if chart.patient.enrolled else "",
    )
    failed = (False, status is Eligibility.NOT_ELIGIBLE, False, False)
    return Progress(words, failed, next((number for number, word in enumerate(words) if not word), len(STEPS) - 1))


def first_phases(protocol: Protocol) -> tuple[Phase, ...]:
    """The phases up to the one whose first day is study day 1."""
    codes = [phase.code for phase in protocol.phases]
    last = codes.index(protocol.day_one_phase) if protocol.day_one_phase in codes else 0
    return tuple(protocol.phases[: last + 1])


def begun(chart: PatientChart) -> dict[str, PartialDate]:
    """The phases that have begun."""
    return {run.phase: run.began for run in chart.of(PhaseRun)}


def age_on(born: object, day: object) -> int | None:
    """Whole years on a day; None where either date is not fully known or they are the wrong way round."""
    first = born.full if isinstance(born, PartialDate) else None
    last = day.full if isinstance(day, PartialDate) else None
    if first is None or last is None or last < first:
        return None
    return whole_years(first, last)
