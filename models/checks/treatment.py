"""Phases and doses against the protocol: known codes, steps of the ladder, reasons for an interruption."""

from collections.abc import Iterator

from models.checks.facts import Facts, Proposal
from models.domain.findings import Finding, error, warning
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records.treatment import PhaseRun


def check_phase(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """A phase of the protocol, begun once, and not before the one that comes before it."""
    code, began = proposal.get("phase"), proposal.get("began")
    order = {phase.code: n for n, phase in enumerate(facts.protocol.phases)}
    if code not in order:
        yield error("phase", "The protocol has no such phase.", "phase.unknown")
        return
    for other in facts.siblings("phase"):
        if not isinstance(other, PhaseRun) or other.id == proposal.id or other.phase not in order:
            continue
        if other.phase == code:
            yield error("phase", f"This phase is recorded already: it began on {other.began}. Correct that record.", "phase.twice")
        elif isinstance(began, PartialDate):
            earlier = order[other.phase] < order[str(code)]
            if began.before(other.began) if earlier else other.began.before(began):
                label = facts.protocol.phases[order[other.phase]].label
                yield warning("began", f"It would begin out of order with {label} ({other.began}).", "phase.order")


def check_dose(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """A drug of the protocol, at a step of its ladder, in its unit; an interruption has a reason."""
    drug = facts.protocol.drug(str(proposal.get("drug")))
    dose, reason = proposal.get("dose"), proposal.get("reason")
    if drug is None:
        yield warning("drug", "The protocol does not name this drug.", "dose.drug")
    if not isinstance(dose, Quantity):
        yield error("dose", "Give the dose; 0 while the drug is interrupted.", "dose.missing")
        return
    if dose.value == 0 and reason in (None, "PLANNED"):
        yield warning("reason", "The drug is interrupted: say why.", "dose.reason")
    if drug is None or dose.value == 0:
        return
    if dose.unit != drug.unit:
        yield error("dose", f"{drug.name} is dosed in {drug.unit}, not in {dose.unit or 'no unit'}.", "dose.unit")
    elif drug.ladder and dose.value not in drug.ladder:
        steps = ", ".join(f"{step:f}" for step in drug.ladder)
        yield warning("dose", f"{dose.value:f} {dose.unit} is not a step of the protocol ({steps}).", "dose.ladder")
