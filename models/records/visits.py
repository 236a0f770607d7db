"""Visits as they happened, and the samples sent from them."""

from models.domain import codelists as lists
from models.domain.fields import choice, date, note, text
from models.domain.partial_dates import PartialDate
from models.records.kind import Record, record_kind

UNSCHEDULED = "UNS"
"""The visit code of a visit that the protocol does not plan."""


@record_kind("visit", "Visit", sdtm="SV")
class Visit(Record):
    """A visit that took place, was missed, or was skipped for a reason. Planned visits are worked out, never stored."""

    code: str = choice("Visit", lists.VISIT, sdtm="VISITNUM", required=True)
    status: str = choice("What happened", lists.VISIT_STATUS, sdtm="SVOCCUR", required=True)
    date: PartialDate | None = date("Date", sdtm="SVSTDTC")
    reason: str | None = text(
        "Reason", sdtm="SVREASOC", help="Why it was missed, skipped, unscheduled or out of its window"
    )
    comment: str | None = note("Comment")


@record_kind("sample", "Sample sent", sdtm="BE")
class Sample(Record):
    """A sample on its way to a laboratory: awaited until its result is entered."""

    purpose: str = choice("For", lists.PURPOSE, sdtm="BECAT", required=True)
    specimen: str | None = choice("Specimen", lists.SPECIMEN, sdtm="BESPEC")
    collected: PartialDate | None = date("Collected", sdtm="BEDTC")
    sent: PartialDate | None = date("Sent on")
    laboratory: str | None = choice("Laboratory", lists.LABORATORY)
    visit: str | None = choice("Visit", lists.VISIT)
    received: PartialDate | None = date("Result received on", help="Leave empty while the result is awaited")
    reference: str | None = text("Laboratory's reference", sdtm="BEREFID")
    comment: str | None = note("Comment")
