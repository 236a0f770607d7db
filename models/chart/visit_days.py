"""Which visit a sample's day belongs to, and whether the visit that a record names fits its day."""

from collections.abc import Sequence
from datetime import date, timedelta

from models.domain.partial_dates import PartialDate
from models.protocols.schedule import PlannedVisit


def planned_visit(visits: Sequence[PlannedVisit], code: object) -> PlannedVisit | None:
    """The visit of the plan with that code. Unscheduled ones share theirs: only the day tells which one is meant."""
    return next((v for v in visits if v.plan and v.code == code), None)


def visit_of_day(visits: Sequence[PlannedVisit], day: date, piece: str) -> PlannedVisit | None:
    """The visit that took place on that day, else the one whose window holds it; None where there is none.

    `piece` is what was done that day ("mrd"): of several visits one that collects it comes first, then the one whose
    target is nearest.
    """
    there = [v for v in visits if v.took_place and v.date and v.date.full == day]
    there = there or [v for v in visits if _in_window(v, day, day)]
    return min(there, key=lambda v: (not (v.plan and piece in v.plan.collects), _distance(v, day)), default=None)


def fits_visit(visits: Sequence[PlannedVisit], code: str, day: PartialDate) -> tuple[bool, PlannedVisit | None]:
    """Whether something done on `day` may belong to the planned visit `code`, and the visit whose window holds the day.

    It may where the day lies in the visit's window or is the day on which the visit took place; and around that day, as
    far as the window is wide, unless another visit's window holds it. Where neither window nor day of the visit is
    known, it may: nothing stands against it. Of a partial date it is enough that one of its days may.
    """
    own = planned_visit(visits, code)
    first, last = day.earliest, day.latest
    if own is None or first is None or last is None or _in_window(own, first, last):
        return True, None
    other = next((v for v in visits if v.code != code and v.plan and _holds(v, first, last)), None)
    came, went = (own.date.earliest, own.date.latest) if own.date and own.took_place else (None, None)
    if came is None or went is None:
        return own.opens is None, other
    if first <= went and last >= came:
        return True, None
    width = timedelta(days=own.plan.before + own.plan.after) if own.plan else timedelta(0)
    return other is None and first - went <= width and came - last <= width, other


def _in_window(visit: PlannedVisit, first: date, last: date) -> bool:
    return bool(visit.opens and visit.closes and first <= visit.closes and last >= visit.opens)


def _holds(visit: PlannedVisit, first: date, last: date) -> bool:
    return bool(visit.opens and visit.closes and visit.opens <= first and last <= visit.closes)


def _distance(visit: PlannedVisit, day: date) -> int:
    return abs((visit.target - day).days) if visit.target else 0
