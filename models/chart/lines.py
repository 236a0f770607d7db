"""One patient as one line of a list."""

from datetime import date
from typing import Any

from models.chart.milestones import GONE
from models.chart.patient_chart import PatientChart
from models.chart.standing import elsewhere_words, in_specimen
from models.domain.codelists import PATIENT_STATUS
from models.protocols.schedule import DUE_STATES, PlannedVisit, VisitState


def next_visit(chart: PatientChart) -> PlannedVisit | None:
    """The visit that comes next: the earliest one due, else the earliest one planned with a window.

    None for who died or left the study, also where a visit from before was never recorded.
    """
    if chart.status in GONE:
        return None
    due = [v for v in chart.visits if v.state in DUE_STATES]
    planned = [v for v in chart.visits if v.state is VisitState.PLANNED and v.opens]
    return next(iter(due or planned), None)


def visit_on(chart: PatientChart, day: date) -> PlannedVisit | None:
    """The visit that took place on that day, else the first one still to come whose window covers it."""
    held = (v for v in chart.visits if v.took_place and v.date and v.date.full == day)
    coming = (v for v in chart.visits if not v.took_place and v.state in _STILL_TO_COME)
    covering = (v for v in coming if v.opens and v.closes and v.opens <= day <= v.closes)
    return next(held, None) or next(covering, None)


_STILL_TO_COME = DUE_STATES | {VisitState.PLANNED}


def _response(chart: PatientChart) -> str | None:
    """The class with its specimen, and what another specimen has shown since."""
    course = chart.course
    if course.standing is None:
        return None
    against = elsewhere_words(course, lambda each: each.since.isoformat())
    return ", ".join(filter(None, (f"{course.standing.headline.value}{in_specimen(course)}", against)))


def patient_line(chart: PatientChart) -> dict[str, Any]:
    """The line as plain data, for `patients --json`."""
    following = next_visit(chart)
    standing = chart.course.standing
    return {
        "id": chart.patient.id,
        "label": chart.label,
        "screening_number": chart.patient.screening_number,
        "subject_number": chart.patient.subject_number,
        "sex": chart.patient.sex,
        "age": chart.patient.age,
        "synthetic": bool(chart.patient.synthetic),
        "status": PATIENT_STATUS.label(chart.status),
        "enrolled": chart.patient.enrolled.iso if chart.patient.enrolled else None,
        "last_class": standing.headline.value if standing else None,
        "last_class_since": standing.since.isoformat() if standing else None,
        "last_class_words": _response(chart),
        "next_visit": following.code if following else None,
        "next_visit_opens": following.opens.isoformat() if following and following.opens else None,
        "next_visit_closes": following.closes.isoformat() if following and following.closes else None,
        "open_questions": len(chart.flags),
        "results_awaited": len(chart.awaited),
        "rising": bool(chart.alerts),
    }
