"""One patient as one line of a list."""

from datetime import date
from typing import Any

from models.chart.patient_chart import PatientChart
from models.chart.standing import elsewhere_words, in_specimen
from models.domain.codelists import PATIENT_STATUS
from models.protocols.schedule import DUE_STATES, PlannedVisit, VisitState


def next_visit(chart: PatientChart) -> PlannedVisit | None:
    """The visit that comes next: the earliest one due, else the earliest one planned with a window."""
    due = [v for v in chart.visits if v.state in DUE_STATES]
    planned = [v for v in chart.visits if v.state is VisitState.PLANNED and v.opens]
    return next(iter(due or planned), None)


def is_expected(chart: PatientChart, day: date) -> bool:
    """Whether a visit took place on that day, or is still to come and its window covers it."""
    for visit in chart.visits:
        if visit.date is not None:
            if visit.date.full == day:
                return True
        elif visit.opens and visit.closes and visit.opens <= day <= visit.closes and visit.state in _STILL_TO_COME:
            return True
    return False


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
