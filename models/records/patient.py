"""Who takes part: the subject, the identity kept apart, consent and eligibility."""

from models.domain.codelists import CRITERION, ELIGIBILITY_ANSWER, SEX
from models.domain.fields import choice, date, integer, name, note, quantity, text, yes_no
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records.kind import Record, record_kind


@record_kind("patient", "Patient", sdtm="DM", single=True)
class Patient(Record):
    """A subject of the study. The subject number is given at enrolment and never reused."""

    screening_number: str = name(
        "Screening number", required=True, help="Stays with the person, also after a screen failure"
    )
    subject_number: str | None = name("Subject number", sdtm="SUBJID", help="Site number and running number")
    screened: PartialDate = date("Screened on", required=True)
    sex: str = choice("Sex", SEX, sdtm="SEX", required=True)
    age: int | None = integer("Age at consent", sdtm="AGE", help="Whole years on the day of consent")
    enrolled: PartialDate | None = date("Enrolled on")
    screen_failure: PartialDate | None = date("Screen failure on")
    screen_failure_reason: str | None = note("Reason for the screen failure")
    synthetic: bool | None = yes_no(
        "Synthetic patient", help="Made up for demonstration; never a real person. The study says so", typed=False
    )


@record_kind("identity", "Identity", single=True)
class Identity(Record):
    """Who the subject is to the hospital. Kept apart from the research record and never exported by default."""

    family_name: str | None = name("Family name", identifying=True)
    given_name: str | None = name("Given name", identifying=True)
    birth_date: PartialDate | None = date("Date of birth", sdtm="BRTHDTC", identifying=True)
    hospital_number: str | None = name("Hospital number", identifying=True)
    contact: str | None = text("Telephone", identifying=True)


@record_kind("consent", "Consent", sdtm="DS")
class Consent(Record):
    """A consent form signed: its version and its date. A new version is a new record."""

    version: str = text("Version of the form", required=True)
    signed: PartialDate = date("Signed on", sdtm="RFICDTC", required=True)
    taken_by: str | None = text("Taken by")
    withdrawn: PartialDate | None = date("Withdrawn on")
    comment: str | None = note("Comment")


@record_kind("eligibility", "Eligibility criterion", sdtm="IE")
class EligibilityAnswer(Record):
    """The answer to one criterion of the protocol's list, with the value it rests on where it has one."""

    criterion: str = choice("Criterion", CRITERION, sdtm="IETESTCD", required=True)
    answer: str = choice("Answer", ELIGIBILITY_ANSWER, sdtm="IEORRES", required=True)
    value: Quantity | None = quantity("Value", help="In the unit of the criterion")
    assessed: PartialDate | None = date("Assessed on", sdtm="IEDTC")
    comment: str | None = note("Comment")
