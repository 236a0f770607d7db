"""The lines of the day's list: what one patient, or a query, gives somebody to do, in words."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import Enum
from typing import NamedTuple

from models.chart.awaited import LATE_RESULT_DAYS, mutation_test_since
from models.chart.gaps import Gap, of_plan, untested_relapse
from models.chart.patient_chart import PatientChart
from models.chart.standing import short
from models.domain.capitals import upper_first, within_sentence
from models.domain.date_notation import write_date, write_moment
from models.domain.durations import left_words
from models.domain.molecular.terms import BONE_MARROW
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.domain.sentence import write_sentence
from models.protocols.schedule import PlannedVisit, VisitState
from models.queries.review import QueryView

LATE_QUERY_DAYS = 7
"""Days after which an open query is marked late; a habit of the desk, not a rule of the trial."""


class Urgency(Enum):
    """How pressing a line is; the value is the word shown to a screen reader."""

    NOW = "urgent"
    SOON = "soon"
    LATER = "later"


class WorkItem(NamedTuple):
    """One line: who, what, since or until when, how pressing; and the record that it opens.

    `record_id` is 0 where a new record is to be entered, and `visit` its visit then. `field` names the field of the
    record that the line is about. `days` says for how long it has waited: a clock since it ran out and a visit since
    its window closed (less than 0 before), a result, a question. Of lines as pressing as each other, the one that has
    waited longest comes first. `tab` is the tab of the patient page where the line opens no record.
    """

    patient: int
    label: str
    text: str
    detail: str
    badge: str
    urgency: Urgency
    kind: str
    record_id: int = 0
    visit: str = ""
    field: str = ""
    days: float = 0
    tab: str = ""


def _day(day: date, desk: Desk) -> str:
    return write_date(PartialDate.from_date(day), desk)


def _days(days: int) -> str:
    if days < 1:
        return "today"
    return f"{days} days" if days > 1 else "1 day"


def clocks(chart: PatientChart, now: datetime, desk: Desk) -> Iterator[WorkItem]:
    """Serious adverse events that have to be reported still, with the time that is left."""
    for event in chart.events:
        if not event.to_report:
            continue
        aware, deadline = event.record.aware, event.deadline
        grade = f", grade {event.current}" if event.current else ""
        yield WorkItem(
            chart.patient.id,
            chart.label,
            f"Serious: {event.record.name}{grade}",
            f"aware {write_moment(aware, desk)}" if aware else "awareness not recorded",
            left_words(deadline - now) if deadline else "clock not known",
            Urgency.NOW,
            "adverse_event",
            event.record.id,
            field="" if aware else "aware",
            days=(now - deadline) // timedelta(hours=1) / 24 if deadline else float("inf"),
        )


def visits(chart: PatientChart, desk: Desk) -> Iterator[WorkItem]:
    """Visits whose window is open, closing or past."""
    for visit in chart.due:
        badge, urgency = _visit_badge(visit, chart)
        yield WorkItem(
            chart.patient.id,
            chart.label,
            visit.label,
            _window(visit, desk),
            badge,
            urgency,
            "visit",
            visit=visit.code,
            days=(chart.today - visit.closes).days if visit.closes else 0,
        )


def _window(visit: PlannedVisit, desk: Desk) -> str:
    """The window in words; a visit before the first phase has none yet, and says what it comes before."""
    if visit.opens is None or visit.closes is None:
        return visit.reason.rstrip(".")
    return f"window {_day(visit.opens, desk)} – {_day(visit.closes, desk)}"


def _visit_badge(visit: PlannedVisit, chart: PatientChart) -> tuple[str, Urgency]:
    closes = visit.closes or chart.today
    days = (closes - chart.today).days
    if visit.state is VisitState.OVERDUE:
        return (f"{-days} days past" if days < -1 else "1 day past"), Urgency.NOW
    if visit.state is VisitState.CLOSING:
        return (
            ("last day", Urgency.NOW)
            if days == 0
            else (f"{days} days left" if days > 1 else "1 day left", Urgency.SOON)
        )
    return "open", Urgency.LATER


def awaited(chart: PatientChart, desk: Desk) -> Iterator[WorkItem]:
    """Samples that were sent and of which no result has come back."""
    words = {"MRD": "MRD", "MUTATION": "ABL1 mutation test", "HLA": "HLA typing", "COPY NUMBER": "Copy-number calls"}
    for sample in chart.awaited:
        since = sample.sent.earliest if sample.sent else None
        days = (chart.today - since).days if since else None
        place = f", {sample.laboratory}" if sample.laboratory else ""
        visit = chart.protocol.visit(sample.visit or "")
        what = words.get(sample.purpose, sample.comment or "Sample")
        if sample.purpose == "MRD" and sample.specimen:
            what += f" in {'marrow' if sample.specimen == BONE_MARROW else 'blood'}"
        sent_on = (
            f"{sample.sent_words} {write_date(sample.sent, desk)}"
            if sample.sent and since
            else "day of sending not known"
        )
        yield WorkItem(
            chart.patient.id,
            chart.label,
            f"{what}, {within_sentence(visit.label)}" if visit else what,
            f"{sent_on}{place}",
            _days(days) if days is not None else "waiting",
            Urgency.SOON if days is None or days > LATE_RESULT_DAYS else Urgency.LATER,
            "mrd" if sample.purpose == "MRD" else sample.kind,
            0 if sample.purpose == "MRD" else sample.id,
            visit=sample.visit or "",
            days=days or 0,
        )


def rising(chart: PatientChart, desk: Desk) -> Iterator[WorkItem]:
    """The newest alert of a patient; once a mutation test was taken after it, nobody is prompted for one."""
    for alert in chart.alerts[-1:]:
        kind = alert.kind.value
        tested = mutation_test_since(chart, alert)
        reason = write_sentence(alert.kind.reason, desk).partition(";")[0].rstrip(".")
        yield WorkItem(
            chart.patient.id,
            chart.label,
            f"{upper_first(kind)}: {alert.transcript}",
            f"{short(alert.specimen).capitalize()}: {within_sentence(reason)}. {tested or alert.prompt}".strip(),
            write_date(alert.collected, desk),
            Urgency.SOON if tested else Urgency.NOW,
            "mrd",
            int(alert.sample),
        )


def gaps(chart: PatientChart, desk: Desk) -> Iterator[WorkItem]:
    """What must follow from the record for the plan, and is missing."""
    return (_gap(chart, gap, desk) for gap in of_plan(chart))


def relapses(chart: PatientChart, desk: Desk) -> Iterator[WorkItem]:
    """The relapse that no ABL1 mutation test follows; of a chart that was read with its molecular results."""
    return (_gap(chart, gap, desk) for gap in untested_relapse(chart))


def _gap(chart: PatientChart, gap: Gap, desk: Desk) -> WorkItem:
    return WorkItem(
        chart.patient.id,
        chart.label,
        write_sentence(gap.said, desk),
        "",
        "missing",
        Urgency.SOON,
        gap.kind,
        gap.record_id,
    )


def flags(chart: PatientChart) -> Iterator[WorkItem]:
    """Doubtful values that wait for an answer."""
    for flag in chart.flags:
        entered = flag.entered_at.date() if flag.entered_at else chart.today
        days = (chart.today - entered).days
        yield WorkItem(
            chart.patient.id,
            chart.label,
            flag.message,
            flag.answer or "",
            _days(days),
            Urgency.LATER,
            flag.about_kind,
            flag.about_id,
            days=days,
        )


def queries(queries: Iterable[QueryView]) -> Iterator[WorkItem]:
    """Queries, each with what was said last."""
    for query in queries:
        yield WorkItem(
            query.patient,
            query.patient_label,
            query.last.words or query.asked.words,
            ": ".join(part for part in (query.record_words, query.field_words) if part),
            _days(query.age_days),
            Urgency.SOON if query.age_days > LATE_QUERY_DAYS else Urgency.LATER,
            query.kind,
            query.record,
            field=query.field,
            days=query.age_days,
        )
