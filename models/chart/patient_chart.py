"""The read model of one patient. Built once from the records, frozen, and shared by window, paper and command line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from models.chart import events, milestones, remission, visits
from models.chart.awaited import Awaited, awaited
from models.domain.partial_dates import PartialDate
from models.protocols.model import Protocol
from models.protocols.schedule import PlannedVisit, Stop, due, study_day
from models.records.disease import Assessment, Disease, Lesion, Relapse
from models.records.flags import Flag
from models.records.kind import Record
from models.records.laboratory import LabRange, LabResult
from models.records.molecular import MrdReplicate, MrdResult, Mutation
from models.records.outcome import Death, Disposition
from models.records.patient import Consent, Identity, Patient
from models.records.safety import AdverseEvent, AeDrug, AeGrade
from models.records.treatment import Exposure, PhaseRun, Transplant
from models.records.visits import Sample, Visit

# What the Today page does not ask for is loaded by the property that needs it: a start would pay for all of it.
if TYPE_CHECKING:
    from models.chart import laboratory, treatment
    from models.chart.gaps import Gap
    from models.domain.derived import Derived
    from models.domain.molecular.alerts import Alert
    from models.domain.molecular.course import Course

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, eq=False, repr=False)
class PatientChart:
    """Everything about one patient on one day.

    `records` holds the patient's records by kind name, withdrawn ones left out, in the order of their date. What the
    rules derive is worked out at the first use and kept; nothing derived is ever stored. `entries` tell of kinds whose
    records were not read only that they are there, and when: of many records of one visit and day, one.
    """

    protocol: Protocol
    today: date
    patient: Patient
    records: Mapping[str, tuple[Record, ...]] = field(repr=False)
    ranges: tuple[LabRange, ...] = field(default=(), repr=False)
    entries: Mapping[str, tuple[visits.Entry, ...]] = field(default_factory=dict, repr=False)

    def of(self, record: type[R]) -> tuple[R, ...]:
        """The records of one kind, oldest first."""
        return cast("tuple[R, ...]", self.records.get(record.kind.name, ()))

    def one(self, record: type[R]) -> R | None:
        """The record of a kind that exists at most once."""
        return next(iter(self.of(record)), None)

    def record(self, kind: str, id_: int) -> Record | None:
        """A record by kind and id."""
        return next((r for r in self.records.get(kind, ()) if r.id == id_), None)

    def answers(self, kind: str) -> visits.Answers:
        """The records of a kind as they answer for visits."""
        return visits.answers_of((*self.entries.get(kind, ()), *map(visits.entry_of, self.records.get(kind, ()))))

    # ---- who and where

    @property
    def label(self) -> str:
        """The number the patient is known by: subject number, or screening number before enrolment."""
        return self.patient.subject_number or self.patient.screening_number

    @cached_property
    def identity(self) -> Identity | None:
        """Who the patient is to the hospital, where it was recorded."""
        return self.one(Identity)

    @cached_property
    def disease(self) -> Disease | None:
        """The leukaemia at baseline."""
        return self.one(Disease)

    @cached_property
    def ikzf1(self) -> "Derived[str]":
        """The IKZF1 class by the protocol's rule, from the raw copy-number calls."""
        from models.domain.genotype import ikzf1_class, taken_together

        calls = taken_together((lesion.gene, lesion.call) for lesion in self.of(Lesion))
        return ikzf1_class(calls, self.protocol.ikzf1_rule)

    # ---- time

    @cached_property
    def day_one(self) -> date | None:
        """The calendar date of study day 1: the first day of the protocol's day-one phase as it really began."""
        for run in self.of(PhaseRun):
            if run.phase == self.protocol.day_one_phase:
                return run.began.full
        return None

    def day(self, when: PartialDate | date | None) -> int | None:
        """The study day of a date (there is no day 0); None before day 1 is known or for a partial date."""
        full = when.full if isinstance(when, PartialDate) else when
        return study_day(full, self.day_one) if full and self.day_one else None

    @cached_property
    def visits(self) -> tuple[PlannedVisit, ...]:
        """Every planned and recorded visit with its window and state, in the order of their dates."""
        return visits.planned(
            self.protocol,
            self.of(Visit),
            self.of(PhaseRun),
            self.of(Consent),
            self.left,
            visits.end_of_treatment(self.of(Disposition)),
            self.today,
        )

    @cached_property
    def due(self) -> tuple[PlannedVisit, ...]:
        """Those of the visits whose window is open or past and of which nothing is recorded."""
        entered = {entry.visit for entry in self.entries.get(Visit.kind.name, ()) if entry.visit}
        return due(
            self.protocol,
            phases_started=visits.started(self.of(PhaseRun)),
            recorded=entered.union(visit.code for visit in self.of(Visit)),
            today=self.today,
            ended=self.left,
            treatment_ended=visits.end_of_treatment(self.of(Disposition)),
        )

    @cached_property
    def left(self) -> Stop | None:
        """That nothing is asked of the patient any more: since which day, and why."""
        return visits.end_of_participation(self.patient, self.of(Disposition), self.of(Death), self.of(Consent))

    @cached_property
    def status(self) -> str:
        """A code of `codelists.PATIENT_STATUS`, worked out from the records."""
        return milestones.status(self)

    @cached_property
    def gaps(self) -> "tuple[Gap, ...]":
        """What must follow from the record and is not there."""
        from models.chart.gaps import gaps

        return gaps(self)

    # ---- molecular response

    @cached_property
    def course(self) -> "Course":
        """The molecular response over time: every result with its classes, the changes, the milestones, the alerts."""
        from models.chart import molecular

        return molecular.course(
            self.protocol,
            self.of(MrdResult),
            self.of(MrdReplicate),
            self.disease.transcript if self.disease else None,
            self.in_remission,
            self.day,
        )

    @cached_property
    def alerts(self) -> "tuple[Alert, ...]":
        """MRD that rose, or a response that was lost, and that nothing later has answered or overtaken."""
        from models.chart import molecular

        left = self.left and (self.left.day.latest or self.today)
        days = [left, *(relapse.found.latest for relapse in self.of(Relapse))]
        return molecular.standing_alerts(self.course, max((day for day in days if day), default=None))

    @cached_property
    def remission_days(self) -> tuple[date, ...]:
        """The days on which the investigator's assessments found a haematologic remission."""
        return remission.remission_days(self.of(Assessment))

    @cached_property
    def in_remission_since(self) -> date | None:
        """The first day of complete haematologic remission, by the investigator's assessments."""
        return min(self.remission_days, default=None)

    def in_remission(self, day: date) -> bool | None:
        """Whether the patient was in haematologic remission on that day; None where it is not known."""
        return remission.in_remission(self.remission_days, self.of(Relapse), day)

    @cached_property
    def mutations(self) -> tuple[Mutation, ...]:
        """ABL1 mutation tests, oldest first."""
        return self.of(Mutation)

    # ---- safety, treatment, laboratory

    @cached_property
    def events(self) -> tuple[events.EventView, ...]:
        """Adverse events with their grade history, per-drug judgement and reporting clock, oldest first."""
        return events.views(self.protocol, self.of(AdverseEvent), self.of(AeGrade), self.of(AeDrug))

    @cached_property
    def labs(self) -> "tuple[laboratory.LabView, ...]":
        """Laboratory values with the range that applied and the proposed CTCAE grade, oldest first."""
        from models.chart import laboratory

        return laboratory.views(
            self.protocol.ctcae_version, self.patient.sex, self.of(LabResult), self.ranges, self.day_one
        )

    @cached_property
    def doses(self) -> "tuple[treatment.DrugCourse, ...]":
        """Per drug of the protocol: the dose intervals as given, intensity, interruptions, infusion days."""
        from models.chart import treatment

        return treatment.courses(self.protocol, self.of(Exposure), self.of(PhaseRun), self.patient.age, self.today)

    @cached_property
    def milestones(self) -> tuple[milestones.Milestone, ...]:
        """Consent, remission, first molecular response, transplant, relapse, death ... with dates and days."""
        return milestones.of_chart(self)

    @cached_property
    def transplant(self) -> Transplant | None:
        """The first transplant."""
        return self.one(Transplant)

    @cached_property
    def awaited(self) -> tuple[Awaited, ...]:
        """Samples sent, and mutation tests asked for, whose result has not come back."""
        return awaited(self.of(Sample), self.of(MrdResult), self.of(Mutation))

    @cached_property
    def flags(self) -> tuple[Flag, ...]:
        """Doubtful values and questions that nobody has settled yet."""
        return tuple(f for f in self.of(Flag) if f.settled is None)
