"""Phases and doses against the protocol: known codes, steps of the ladder, reasons for an interruption."""

from collections.abc import Iterator

from models.checks.facts import Facts, Proposal, written
from models.domain.findings import Finding, error, warning
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.protocols.dose_checks import dose_findings
from models.protocols.dosing import DoseInterval
from models.records.treatment import Exposure, PhaseRun


def check_phase(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """A phase of the protocol, begun once, and not before the one that comes before it."""
    code, began = proposal.get("phase"), proposal.get("began")
    order = {phase.code: n for n, phase in enumerate(facts.protocol.phases)}
    if code is None:
        return
    if code not in order:
        yield error("phase", "The protocol has no such phase.", "phase.unknown")
        return
    for other in facts.siblings("phase"):
        if not isinstance(other, PhaseRun) or other.id == proposal.id or other.phase not in order:
            continue
        if other.phase == code:
            yield error(
                "phase",
                f"This phase is recorded already: it began on {written(other.began)}. Correct that record.",
                "phase.twice",
            )
        elif isinstance(began, PartialDate):
            earlier = order[other.phase] < order[str(code)]
            if began.before(other.began) if earlier else other.began.before(began):
                label = facts.protocol.phases[order[other.phase]].label
                yield warning(
                    "began", f"It would begin out of order with {label} ({written(other.began)}).", "phase.order"
                )


def check_dose(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """A dose is given (0 while the drug is interrupted), and stands against the ladder and the other doses."""
    drug, began, ended, dose = (proposal.get(name) for name in ("drug", "began", "ended", "dose"))
    if not isinstance(dose, Quantity):
        yield error("dose", "Give the dose; 0 while the drug is interrupted.", "dose.missing")
        return
    if facts.protocol.drug(str(drug)) is None:
        yield warning("drug", "The protocol does not name this drug.", "dose.drug")
    if dose.value == 0 and proposal.get("reason") == "PLANNED":
        yield warning("reason", "The drug is interrupted: say why.", "dose.held-without-reason")
    if not isinstance(began, PartialDate):
        return
    end = ended if isinstance(ended, PartialDate) else None
    own = DoseInterval(str(drug), began, end, dose, str(proposal.get("reason") or ""), proposal.id)
    others = [
        DoseInterval(o.drug, o.began, o.ended, o.dose, o.reason or "", o.id)
        for o in facts.siblings("exposure")
        if isinstance(o, Exposure) and o.id != proposal.id
    ]
    yield from dose_findings(facts.protocol, own, others)
