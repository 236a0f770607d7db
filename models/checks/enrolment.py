"""The moment of enrolment: who may enter the trial, and on what consent.

Enrolling against a criterion, or while one is still open, happens and is a deviation (ICH E6, 4.5): it is asked about,
never refused, so that the record can say what was done and why. Asked once, when the day of enrolment is first entered.
"""

from collections.abc import Iterator
from decimal import Decimal

from models.chart.eligible import judged_answers
from models.chart.visits import consent_withdrawn
from models.checks.facts import Facts, Proposal
from models.domain.age import possible_ages
from models.domain.findings import Finding, error, warning
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.domain.sentence import on_day
from models.protocols.eligibility import Answer, Eligibility, Outcome, judge
from models.records.patient import Consent, EligibilityAnswer, Patient

_YEARS = "years"
"""The unit of the criteria that are about the age at consent."""


def check_enrolling(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """The day in full, a consent that stands, an age that the protocol takes, every criterion answered and fulfilled.

    Of somebody who is enrolled already nothing but an age that is corrected: the rest was asked then.
    """
    day = proposal.get("enrolled")
    if not isinstance(day, PartialDate):
        return
    stored = next((each for each in facts.siblings("patient") if isinstance(each, Patient)), None)
    if stored is not None and stored.enrolled:
        if stored.age != proposal.get("age"):
            yield from _age(proposal, facts)
        return
    if day.full is None:
        yield error("enrolled", "Give the day of enrolment in full: day, month and year.", "patient.enrolled-partial")
    yield from _consent(day, facts)
    yield from _age(proposal, facts)
    answers = [each for each in facts.siblings("eligibility") if isinstance(each, EligibilityAnswer)]
    result = judged_answers(facts.protocol, answers)
    if result.value.status is not Eligibility.ELIGIBLE:
        said = (f"The eligibility is {result.value.status.value}. ", result.reason)
        yield warning("enrolled", said, "patient.eligibility")


def _consent(day: PartialDate, facts: Facts) -> Iterator[Finding]:
    """A doubt where no consent stood any more on the day of enrolment."""
    consents = [each for each in facts.siblings("consent") if isinstance(each, Consent)]
    stop = consent_withdrawn([each for each in consents if not day.before(each.signed)])
    if stop and not day.before(stop.day):
        yield warning("enrolled", ("The consent was withdrawn", on_day(stop.day), "."), "patient.consent-withdrawn")


def _age(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """A doubt where no age that the record allows fulfils the protocol's own limits of age."""
    recorded, day = proposal.get("age"), facts.consented or proposal.get("screened")
    follows = possible_ages(facts.born, day) if facts.born and isinstance(day, PartialDate) else None
    ages = (recorded,) if isinstance(recorded, int) else follows or ()
    for criterion in facts.protocol.criteria:
        if criterion.unit != _YEARS or criterion.limit is None:
            continue
        judged = [judge(criterion, Answer(criterion.code, "UNKNOWN", Quantity(Decimal(age), _YEARS))) for age in ages]
        if judged and all(verdict.outcome is Outcome.FAILED for verdict in judged):
            said = (f"{criterion.code} is not fulfilled by the age in this record: ", judged[-1].reason)
            yield warning("enrolled", said, "patient.age-limit")
