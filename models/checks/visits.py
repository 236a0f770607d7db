"""Visits: a date where it took place, a reason where it did not or was not planned."""

from collections.abc import Iterator

from models.checks.facts import Facts, Proposal
from models.domain.findings import Finding, error, warning
from models.domain.partial_dates import PartialDate, Special
from models.records.visits import UNSCHEDULED, Visit


def check_visit(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """One visit record against the protocol and the patient's other visits."""
    code, status, day = proposal.get("code"), proposal.get("status"), proposal.get("date")
    planned = facts.protocol.visit(str(code))
    if planned is None and code not in (None, UNSCHEDULED):
        yield error("code", "The protocol has no such visit. Choose one, or record it as unscheduled.", "visit.unknown")
    if status == "DONE" and (day is None or (isinstance(day, PartialDate) and day.special is Special.NOT_DONE)):
        yield error("date", "The visit took place: give its date.", "visit.date")
    if status in ("MISSED", "SKIPPED") and not proposal.get("reason"):
        yield error("reason", "Say why the visit did not take place.", "visit.reason")
    if code == UNSCHEDULED and not proposal.get("reason"):
        yield warning("reason", "Say why the patient came outside the plan.", "visit.unscheduled")
    if isinstance(day, PartialDate) and facts.consented and day.before(facts.consented):
        early = ("The visit lies before the consent of ", facts.consented, ".")
        yield warning("date", early, "visit.consent")
    for other in facts.siblings("visit"):
        if isinstance(other, Visit) and other.code == code != UNSCHEDULED and other.id != proposal.id:
            yield warning(
                "code",
                ("This visit is recorded already (", other.date or other.status.lower(), ")."),
                "visit.twice",
            )
            return
