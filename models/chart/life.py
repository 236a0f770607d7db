"""What shows that a patient was alive on a day: one rule, for the follow-up and for the question about a death."""

from collections.abc import Mapping

from models.domain.partial_dates import PartialDate
from models.records import Record
from models.records.treatment import Exposure
from models.records.visits import Visit

SHOWS_LIFE: Mapping[str, str] = {
    "contact": "date",
    "visit": "date",
    "assessment": "assessed",
    "mrd": "collected",
    "relapse": "found",
    "transplant": "done",
    "sample": "collected",
    "mutation": "collected",
    "lab": "collected",
    "vitals": "measured",
    "lumbar_puncture": "done",
    "phase": "began",
    "exposure": "began",
    "medication": "began",
    "adverse_event": "began",
}
"""What is only recorded of a living patient: kind -> the field that says when."""


def seen_alive(record: Record) -> PartialDate | None:
    """The day on which a record of `SHOWS_LIFE` shows the patient alive.

    None without a day, of a visit that did not take place, and of a dose that was held (0).
    """
    if isinstance(record, Visit) and record.status != "DONE":
        return None
    if isinstance(record, Exposure) and record.dose is not None and not record.dose.value:
        return None
    day = getattr(record, SHOWS_LIFE[record.kind.name])
    return day if isinstance(day, PartialDate) else None
