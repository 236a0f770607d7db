"""What stands beside the drawing, in words. Pure: chart -> lines that open a record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gui.pages.patient.presenter import day_words
from models.chart.awaited import LATE_RESULT_DAYS, Awaited, mutation_test_since
from models.chart.events import EventView
from models.chart.patient_chart import PatientChart
from models.chart.standing import short
from models.chart.why import why_milestone, why_visit
from models.domain.capitals import upper_first, within_sentence
from models.domain.codelists import PURPOSE
from models.domain.date_notation import write_date
from models.domain.derived import Derived
from models.domain.durations import days_in_words
from models.domain.notation import Desk
from models.domain.sentence import write_sentence
from models.figures.data import upcoming
from models.figures.words import series_name
from models.protocols.schedule import DUE_STATES, PlannedVisit, VisitState
from models.records.flags import Flag
from models.reports.desk_words import day_words as day_in_words
from models.reports.desk_words import window_words


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card: what, a quiet remark, a tone ("" for none), and the record that it opens.

    `values` are those of the form that opens where `record_id` is 0. `derived` says why, of what a rule worked out.
    """

    text: str
    remark: str
    kind: str
    record_id: int
    tone: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    derived: Derived[Any] | None = None


def next_lines(chart: PatientChart, desk: Desk) -> tuple[Line, ...]:
    """Visits due and upcoming, then results awaited."""
    return (
        *(_visit(chart, visit, desk) for visit in upcoming(chart.visits)),
        *(_awaited(sample, chart.today, desk) for sample in chart.awaited),
    )


def event_lines(chart: PatientChart, desk: Desk) -> tuple[Line, ...]:
    """Adverse events that go on, the gravest first."""
    going_on = sorted((view for view in chart.events if view.open), key=lambda view: -(view.current or 0))
    return tuple(_event(view, desk) for view in going_on)


def last_event(chart: PatientChart, desk: Desk) -> str:
    """What stands where no event goes on: "None. Last: grade 3 fever, until 3 Apr 2026"."""
    ended = [view for view in chart.events if not view.open]
    if not ended:
        return "None recorded."
    last = max(ended, key=_last_day)
    grade = f"grade {last.worst} " if last.worst else ""
    until = f", until {write_date(last.record.ended, desk)}" if last.record.ended and last.record.ended.latest else ""
    term = last.record.name
    return f"None. Last: {grade}{within_sentence(term)}{until}."


def _last_day(view: EventView) -> date:
    return (view.record.ended and view.record.ended.latest) or date.min


def milestone_lines(chart: PatientChart, desk: Desk) -> tuple[Line, ...]:
    """What the patient has reached and lost, in the order of time."""
    return tuple(
        Line(
            milestone.label,
            day_words(milestone.day) if milestone.day is not None else write_date(milestone.date, desk),
            milestone.kind,
            milestone.record_id,
            "urgent" if milestone.code in ("relapse", "death", "mutation") else "",
            derived=why_milestone(chart, milestone),
        )
        for milestone in chart.milestones
    )


def question_lines(chart: PatientChart, desk: Desk) -> tuple[Line, ...]:
    """MRD that needs attention, what is missing, and doubtful values that nobody has settled."""
    alerts = tuple(
        Line(
            f"{upper_first(alert.kind.value)}, {series_name(alert.transcript, alert.specimen)}",
            f"{write_sentence(alert.kind.reason, desk)} {mutation_test_since(chart, alert) or alert.prompt}".strip(),
            "mrd",
            int(alert.sample),
            "urgent",
            derived=alert.kind,
        )
        for alert in chart.alerts
    )
    missing = (Line(write_sentence(gap.said, desk), "", gap.kind, gap.record_id, "due") for gap in chart.gaps)
    return (*alerts, *_elsewhere(chart, desk), *missing, *(_question(flag) for flag in chart.flags))


def _elsewhere(chart: PatientChart, desk: Desk) -> Iterable[Line]:
    """Another specimen that turned positive, where no alert says so already."""
    standing, told = chart.course.standing, {alert.specimen for alert in chart.alerts}
    for each in chart.course.elsewhere:
        if standing and each.specimen not in told:
            own, since = short(standing.specimen), day_in_words(each.since, desk)
            words = f"{upper_first(short(each.specimen))} {each.headline.value} since {since}"
            remark = f"Last {own}, {day_in_words(standing.last, desk)}: {standing.headline.value}."
            yield Line(words, remark, "mrd", int(each.samples[0]), "urgent", derived=each.explained)


def _question(flag: Flag) -> Line:
    return Line(flag.message, flag.answer or "", flag.about_kind, flag.about_id, "due")


def _event(view: EventView, desk: Desk) -> Line:
    grade = f"Grade {view.current}" if view.current else "No grade"
    serious = " · serious" if view.record.serious else ""
    remark = f"{grade}{serious} · since {write_date(view.record.began, desk)}"
    return Line(
        view.record.name, remark, "adverse_event", view.record.id, f"grade{view.current}" if view.current else ""
    )


def _awaited(sample: Awaited, today: date, desk: Desk) -> Line:
    sent = sample.sent
    days = (today - sent.earliest).days if sent and sent.earliest else None
    if sent is None or days is None:
        remark = "day of sending not known"
    else:
        counted = f" · {days_in_words(days)}" if sent.full else ""
        remark = f"{sample.sent_words} {write_date(sent, desk)}{counted}"
    kind, id_ = ("mrd", 0) if sample.purpose == "MRD" else (sample.kind, sample.id)
    values = {"visit": sample.visit, "collected": sample.collected, "specimen": sample.specimen}
    given = {name: value for name, value in values.items() if value}
    tone = "due" if days is None or days > LATE_RESULT_DAYS else ""
    return Line(f"{PURPOSE.label(sample.purpose)} result awaited", remark, kind, id_, tone, given)


def _visit(chart: PatientChart, visit: PlannedVisit, desk: Desk) -> Line:
    today = chart.today
    window = window_words(visit, desk)
    if visit.state is VisitState.OVERDUE and visit.closes:
        when, tone = f"{days_in_words((today - visit.closes).days)} past", "urgent"
    elif visit.state in DUE_STATES and visit.closes:
        left = (visit.closes - today).days
        when, tone = (f"{days_in_words(left)} left" if left else "last day"), "due"
    elif visit.opens:
        when, tone = f"in {days_in_words((visit.opens - today).days)}", ""
    else:
        when, tone = "", "due"
    remark = " · ".join(part for part in (window, when) if part)
    return Line(visit.label, remark, "visit", 0, tone, {"visit": visit.code}, why_visit(chart, visit))
