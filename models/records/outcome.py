"""How it goes on and how it ends: contacts in follow-up, disposition, death."""

from models.domain import codelists as lists
from models.domain.fields import choice, date, note, text, yes_no
from models.domain.partial_dates import PartialDate
from models.records.kind import Record, record_kind


@record_kind("contact", "Follow-up contact", sdtm="DS")
class Contact(Record):
    """A day on which the patient was known to be alive; survival is censored at the last one."""

    date: PartialDate = date("Date", sdtm="DSSTDTC", required=True)
    in_remission: bool | None = yes_no("In remission")
    source: str | None = text("Source", help="Visit, telephone, general practitioner")
    treatment: str | None = text("Treatment at that time")
    comment: str | None = note("Comment")


@record_kind("disposition", "End of treatment or study", sdtm="DS")
class Disposition(Record):
    """The end of protocol treatment, or of taking part, with its reason."""

    event: str = choice("Event", lists.DISPOSITION, sdtm="DSDECOD", required=True)
    date: PartialDate = date("Date", sdtm="DSSTDTC", required=True)
    reason: str | None = choice("Reason", lists.DISPOSITION_REASON, sdtm="DSTERM")
    comment: str | None = note("Comment")


@record_kind("death", "Death", sdtm="DD", single=True)
class Death(Record):
    """The death of the patient."""

    date: PartialDate = date("Date of death", sdtm="DTHDTC", required=True)
    cause: str | None = choice("Cause", lists.DEATH_CAUSE, sdtm="DDORRES")
    related: bool | None = yes_no("Related to study treatment")
    details: str | None = note("Details")
