"""Adverse events with their grade history and, per drug, causality and action."""

from datetime import datetime

from models.domain import codelists as lists
from models.domain.characters import told
from models.domain.fields import choice, choices, date, moment, note, text, yes_no
from models.domain.partial_dates import PartialDate
from models.records.kind import Record, record_kind

_OTHER = "Other, specify"
_LONGEST = 200
"""Characters of the words that name an event: typed text may fill pages, a line of a table cannot."""


def is_other(term: str) -> bool:
    """Whether a term is that of its class for everything CTCAE does not name: which event it was, its words say."""
    return term.endswith(_OTHER)


@record_kind("adverse_event", "Adverse event", sdtm="AE")
class AdverseEvent(Record):
    """An adverse event under one dictionary version. Serious is a judgement of its own, apart from the grade."""

    term: str = choice(
        "Adverse event", lists.AE_TERM, sdtm="AEDECOD", required=True, help="A term of the CTCAE dictionary"
    )
    verbatim: str | None = text("In the patient's or doctor's words", sdtm="AETERM")
    version: str = choice("Dictionary", lists.CTCAE_VERSION, required=True)
    scale: str | None = choice("Graded by", lists.GRADING_SCALE, help="CTCAE unless stated")
    began: PartialDate = date("Began", sdtm="AESTDTC", required=True)
    ended: PartialDate | None = date("Ended", sdtm="AEENDTC")
    ongoing: bool | None = yes_no("Ongoing", sdtm="AEENRTPT")
    outcome: str | None = choice("Outcome", lists.OUTCOME, sdtm="AEOUT")
    serious: bool | None = yes_no("Serious", sdtm="AESER")
    seriousness: tuple[str, ...] | None = choices("Because", lists.SERIOUSNESS, sdtm="AESDTH")
    aware: datetime | None = moment("Site became aware", help="The reporting clock starts here")
    reported: datetime | None = moment("Reported to the sponsor")
    expected: bool | None = yes_no("Expected", help="By the reference safety information")
    treatment: str | None = text("Treatment given", sdtm="AECONTRT")
    comment: str | None = note("Comment")

    @property
    def specified(self) -> str:
        """Which event a term for everything else stands for, in the words of the record; "" for other terms."""
        return " ".join(told(self.verbatim or "").split()) if is_other(self.term) else ""

    @property
    def name(self) -> str:
        """What it is called: a term that names no event stands behind the words that do."""
        words = self.specified
        short = f"{words[: _LONGEST - 1]}…" if len(words) > _LONGEST else words
        return f"“{short}” ({self.term})" if short else self.term


@record_kind("ae_grade", "Grade", sdtm="AE", parent="adverse_event")
class AeGrade(Record):
    """The grade of an adverse event from a day on."""

    since: PartialDate = date("Since", required=True)
    grade: str = choice("Grade", lists.GRADE, sdtm="AETOXGR", required=True)


@record_kind("ae_drug", "Causality and action", sdtm="AE", parent="adverse_event")
class AeDrug(Record):
    """How one drug stands to an adverse event, and what was done with it."""

    drug: str = choice("Drug", lists.DRUG, required=True)
    causality: str | None = choice("Causality", lists.CAUSALITY, sdtm="AEREL")
    action: str | None = choice("Action taken", lists.ACTION, sdtm="AEACN")
