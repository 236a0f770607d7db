"""Events that end in death: the grade, the outcome, the seriousness and the death of the patient tell one thing.

Grade 5 is death (CTCAE), and an event that results in death is serious, whatever its course was (ICH E2A, II.B). An
answer that says otherwise would stop the reporting clock of a death, so it is refused. Where one of them is only
missing, that is asked about.
"""

from collections.abc import Iterator, Mapping

from models.checks.facts import Facts, Proposal
from models.domain.findings import Finding, error, warning
from models.domain.partial_dates import PartialDate
from models.records.safety import AdverseEvent, AeGrade

_DEATH = "5"
_BY_DEATH = "AESDTH"


def check_fatal(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """An event with its grades, against its own answers and against the death of the patient."""
    grades = {str(values.get("grade")) for kind, values in proposal.children if kind == "ae_grade"}
    graded, fatal = _DEATH in grades, proposal.get("outcome") == "FATAL"
    by_death = _results_in_death(proposal.values)
    if (graded or fatal) and proposal.get("serious") is not True:
        because, instead = ("Grade 5 is death", "the grade") if graded else ("The outcome is fatal", "the outcome")
        yield error(
            "serious",
            f"{because}, and an event that ends in death is serious by definition (ICH E2A). "
            f"Answer “Serious” with yes, or correct {instead}.",
            "event.fatal-serious",
        )
    yield from _one_thing(proposal, graded=graded, fatal=fatal, by_death=by_death, any_grade=bool(grades))
    if (graded or fatal or by_death) and facts.died is None:
        yield warning(
            "outcome",
            "The event ended in death, yet no death of this patient is recorded. Enter it on the tab Baseline.",
            "event.death-missing",
        )
    if not (graded or fatal or by_death) and proposal.get("ongoing") is True and facts.died is not None:
        yield warning(
            "ongoing",
            ("The patient died on ", facts.died, ": an event that was not fatal cannot be ongoing since. Check both."),
            "event.ongoing-after-death",
        )


def check_events_at_death(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """A doubt where an event that was not fatal is recorded as ongoing: it ended with the life at the latest."""
    if not isinstance(proposal.get("date"), PartialDate):
        return
    deadly = {each.parent for each in facts.siblings("ae_grade", grade=_DEATH) if isinstance(each, AeGrade)}
    ongoing = [
        event
        for event in facts.siblings("adverse_event", ongoing=True)
        if isinstance(event, AdverseEvent)
        and event.outcome != "FATAL"
        and event.id not in deadly
        and not _results_in_death(event.values())
    ]
    if ongoing:
        others = f" and {len(ongoing) - 1} more" if len(ongoing) > 1 else ""
        yield warning(
            "date",
            f"An adverse event is recorded as ongoing and not as fatal: {ongoing[0].term}{others}. "
            "Say there how it ended.",
            "death.event-ongoing",
        )


def _one_thing(proposal: Proposal, *, graded: bool, fatal: bool, by_death: bool, any_grade: bool) -> Iterator[Finding]:
    """Grade 5, the outcome fatal and the criterion of death imply each other; the one that is missing is named."""
    outcome, criteria = proposal.get("outcome"), proposal.get("seriousness")
    if graded and outcome not in ("FATAL", None):
        yield error("outcome", "Grade 5 is death of the event: the outcome must be fatal.", "event.fatal")
    if graded and outcome is None:
        yield warning("outcome", "Grade 5 is death, yet the outcome is not recorded as fatal.", "event.fatal-outcome")
    if fatal and any_grade and not graded:
        yield warning("outcome", "The outcome is fatal, yet no grade 5 is recorded.", "event.fatal-grade")
    if (graded or fatal) and criteria and not by_death:
        yield warning(
            "seriousness",
            "The event ended in death, yet “Results in death” is not among the reasons why it is serious.",
            "event.fatal-criterion",
        )
    if by_death and not (graded or fatal):
        yield warning(
            "seriousness",
            "It is serious because it resulted in death, yet neither grade 5 nor the outcome fatal is recorded.",
            "event.death-criterion",
        )


def _results_in_death(values: Mapping[str, object]) -> bool:
    criteria = values.get("seriousness")
    return isinstance(criteria, tuple) and _BY_DEATH in criteria
