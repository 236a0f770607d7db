"""Who works with the study: accounts, and the training that each person had."""

from models.domain.codelists import ROLE
from models.domain.fields import choice, date, note, text, yes_no
from models.domain.partial_dates import PartialDate
from models.records.kind import Record, record_kind


@record_kind("account", "Account", of_study=True)
class Account(Record):
    """One person's account. Its login is never given to anybody else, not even after it was closed (21 CFR 11.100)."""

    login: str = text("User name", required=True, help="For one person; never used again for another")
    name: str = text("Printed name", required=True, help="As it stands on paper and in signatures")
    role: str = choice("Role", ROLE, required=True)
    must_change: bool | None = yes_no("Password must be changed at the next sign-in")
    closed: bool | None = yes_no("Closed")


@record_kind("training", "Training", of_study=True)
class Training(Record):
    """That a person was trained for this study (21 CFR 11.10(i))."""

    login: str = text("User name", required=True)
    subject: str = text("Subject", required=True, help="Protocol version, this program, good clinical practice")
    given: PartialDate = date("Given on", required=True)
    comment: str | None = note("Comment")
