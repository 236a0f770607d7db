"""Why a visit has its window, its state and its deviation: the protocol's plan, the phase's real start, today."""

from collections.abc import Mapping
from datetime import date

from models.domain.derived import Derived, Rule
from models.domain.partial_dates import PartialDate
from models.domain.sentence import Sentence
from models.protocols.model import Protocol
from models.protocols.schedule import PlannedVisit, VisitState

_STATUS = {"DONE": "took place", "MISSED": "missed", "SKIPPED": "skipped"}


def why_visit(
    visit: PlannedVisit, protocol: Protocol, phases_started: Mapping[str, PartialDate], today: date
) -> Derived[str]:
    """The state of a visit of `schedule.plan`, made with the same protocol, starts of phases and day.

    The rule is the protocol's own visit, so its version is the protocol's.
    """
    name = f"{protocol.id}, visit {visit.code}" if visit.plan else f"{protocol.id}, visits"
    source = f"Protocol file {protocol.id}, version {protocol.version}; days are counted as CDISC counts study days"
    window = (*_planned(visit, protocol, phases_started), *_window(visit))
    inputs = (*window, *_recorded(visit), ("Today", today))
    reason = (_reason(visit, protocol, today), _deviation(visit))
    return Derived(visit.state.value, Rule(name, protocol.version, source), inputs, reason)


def _planned(
    visit: PlannedVisit, protocol: Protocol, phases_started: Mapping[str, PartialDate]
) -> tuple[tuple[str, Sentence], ...]:
    plan = visit.plan
    if plan is None:
        return ()
    phase = protocol.phase(plan.anchor)
    anchor = phase.label if phase else plan.anchor
    day = str(plan.day).replace("-", "\N{MINUS SIGN}")
    return (
        ("Planned on", f"day {day} of {anchor}"),
        (f"{anchor} began", phases_started.get(plan.anchor, "not recorded")),
        ("Allowed", f"{_days(plan.before)} before to {_days(plan.after)} after"),
    )


def _window(visit: PlannedVisit) -> tuple[tuple[str, Sentence], ...]:
    if visit.target is None or visit.opens is None or visit.closes is None:
        return ()
    return ("Target day", visit.target), ("Window", (visit.opens, " to ", visit.closes))


def _recorded(visit: PlannedVisit) -> tuple[tuple[str, Sentence], ...]:
    if not visit.actual:
        return (("Recorded", "nothing"),)
    return tuple(
        ("Recorded", (_STATUS.get(each.status, each.status), ", " if each.date else "", each.date or ""))
        for each in visit.actual
    )


def _reason(visit: PlannedVisit, protocol: Protocol, today: date) -> Sentence:
    """Why the visit is in its state."""
    opens, closes = visit.opens, visit.closes
    match visit.state:
        case VisitState.PLANNED if opens:
            return ("The window opens on ", opens, ".")
        case VisitState.OPEN if closes:
            return f"The window is open. {_left(closes, today)}."
        case VisitState.CLOSING if closes:
            few = _days(protocol.closing_days)
            return (
                f"The window is open. {_left(closes, today)}; a visit counts as closing when {few} or fewer are left."
            )
        case VisitState.OVERDUE if closes:
            return (visit.reason, f" That was {_days((today - closes).days)} ago.")
        case VisitState.DONE_IN_WINDOW:
            return "The day of the visit lies in the window."
        case VisitState.DONE_OUT_OF_WINDOW:
            return "The day of the visit lies outside the window."
        case VisitState.MISSED | VisitState.SKIPPED:
            return (
                f"The record says that the visit was {visit.state.value}",
                f": {visit.reason}" if visit.reason else ".",
            )
        case VisitState.UNSCHEDULED:
            return "The protocol plans no visit of this kind: there is no window."
        case _:
            return visit.reason


def _deviation(visit: PlannedVisit) -> Sentence:
    days = visit.deviation_days
    if days > 0 and visit.closes:
        return (f" {_days(days)} late: the window closed on ", visit.closes, ".")
    if days < 0 and visit.opens:
        return (f" {_days(-days)} early: the window opened on ", visit.opens, ".")
    return ""


def _left(closes: date, today: date) -> str:
    left = (closes - today).days
    return f"{_days(left)} {'is' if left == 1 else 'are'} left" if left else "Today is its last day"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
