"""The moment of enrolment: who may enter the trial, and on what consent.

Enrolling against a criterion, or while one is still open, happens and is a deviation (ICH E6, 4.5): it is asked about,
never refused, so that the record can say what was done and why. Asked once, when the day of enrolment is first entered;
a day or an age that is corrected later is asked about anew.
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

    Of somebody who is enrolled already nothing but a day and an age that are corrected: the rest was asked then.
    Without a day the patient would leave every count of the trial unseen.
    """
    day = proposal.get("enrolled")
    stored = next((each for each in facts.siblings("patient") if isinstance(each, Patient)), None)
    enrolled = stored.enrolled if stored else None
    if not isinstance(day, PartialDate):
        if enrolled:
            gone = ("Without its day (", enrolled, ") the enrolment is undone: the patient counts as in screening.")
            yield warning("enrolled", gone, "patient.enrolled-removed")
        return
    if day != enrolled:
        if day.full is None:
            full = "Give the day of enrolment in full: day, month and year."
            yield error("enrolled", full, "patient.enrolled-partial")
        yield from _consent(day, facts)
    if stored is None or not enrolled or stored.age != proposal.get("age"):
        yield from _age(proposal, facts)
    if enrolled:
        return
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
