"""A clinical cut-off: the chart as of a day, without anything that happened after it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from models.chart.life import SHOWS_LIFE, seen_alive
from models.chart.patient_chart import PatientChart
from models.cohort.relapse import relapses
from models.domain.fields import FieldType
from models.domain.partial_dates import PartialDate
from models.records.disease import Relapse
from models.records.kind import KINDS, Record
from models.records.outcome import Death
from models.records.patient import Patient
from models.records.visits import Visit

HAPPENED = ("collected", "began", "date", "assessed", "measured", "done", "found", "signed", "since", "diagnosed")
"""The fields that say when a record's own matter happened: the first one that a record carries decides about it."""

_GOES_ON: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "adverse_event": {"ended": None, "ongoing": True, "outcome": None},
        "history": {"ended": None, "ongoing": True},
        "medication": {"ended": None, "ongoing": True},
        "phase": {"ended": None, "end_reason": None},
        "exposure": {"ended": None},
    }
)
"""What a record says of something that had begun by the day and ended after it."""
_LATER: Mapping[str, tuple[str, ...]] = MappingProxyType({"consent": ("withdrawn",), "transplant": ("engrafted",)})
"""Further things of a record that may have happened after the day."""


def as_of(chart: PatientChart, until: date) -> PatientChart | None:
    """The chart as it stood on `until`, clinically: None for somebody screened later.

    What is dated later is left out, what ended later goes on, and the day is today. A result belongs to the day on
    which its sample was taken, whenever it was reported. A date that is not fully known lies after `until` only if all
    of it does; of a death also where a record shows the patient alive after `until`, and of a relapse where one shows
    remission on that day or after it. A visit that did not take place
    belongs to the day on which its window ended. Other records without any date stay. The end of follow-up is cut with
    the records that show it.
    """
    if until >= chart.today:
        return chart
    if _after(chart.patient.screened, until):
        return None
    gone: dict[str, set[int]] = {}
    records: dict[str, tuple[Record, ...]] = {}
    for name in sorted(chart.records, key=lambda kind: bool(KINDS[kind].parent)):
        kept = _kept(name, chart.records[name], until, gone.get(KINDS[name].parent, set()))
        if name == Visit.kind.name:
            ended = _windows_ended(chart)
            kept = tuple(visit for visit in kept if ended.get(visit.id, until) <= until)
        elif name == Death.kind.name and _alive_after(chart, until):
            kept = tuple(death for death in kept if isinstance(death, Death) and death.date.full)
        elif name == Relapse.kind.name:
            later = {when.record_id for when in relapses(chart, None) if when.day > until}
            kept = tuple(relapse for relapse in kept if relapse.id not in later)
        gone[name] = {record.id for record in chart.records[name]} - {record.id for record in kept}
        records[name] = kept
    entries = {
        kind: tuple(entry for entry in all_of_kind if not _after(entry.date, until))
        for kind, all_of_kind in chart.entries.items()
    }
    return replace(chart, today=until, patient=_patient(chart.patient, until), records=records, entries=entries)


def _kept(name: str, records: tuple[Record, ...], until: date, parents_gone: set[int]) -> tuple[Record, ...]:
    fields, trim = _dated(name), _trimmer(name)
    return tuple(
        trim(record, until)
        for record in records
        if record.parent not in parents_gone and not _after(_happened(record, fields), until)
    )


def _windows_ended(chart: PatientChart) -> Mapping[int, date]:
    """The day by which each visit that did not take place, and carries no date, was due at last, by its record.

    The end of its window; where it has none, because its phase never began, that of the last visit planned before it.
    """
    planned = {visit.code: visit for visit in chart.visits if visit.plan}
    ended: dict[int, date] = {}
    last = None
    for plan in chart.protocol.visits:
        visit = planned[plan.code]
        last = visit.closes or last
        if last:
            ended.update((a.key, last) for a in visit.actual if a.status != "DONE" and a.date is None)
    return ended


def _alive_after(chart: PatientChart, until: date) -> bool:
    """Whether a record shows the patient alive after the day."""
    return any(_after(seen_alive(record), until) for kind in SHOWS_LIFE for record in chart.records.get(kind, ()))


@cache
def _dated(kind: str) -> tuple[str, ...]:
    """The date fields of a kind that say when it happened, the most telling first."""
    fields = KINDS[kind].fields
    return tuple(name for name in HAPPENED if name in fields and fields[name].type is FieldType.DATE)


def _happened(record: Record, fields: tuple[str, ...]) -> PartialDate | None:
    return next((value for name in fields if (value := getattr(record, name)) is not None), None)


@cache
def _trimmer(kind: str) -> Callable[[Record, date], Record]:
    """What takes out of a record of this kind whatever happened after a day."""
    goes_on, later = _GOES_ON.get(kind), _LATER.get(kind, ())

    def trim(record: Record, until: date) -> Record:
        values: dict[str, Any] = {}
        if goes_on and _after(getattr(record, "ended", None), until):
            values.update(goes_on)
        values.update({name: None for name in later if _after(getattr(record, name), until)})
        return replace(record, **values) if values else record

    return trim


def _patient(patient: Patient, until: date) -> Patient:
    values: dict[str, Any] = {}
    if _after(patient.enrolled, until):
        values.update(enrolled=None, subject_number=None)
    if _after(patient.screen_failure, until):
        values.update(screen_failure=None, screen_failure_reason=None)
    return replace(patient, **values) if values else patient


def _after(when: PartialDate | None, until: date) -> bool:
    """Whether a date lies after the day, whatever of it is not known."""
    return when is not None and when.earliest is not None and when.earliest > until
