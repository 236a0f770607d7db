"""One patient as the cohort counts it: small, taken once from the chart, which can then be forgotten."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING

from models.chart.life import SHOWS_LIFE, seen_alive
from models.chart.remission import REMISSION
from models.cohort import completeness, courses, diagnosis, doses, flow, levels, mutations, toxicity
from models.cohort.landmarks import Landmark, landmarks, samples_by_visit
from models.cohort.relapse import relapses
from models.cohort.sustained import Sustained, sustained
from models.cohort.who import When, Who, on
from models.domain.molecular.milestones import (
    CONFIRMED,
    FIRST_RESPONSE,
    MOLECULAR_RELAPSE,
)
from models.domain.molecular.terms import LOSS_OF_RESPONSE
from models.domain.partial_dates import PartialDate, Special
from models.records.disease import Assessment, Relapse
from models.records.molecular import MrdResult
from models.records.outcome import Death
from models.records.treatment import Exposure, PhaseRun, Transplant

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart
    from models.domain.molecular.milestones import Milestone


SHOWN_ALIVE_BY = (
    "contact, visit that took place, response assessment, sample, mutation test, relapse, transplant, lumbar puncture,"
    " beginning of a phase, dose given, beginning of a medication or of an adverse event"
)
"""The records by whose day a patient is known to have been alive, in words."""


@dataclass(frozen=True, slots=True)
class Member:
    """What every analysis needs of one patient. Days are calendar days; None is a thing that is not recorded.

    `losses` and `molecular_relapses` are each on its day, with whether the next sample confirmed it. `relapse_sites`
    (of the first relapse) and `death_cause` are codes. `landmarks` are by the code of their visit. `last_alive` is the
    last day on which a record of `SHOWN_ALIVE_BY` shows the patient alive. `undated` are the kinds of record,
    "assessment" of a remission and "transplant", that are there on a day nobody knows. `begun` are the codes of all
    phases that began, `phases` those of which a day is known.
    """

    who: Who
    sex: str
    age: int | None
    transcript: str | None
    ikzf1: str
    status: str
    diagnosis: diagnosis.AtDiagnosis
    today: date
    screened: When | None
    enrolled: When | None
    day_one: When | None
    remission: When | None
    response: When | None
    losses: tuple[tuple[When, bool], ...]
    molecular_relapses: tuple[tuple[When, bool], ...]
    relapse: When | None
    relapse_sites: tuple[str, ...]
    death: When | None
    death_cause: str | None
    transplant: When | None
    last_alive: When | None
    last_assessment: When | None
    last_mrd: When | None
    undated: frozenset[str]
    landmarks: Mapping[str, Landmark]
    sustained: Sustained
    levels: tuple[levels.Level, ...]
    begun: frozenset[str]
    phases: tuple[courses.Span, ...]
    ends: tuple[flow.End, ...]
    events: tuple[toxicity.Event, ...]
    doses: tuple[doses.Given, ...]
    mutations: tuple[mutations.Found, ...]
    forms: tuple[completeness.VisitForms, ...]

    @property
    def remitted(self) -> bool:
        """Whether a haematologic remission is recorded, whatever is known of its day."""
        return self.remission is not None or "assessment" in self.undated

    @property
    def transplanted(self) -> bool:
        """Whether a transplant is recorded, whatever is known of its day."""
        return self.transplant is not None or "transplant" in self.undated

    def landmark(self, visit: str) -> Landmark | None:
        """The patient at one landmark of the protocol."""
        return self.landmarks.get(visit)


def member(chart: "PatientChart", *, forms: bool) -> Member:
    """Take from a chart what the cohort counts; the chart is as of the day of the count.

    `forms` is whether the chart holds every kind of record, so that what is missing of a visit can be told.
    """
    patient = chart.patient
    reached = [m for m in chart.course.milestones if m.specimen == chart.protocol.mrd.specimen]
    samples = samples_by_visit(chart)
    alive = _last_alive(chart)
    death = _death(chart, alive)
    relapsed = relapses(chart, death.day if death else None)
    at_landmarks = landmarks(chart, samples, relapsed)
    return Member(
        who=Who(patient.id, chart.label),
        sex=patient.sex,
        age=patient.age,
        transcript=chart.disease.transcript if chart.disease else None,
        ikzf1=chart.ikzf1.value,
        status=chart.status,
        diagnosis=diagnosis.of_chart(chart),
        today=chart.today,
        screened=on(patient.screened, "patient", patient.id),
        enrolled=on(patient.enrolled, "patient", patient.id),
        day_one=_day_one(chart),
        remission=_first(on(a.assessed, "assessment", a.id) for a in chart.of(Assessment) if a.response in REMISSION),
        response=_first(_reached(m) for m in reached if m.kind == FIRST_RESPONSE),
        losses=_confirmable(reached, LOSS_OF_RESPONSE),
        molecular_relapses=_confirmable(reached, MOLECULAR_RELAPSE),
        relapse=relapsed[0] if relapsed else None,
        relapse_sites=_sites(chart, relapsed),
        death=death,
        death_cause=next((d.cause for d in chart.of(Death)), None),
        transplant=_first(on(t.done, "transplant", t.id) for t in chart.of(Transplant)),
        last_alive=alive,
        last_assessment=_last(on(a.assessed, "assessment", a.id) for a in chart.of(Assessment) if a.response),
        last_mrd=_last(
            on(r.collected, "mrd", r.id)
            for r in chart.of(MrdResult)
            if r.specimen == chart.protocol.mrd.specimen and r.collected.full  # else it is no part of the course either
        ),
        undated=_undated(chart),
        landmarks={landmark.visit: landmark for landmark in at_landmarks},
        sustained=sustained(chart, at_landmarks, relapsed),
        levels=levels.of_chart(chart, samples),
        begun=_begun(chart),
        phases=courses.of_chart(chart),
        ends=flow.of_chart(chart),
        events=toxicity.of_chart(chart),
        doses=doses.of_chart(chart),
        mutations=mutations.of_chart(chart),
        forms=completeness.of_chart(chart) if forms else (),
    )


def _first(days: Iterable[When | None]) -> When | None:
    return min((day for day in days if day), key=lambda when: when.day, default=None)


def _last(days: Iterable[When | None]) -> When | None:
    return max((day for day in days if day), key=lambda when: when.day, default=None)


def _reached(milestone: "Milestone") -> When:
    return When(milestone.reached.value, True, "mrd", int(milestone.samples[0]))


def _confirmable(reached: Iterable["Milestone"], kind: str) -> tuple[tuple[When, bool], ...]:
    return tuple((_reached(m), m.confirmation == CONFIRMED) for m in reached if m.kind == kind)


def _day_one(chart: "PatientChart") -> When | None:
    """Study day 1 as the chart has it: a phase whose first day is not fully known has none."""
    if chart.day_one is None:
        return None
    run = next(run for run in chart.of(PhaseRun) if run.phase == chart.protocol.day_one_phase)
    return on(PartialDate.from_date(chart.day_one), "phase", run.id)


def _begun(chart: "PatientChart") -> frozenset[str]:
    """The phases that began, whatever is known of the day."""
    return frozenset(run.phase for run in chart.of(PhaseRun) if run.began.special is not Special.NOT_DONE)


def _undated(chart: "PatientChart") -> frozenset[str]:
    remissions = [a.assessed for a in chart.of(Assessment) if a.response in REMISSION]
    days = {"assessment": remissions, "transplant": [t.done for t in chart.of(Transplant)]}
    return frozenset(kind for kind, found in days.items() if any(day.earliest is None for day in found))


def _last_alive(chart: "PatientChart") -> When | None:
    """The latest day on which any record shows the patient alive; of a dose also its last day, unless that lies ahead.

    Laboratory values and vital signs are not read for the cohort.
    """
    days = [
        (first, day, kind, record.id)
        for kind in SHOWS_LIFE
        for record in chart.records.get(kind, ())
        if (day := seen_alive(record)) and (first := day.earliest)
    ]
    days += [
        (first, dose.ended, "exposure", dose.id)
        for dose in chart.of(Exposure)
        if seen_alive(dose) and dose.ended and (dose.ended.latest or date.max) <= chart.today
        if (first := dose.ended.earliest)
    ]
    if not days:
        return None
    _, when, kind, record_id = max(days, key=itemgetter(0))
    return on(when, kind, record_id)


def _sites(chart: "PatientChart", relapsed: Sequence[When]) -> tuple[str, ...]:
    """The sites of the first relapse: all that were found on its day."""
    first = {when.record_id for when in relapsed if when.day == relapsed[0].day}
    return tuple(dict.fromkeys(site for r in chart.of(Relapse) if r.id in first for site in r.sites or ()))


def _death(chart: "PatientChart", alive: When | None) -> When | None:
    """The day of death. Of one that is not fully known, or not at all, the last day alive is the first it can be.

    Where nothing shows the patient alive, that is the day of enrolment.
    """
    death = chart.one(Death)
    if death is None:
        return None
    when = on(death.date, "death", death.id)
    if when is None:
        known = alive.day if alive else (chart.patient.enrolled or chart.patient.screened).earliest
        return When(known, False, "death", death.id) if known else None
    return when if when.exact or alive is None or alive.day <= when.day else when._replace(day=alive.day)
