"""Doubtful values that were saved with a reason, and stay flagged until somebody settles them."""

from models.domain.fields import date, integer, note, text
from models.domain.partial_dates import PartialDate
from models.records.kind import Record, record_kind


@record_kind("flag", "Open question")
class Flag(Record):
    """A warning that stood when a record was saved, or a question a person left on it."""

    about_kind: str = text("Record kind", required=True)
    about_id: int = integer("Record", required=True)
    about_field: str | None = text("Field")
    rule: str | None = text("Check")
    message: str = text("Question", required=True)
    answer: str | None = note("Reason given")
    settled: PartialDate | None = date("Settled on")
