"""When a record was entered, beside when the event took place (ALCOA+: contemporaneous; ICH E6(R3) 4.2.4)."""

from datetime import date

from models.domain.partial_dates import PartialDate
from models.records import Record

EVENTS = {
    "visit": ("date",),
    "vitals": ("measured",),
    "sample": ("sent", "collected"),
    "mrd": ("reported", "collected"),
    "mutation": ("reported", "collected"),
    "lab": ("collected",),
    "adverse_event": ("began",),
    "ae_grade": ("since",),
    "phase": ("began",),
    "exposure": ("began",),
    "lumbar_puncture": ("done",),
    "transplant": ("done",),
    "assessment": ("assessed",),
    "relapse": ("found",),
    "contact": ("date",),
    "death": ("date",),
    "disposition": ("date",),
    "consent": ("signed",),
    "eligibility": ("assessed",),
    "patient": ("screened",),
}
"""The field that says when the event took place, or a result came; the first that is filled in counts.

What the patient tells of earlier days (history, other medicines, the diagnosis) cannot be entered on its day, and is
not here.
"""


def event_day(record: Record) -> date | None:
    """The day of the event; of a partial date the last it can be. None where the record tells of none."""
    given = (getattr(record, name) for name in EVENTS.get(record.kind.name, ()))
    day = next((value for value in given if isinstance(value, PartialDate) and value.latest), None)
    return day.latest if day else None


def days_late(record: Record) -> int:
    """How many days after its event a record was first entered, at least; 0 for one entered in time."""
    event = event_day(record)
    if event is None or record.entered_at is None:
        return 0
    return max((record.entered_at.date() - event).days, 0)
