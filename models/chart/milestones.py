"""The days that make a patient's story: consent, remission, molecular response, transplant, relapse, death."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from models.chart.remission import REMISSION
from models.domain.capitals import upper_first
from models.domain.partial_dates import PartialDate
from models.records.disease import Assessment, Relapse
from models.records.outcome import Death, Disposition
from models.records.patient import Consent
from models.records.treatment import PhaseRun, Transplant

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart

GONE = ("DEAD", "OFF STUDY", "SCREEN FAILURE")
"""Status of those of whom no visit and no MRD is asked any more."""


class Milestone(NamedTuple):
    """A named day, and the record it comes from (so that a click opens it)."""

    code: str
    label: str
    date: PartialDate
    day: int | None
    kind: str
    record_id: int


def status(chart: "PatientChart") -> str:
    """A code of `codelists.PATIENT_STATUS`: where the patient stands today."""
    if chart.of(Death):
        return "DEAD"
    if chart.patient.screen_failure:
        return "SCREEN FAILURE"
    if any(d.event != "END OF TREATMENT" for d in chart.of(Disposition)):
        return "OFF STUDY"
    if not chart.patient.enrolled:
        return "SCREENING"
    treatment = {p.code for p in chart.protocol.phases if p.treatment}
    runs = chart.of(PhaseRun)
    if not any(run.phase in treatment for run in runs):
        return "ENROLLED"
    if any(run.phase not in treatment for run in runs) or chart.of(Disposition):
        return "FOLLOW-UP"
    return "ON TREATMENT"


def of_chart(chart: "PatientChart") -> tuple[Milestone, ...]:
    """Every milestone reached, in the order of its day."""
    found: list[Milestone] = []

    def add(code: str, label: str, when: PartialDate | None, kind: str, record_id: int) -> None:
        if when is not None and when.earliest is not None:
            found.append(Milestone(code, label, when, chart.day(when), kind, record_id))

    for consent in [c for c in chart.of(Consent) if c.signed.earliest][:1]:
        add("consent", "Consent", consent.signed, "consent", consent.id)
    add("enrolled", "Enrolled", chart.patient.enrolled, "patient", chart.patient.id)
    for assessment in [a for a in chart.of(Assessment) if a.response in REMISSION and a.assessed.earliest][:1]:
        add("remission", "Haematologic remission", assessment.assessed, "assessment", assessment.id)
    for reached in chart.course.milestones:
        if reached.specimen == chart.protocol.mrd.specimen:
            when = PartialDate.from_date(reached.reached.value)
            label = upper_first(reached.kind)
            add(
                reached.kind,
                f"{label}, {reached.confirmation}" if reached.confirmation else label,
                when,
                "mrd",
                int(reached.samples[0]),
            )
    for test in [m for m in chart.mutations if m.result == "FOUND"]:
        add("mutation", f"ABL1 {test.variant or 'mutation'} found", test.collected, "mutation", test.id)
    for transplant in chart.of(Transplant):
        add("transplant", "Transplant", transplant.done, "transplant", transplant.id)
    for relapse in chart.of(Relapse):
        sites = Relapse.kind.fields["sites"].codelist
        words = ", ".join(sites.label(s).lower() for s in relapse.sites or ()) if sites else ""
        add("relapse", f"Relapse ({words})" if words else "Relapse", relapse.found, "relapse", relapse.id)
    for end in chart.of(Disposition):
        events = Disposition.kind.fields["event"].codelist
        add("disposition", events.label(end.event) if events else end.event, end.date, "disposition", end.id)
    for death in chart.of(Death):
        add("death", "Death", death.date, "death", death.id)
    return tuple(sorted(found, key=lambda m: m.date.earliest or date.max))
