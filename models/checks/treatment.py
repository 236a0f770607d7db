"""Phases and doses against the protocol: known codes, steps of the ladder, reasons for an interruption."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from models.checks.facts import Facts, Proposal
from models.domain.codelists import INTRATHECAL
from models.domain.findings import Finding, error, warning
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.domain.sentence import exactly
from models.protocols.dose_checks import dose_findings
from models.protocols.dosing import DoseInterval
from models.records.treatment import Exposure, PhaseRun

_NO_DRUG = "NONE"


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
                ("This phase is recorded already: it began on ", other.began, ". Correct that record."),
                "phase.twice",
            )
        elif isinstance(began, PartialDate):
            earlier = order[other.phase] < order[str(code)]
            if began.before(other.began) if earlier else other.began.before(began):
                label = facts.protocol.phases[order[other.phase]].label
                unordered = (f"It would begin out of order with {label} (", other.began, ").")
                yield warning("began", unordered, "phase.order")


def check_phase_early(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """A doubt where a phase begins while the one before it still has days to run by the plan, and none says it ended.

    Of the phases before it the one that began last counts: optional ones may be left out. The phase after treatment
    begins whenever treatment stops.
    """
    plan, began = facts.protocol.phase(str(proposal.get("phase"))), proposal.get("began")
    if plan is None or not plan.treatment or not isinstance(began, PartialDate):
        return
    codes = [phase.code for phase in facts.protocol.phases]
    before = codes[: codes.index(plan.code)]
    runs = [run for run in facts.siblings("phase") if isinstance(run, PhaseRun) and run.phase in before]
    last = max(runs, key=lambda run: before.index(run.phase), default=None)
    former = facts.protocol.phase(last.phase) if last else None
    if last is None or former is None or last.began.full is None or not former.days:
        return
    end = PartialDate.from_date(last.began.full + timedelta(days=former.days - 1))
    ended_before = last.ended is not None and not began.before(last.ended)
    if not ended_before and began.before(end):
        days = exactly(Decimal(former.days))
        yield warning(
            "began",
            (f"{former.label} began on ", last.began, " and takes ", days, " days, to ", end, ". Check both days."),
            "phase.early",
        )


def check_puncture(proposal: Proposal, _facts: Facts) -> Iterator[Finding]:
    """A puncture for diagnosis alone gave no drug."""
    drugs = proposal.get("drugs")
    if isinstance(drugs, tuple) and _NO_DRUG in drugs and len(drugs) > 1:
        both = f"“{INTRATHECAL.label(_NO_DRUG)}” is chosen beside a drug that was given. Choose one of the two."
        yield error("drugs", both, "puncture.drugs")


def check_dose(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """A dose is given (0 while the drug is interrupted), and stands against the ladder and the other doses."""
    drug, began, ended, dose = (proposal.get(name) for name in ("drug", "began", "ended", "dose"))
    if not isinstance(dose, Quantity):
        yield error("dose", "Give the dose; 0 while the drug is interrupted.", "dose.missing")
        return
    if not dose.exact:
        yield error("dose", "Give the dose as a number, without “<” or “>”.", "dose.bound")
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
