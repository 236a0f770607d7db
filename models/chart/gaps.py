"""What must follow from the record and is not there: without it a patient drops out of the plan, or stays in it.

So does the ABL1 mutation test of a haematologic relapse: once the patient is treated again it cannot be made up for.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from models.chart.milestones import GONE
from models.chart.visits import Entry, consent_withdrawn
from models.domain.sentence import Sentence, on_day
from models.protocols.schedule import passed_over
from models.records.disease import Relapse
from models.records.molecular import Mutation
from models.records.outcome import Disposition
from models.records.patient import Consent
from models.records.treatment import Exposure, PhaseRun, Transplant
from models.records.visits import Visit

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart

_MARROW = "MARROW"
"""The site of a haematologic relapse: a code of `codelists.RELAPSE_SITE`."""


class Gap(NamedTuple):
    """One thing to enter: a new record of `kind`, or with `record_id` the one to be completed."""

    said: Sentence
    kind: str
    record_id: int = 0


def gaps(chart: "PatientChart") -> tuple[Gap, ...]:
    """What is missing of one patient; nothing of who died or left the study."""
    return () if chart.status in GONE else (*of_plan(chart), *unended_infusion(chart), *untested_relapse(chart))


def of_plan(chart: "PatientChart") -> tuple[Gap, ...]:
    """What is missing for the plan; a chart that was read for the plan alone knows of no mutation test."""
    if chart.status in GONE:
        return ()
    return (*_participation(chart), *_treatment(chart), *_phases(chart))


def untested_relapse(chart: "PatientChart") -> Iterator[Gap]:
    """The last haematologic relapse, where the protocol asks for an ABL1 mutation test then and none follows it.

    A test whose result is awaited follows it, and so does one of which nobody can tell, or which was not done.
    """
    relapses = [relapse for relapse in chart.of(Relapse) if _MARROW in (relapse.sites or ())]
    if not relapses or not chart.protocol.mrd.mutation_test_at_relapse:
        return
    found = relapses[-1].found
    asked = (each.sent for each in chart.awaited if each.purpose == "MUTATION")
    if all(day is not None and day.before(found) for day in (*(test.collected for test in chart.mutations), *asked)):
        ask = ": ask for an ABL1 mutation test and enter it, with the day “not done” if there is none."
        yield Gap(("Relapse in marrow or blood", on_day(found), ask), Mutation.kind.name)


def unended_infusion(chart: "PatientChart") -> Iterator[Gap]:
    """An infusion that goes on although more days of it are delivered than a cycle has: its end was not entered."""
    for course in chart.doses:
        last = course.phases[-1] if course.phases else None
        days = last.days.value if last and last.days else None
        if last and days and course.current and course.current.ended is None and days.delivered > days.planned:
            running = f"{last.phase.label}: the infusion is still running, on day {days.delivered} of {days.planned}"
            yield Gap(f"{running}. Enter its last day.", Exposure.kind.name, course.current.id)


def _participation(chart: "PatientChart") -> Iterator[Gap]:
    if stop := consent_withdrawn(chart.of(Consent)):
        said = ("Consent was withdrawn", on_day(stop.day), ": record how the participation ended.")
        yield Gap(said, Disposition.kind.name)


def _treatment(chart: "PatientChart") -> Iterator[Gap]:
    runs = chart.of(PhaseRun)
    if chart.status == "ON TREATMENT":
        for what, day in (
            *(("Relapse", relapse.found) for relapse in chart.of(Relapse)),
            *(("Transplant", transplant.done) for transplant in chart.of(Transplant)),
        ):
            since = day.earliest
            if since and not any((began := run.began.latest) and began >= since for run in runs):
                said = (what, on_day(day), ": record the end of protocol treatment, or the phase that follows.")
                yield Gap(said, Disposition.kind.name)
    for end in chart.of(Disposition):
        after = [phase for phase in chart.protocol.phases if not phase.treatment]
        if end.event == "END OF TREATMENT" and after and not any(run.phase == after[0].code for run in runs):
            none = f": {after[0].label} has no beginning, so no visit of it can be planned."
            yield Gap(("Protocol treatment ended", on_day(end.date), none), PhaseRun.kind.name)


def _phases(chart: "PatientChart") -> Iterator[Gap]:
    runs = chart.of(PhaseRun)
    for run in runs:
        phase = chart.protocol.phase(run.phase)
        if phase and run.began.full is None and any(v.anchor == phase.code for v in chart.protocol.visits):
            said = (f"{phase.label} began", on_day(run.began), ": without the day no visit of it can be planned.")
            yield Gap(said, PhaseRun.kind.name, run.id)
    begun = {run.phase for run in runs}
    later = [phase for phase in chart.protocol.phases if phase.treatment and phase.code in begun]
    for phase in passed_over(chart.protocol, begun):
        first = next((visit for visit in chart.protocol.visits if visit.starts_phase == phase.code), None)
        if phase.optional or (first and first.code in _not_taken_place(chart)):
            continue
        how = f": enter it, or the visit “{first.label}” as skipped, with the reason." if first else "."
        yield Gap(f"{later[-1].label} began, but {phase.label} has no beginning{how}", PhaseRun.kind.name)


def _not_taken_place(chart: "PatientChart") -> set[str]:
    """The codes of the visits of which the record says that they did not take place."""
    known = [*chart.entries.get(Visit.kind.name, ()), *(Entry(v.code, status=v.status) for v in chart.of(Visit))]
    return {entry.visit for entry in known if entry.visit and entry.status in ("MISSED", "SKIPPED")}
