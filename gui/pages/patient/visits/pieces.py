"""The pieces that a visit collects: some are typed into the visit's own form, some have a form of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.chart.patient_chart import PatientChart
from models.chart.visits import PIECE_KINDS
from models.domain.partial_dates import PartialDate
from models.protocols.model import PIECES
from models.protocols.schedule import PlannedVisit
from models.records import Record
from models.records.visits import UNSCHEDULED


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: the kind of record that answers for it, and the fields that the visit's form offers for it.

    Without `fields` the piece has a form of its own, which `button` opens. `day_field` takes the date of the visit.
    """

    code: str
    title: str
    kind: str
    day_field: str
    fields: tuple[str, ...] = ()
    button: str = ""


_DAY_FIELDS = {
    "vitals": "measured",
    "assessment": "assessed",
    "lumbar_puncture": "done",
    "phase": "began",
    "lab": "collected",
    "mrd": "collected",
    "mutation": "collected",
    "lesion": "collected",
    "exposure": "began",
    "adverse_event": "began",
}
_FIELDS = {
    "vitals": ("weight", "temperature", "systolic", "diastolic", "pulse", "ecog"),
    "assessment": ("marrow_blasts", "neutrophils", "platelets", "blood_blasts", "extramedullary", "response"),
    "lumbar_puncture": ("drugs", "cytology", "cells"),
    "phase": ("began",),
}
_BUTTONS = {
    "lab": "Enter laboratory panel",
    "mrd": "Enter MRD result",
    "mutation": "Enter mutation test",
    "lesions": "Enter copy-number calls",
    "exposure": "Review doses",
    "adverse_events": "Add adverse event",
}
_ORDER = (
    "phase",
    "vitals",
    "lab",
    "mrd",
    "assessment",
    "mutation",
    "lesions",
    "lumbar_puncture",
    "adverse_events",
    "exposure",
)
_ALWAYS = ("vitals", "lab", "mrd", "assessment", "adverse_events")
"""What an unscheduled visit can collect."""


def pieces_of(visit: PlannedVisit | None) -> tuple[Piece, ...]:
    """The pieces of a visit, in the order in which a clinic works; of an unscheduled one all that is common."""
    collected = visit.plan.collects if visit and visit.plan else _ALWAYS
    return tuple(
        Piece(
            code,
            PIECES[code],
            PIECE_KINDS[code],
            _DAY_FIELDS[PIECE_KINDS[code]],
            _FIELDS.get(code, ()),
            _BUTTONS.get(code, ""),
        )
        for code in _ORDER
        if code in collected
    )


def records_of(chart: PatientChart, piece: Piece, visit: PlannedVisit | None, day: date | None) -> tuple[Record, ...]:
    """The records that are there for a piece: those that name the visit, and unnamed ones of its day.

    Unscheduled visits share one code: a record that names it must be of the day too. Reviews (doses, adverse events)
    show what goes on.
    """
    if piece.code == "adverse_events":
        return tuple(event.record for event in chart.events if event.open)
    if piece.code == "exposure":
        return tuple(course.current for course in chart.doses if course.current)
    records = chart.records.get(piece.kind, ())
    if piece.code == "phase":
        starts = visit.plan.starts_phase if visit and visit.plan else ""
        return tuple(record for record in records if getattr(record, "phase", "") == starts)
    return tuple(record for record in records if _belongs(record, piece, visit, day))


def phase_started(chart: PatientChart, visit: PlannedVisit | None) -> str:
    """The words for the phase that begins at a visit, "" where none does."""
    phase = chart.protocol.phase(visit.plan.starts_phase) if visit and visit.plan and visit.plan.starts_phase else None
    return phase.label if phase else ""


def filled(values: Sequence[object]) -> bool:
    """Whether anything was entered for a piece."""
    return any(value not in (None, "", ()) for value in values)


def _belongs(record: Record, piece: Piece, visit: PlannedVisit | None, day: date | None) -> bool:
    named, code = getattr(record, "visit", None), visit.code if visit else UNSCHEDULED
    if named is not None and code != UNSCHEDULED:
        return bool(named == code)
    when = getattr(record, piece.day_field, None)
    return named in (None, code) and day is not None and isinstance(when, PartialDate) and when.full == day
