"""The patient and the identity: enrolled or failed, never before consent, an age that follows from the birth."""

from collections.abc import Iterator

from models.checks.facts import Facts, Proposal
from models.domain.age import possible_ages
from models.domain.findings import Finding, error, warning
from models.domain.partial_dates import PartialDate

_OLDEST = 120


def check_patient(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """A person is enrolled or failed screening, never both; nobody is enrolled before consent."""
    age, enrolled, failed = proposal.get("age"), proposal.get("enrolled"), proposal.get("screen_failure")
    if isinstance(age, int) and not 0 <= age <= _OLDEST:
        yield error("age", f"An age of {age} years is not possible.", "patient.age")
    if isinstance(age, int):
        day = facts.consented or proposal.get("screened")
        yield from _agreement("age", age, facts.born, day)
    if enrolled and failed:
        yield error("enrolled", "A screen failure cannot be enrolled.", "patient.both")
    if failed and not proposal.get("screen_failure_reason"):
        yield error("screen_failure_reason", "A screen failure keeps its reason.", "patient.failure-reason")
    if enrolled and not proposal.get("subject_number"):
        yield error("subject_number", "An enrolled patient has a subject number.", "patient.number")
    if isinstance(enrolled, PartialDate) and facts.consented is None:
        yield warning("enrolled", "No consent is recorded for this patient.", "patient.consent")
    elif isinstance(enrolled, PartialDate) and facts.consented and enrolled.before(facts.consented):
        early = ("Enrolment lies before the consent of ", facts.consented, ".")
        yield error("enrolled", early, "patient.consent-order")


def check_identity(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """A date of birth in living memory, from which the age that is recorded follows."""
    born = proposal.get("birth_date")
    if isinstance(born, PartialDate) and born.latest and facts.today.year - born.latest.year > _OLDEST:
        yield error("birth_date", f"That would be an age of over {_OLDEST} years. Check the year.", "identity.birth")
    yield from _agreement("birth_date", facts.age, born, facts.consented)


def _agreement(field: str, age: int | None, born: object, day: object) -> Iterator[Finding]:
    """The age at consent and the date of birth are one fact told twice, and eligibility rests on it."""
    if age is None or not isinstance(born, PartialDate) or not isinstance(day, PartialDate):
        return
    ages = possible_ages(born, day)
    if ages is not None and age not in ages:
        yield warning(
            field,
            f"An age of {age} years does not follow from the date of birth: at consent it would be "
            f"{' or '.join(map(str, ages))}. Correct the one that is wrong.",
            "patient.age-birth",
        )
