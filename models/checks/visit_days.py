"""The visit that a sample names against the day on which it was taken."""

from collections.abc import Iterator

from models.chart.visit_days import fits_visit
from models.chart.visits import planned
from models.checks.facts import Facts, Proposal
from models.domain.findings import Finding, warning
from models.domain.partial_dates import PartialDate
from models.domain.sentence import Sentence, joined
from models.protocols.schedule import PlannedVisit
from models.records.treatment import PhaseRun
from models.records.visits import Visit


def check_visit_day(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """A doubt where the day lies outside the visit's window and not around the day on which the visit took place."""
    code, day = proposal.get("visit"), proposal.get("collected")
    if not isinstance(code, str) or not isinstance(day, PartialDate) or facts.protocol.visit(code) is None:
        return
    if facts.siblings("visit", code=code, date=day, status="DONE"):
        return  # as nearly always: the windows need not be worked out
    visits = [r for r in facts.siblings("visit") if isinstance(r, Visit)]
    phases = sorted((r for r in facts.siblings("phase") if isinstance(r, PhaseRun)), key=lambda r: r.began.iso)
    plan = planned(facts.protocol, visits, phases, (), None, None, facts.today)
    fits, other = fits_visit(plan, code, day)
    if fits:
        return
    own = next(visit for visit in plan if visit.code == code)
    elsewhere: Sentence = (f" It lies in the window of {other.label} (", _when(other), ").") if other else ""
    yield warning(
        "visit",
        (
            (day, f" does not fit the visit {own.label} (", _when(own), ")."),
            (elsewhere, " Check the day and the visit."),
        ),
        f"{proposal.kind}.visit-day",
    )


def _when(visit: PlannedVisit) -> Sentence:
    words: list[Sentence] = []
    if visit.opens and visit.closes:
        words.append(("window ", visit.opens, " to ", visit.closes))
    if visit.took_place:
        words.append(("took place ", visit.date or "an unknown day"))
    return joined(", ", words)
