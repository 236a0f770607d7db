"""A response that the numbers of its own day, or the relapses that are recorded, speak against."""

from collections.abc import Iterator
from decimal import Decimal

from models.chart.remission import REMISSION
from models.checks.facts import Facts, Proposal
from models.domain.findings import Finding, warning
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.domain.remission import COMPLETE, FULL_COUNTS, MOST_BLASTS, reaches
from models.domain.sentence import Sentence, joined
from models.records.disease import Relapse
from models.records.laboratory import LabResult

_RELAPSE = "RELAPSE"
_TEST_OF = {"neutrophils": "NEUT", "platelets": "PLAT"}


def check_assessment(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """The investigator's response against blasts and counts, and against the relapses.

    Every kind of remission needs marrow blasts under 5 %, none in the blood and no disease outside the marrow; a
    complete one also neutrophils of 1.0 and platelets of 100 x 10^9/L (`domain.remission.RULE` names the source).
    Counts that the assessment leaves out are taken from the laboratory values of its day.
    """
    response, day = proposal.get("response"), proposal.get("assessed")
    if response == _RELAPSE and isinstance(day, PartialDate):
        yield from _relapse_missing(day, facts)
    if response not in REMISSION:
        return
    against = [*_disease(proposal), *(_counts(proposal, facts) if response == COMPLETE else ())]
    if against:
        yield warning(
            "response",
            (
                f"A remission ({response}) is recorded with ",
                joined(" and ", against),
                ". Check the response and the values.",
            ),
            "assessment.response",
        )
    if proposal.id and isinstance(day, PartialDate):
        yield from _after_relapse(proposal.id, day, facts)


def _relapse_missing(day: PartialDate, facts: Facts) -> Iterator[Finding]:
    """An assessed relapse is an event of the trial only once it is recorded as one."""
    relapses = [r.found for r in facts.siblings("relapse") if isinstance(r, Relapse)]
    if all(day.before(found) for found in relapses):
        missing = "A relapse was assessed, yet none is recorded up to this day. Enter the relapse as well: "
        yield warning("response", f"{missing}survival is counted from that record.", "assessment.relapse-missing")


def _disease(proposal: Proposal) -> Iterator[Sentence]:
    marrow = proposal.get("marrow_blasts")
    if isinstance(marrow, Quantity) and reaches(marrow, MOST_BLASTS, "%"):
        yield ("marrow blasts of ", marrow)
    if proposal.get("blood_blasts"):
        yield "blasts in the blood"
    if proposal.get("extramedullary"):
        yield "disease outside the marrow"


def _counts(proposal: Proposal, facts: Facts) -> Iterator[Sentence]:
    for name, limit in FULL_COUNTS.items():
        field = name.lower()
        count = proposal.get(field) or _measured(_TEST_OF[field], proposal.get("assessed"), facts, limit)
        if isinstance(count, Quantity) and reaches(count, limit, "10^9/L") is False:
            yield (f"{field} of ", count)


def _measured(test: str, day: object, facts: Facts, limit: Decimal) -> Quantity | None:
    """The laboratory's count of that day; of several one that reaches the limit, so that the best of the day counts."""
    from models.domain.toxicity.laboratory_tests import known_test
    from models.domain.toxicity.units import convert

    if not isinstance(day, PartialDate) or day.full is None:
        return None
    units, unit = known_test(test).units, known_test(test).unit
    found = [
        convert(record.value, units, unit)
        for record in facts.siblings("lab", test=test, collected=day)
        if isinstance(record, LabResult) and record.value and record.value.unit in known_test(test).accepted_units
    ]
    return max(found, key=lambda count: (reaches(count, limit, unit) is not False, count.value), default=None)


def _after_relapse(own: int, day: PartialDate, facts: Facts) -> Iterator[Finding]:
    """The first remission that is moved behind a relapse; a relapse entered later is asked about on its own."""
    relapses = [r.values()["found"] for r in facts.siblings("relapse")]
    late = [found for found in relapses if isinstance(found, PartialDate) and found.before(day)]
    if not late:
        return
    others = [a.values() for a in facts.siblings("assessment") if a.id != own]
    days = [a["assessed"] for a in others if a["response"] in REMISSION]
    for found in late:
        if all(found.before(each) for each in days if isinstance(each, PartialDate)):
            yield warning(
                "assessed",
                ("No remission would lie before the relapse of ", found, " any more. Check the days."),
                "assessment.after-relapse",
            )
            return
