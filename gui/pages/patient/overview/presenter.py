"""What stands beside the drawing, in words. Pure: chart -> lines that open a record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gui.pages.patient.presenter import day_words
from models.chart.events import EventView
from models.chart.patient_chart import PatientChart
from models.chart.standing import short
from models.chart.why import why_milestone, why_visit
from models.domain.capitals import upper_first, within_sentence
from models.domain.codelists import PURPOSE
from models.domain.date_notation import write_date
from models.domain.derived import Derived
from models.domain.notation import Desk
from models.domain.sentence import write_sentence
from models.figures.data import upcoming
from models.figures.words import series_name
from models.protocols.schedule import DUE_STATES, PlannedVisit, VisitState
from models.records.flags import Flag
from models.reports.desk_words import day_words as day_in_words
from models.reports.desk_words import days_words

LATE_SAMPLE_DAYS = 14
"""Days after which an awaited result is shown as due."""
_MOST_PLANNED = 2


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
    visits = (_visit(chart, visit, desk) for visit in upcoming(chart.visits, _MOST_PLANNED))
    awaited = []
    for sample in chart.awaited:
        sent = sample.sent
        since = sent.earliest if sent else None
        days = (chart.today - since).days if since else 0
        remark = f"sent {write_date(sent, desk)} · {days} days" if sent and since else "day of sending not known"
        kind, id_ = ("mrd", 0) if sample.purpose == "MRD" else (sample.kind, sample.id)
        values = {"visit": sample.visit, "collected": sample.collected, "specimen": sample.specimen}
        tone = "due" if days > LATE_SAMPLE_DAYS else ""
        text = f"{PURPOSE.label(sample.purpose)} result awaited"
        awaited.append(Line(text, remark, kind, id_, tone, {k: v for k, v in values.items() if v}))
    return (*visits, *awaited)


def event_lines(chart: PatientChart, desk: Desk) -> tuple[Line, ...]:
    """Adverse events that go on, the gravest first."""
    going_on = sorted((view for view in chart.events if view.open), key=lambda view: -(view.current or 0))
    return tuple(_event(view, desk) for view in going_on)


def last_event(chart: PatientChart, desk: Desk) -> str:
    """What stands where no event goes on: "None. Last: grade 3 fever, until 3 Apr 2026"."""
    ended = [view for view in chart.events if not view.open]
    if not ended:
        return "None recorded."
    last = max(ended, key=lambda view: view.record.ended.iso if view.record.ended else "")
    grade = f"grade {last.worst} " if last.worst else ""
    until = f", until {write_date(last.record.ended, desk)}" if last.record.ended else ""
    term = last.record.name
    return f"None. Last: {grade}{within_sentence(term)}{until}."


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
            f"{write_sentence(alert.kind.reason, desk)} {alert.prompt}".strip(),
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


def _visit(chart: PatientChart, visit: PlannedVisit, desk: Desk) -> Line:
    today = chart.today
    window = days_words(visit.opens, visit.closes, desk)
    if visit.state is VisitState.OVERDUE and visit.closes:
        when, tone = f"{_days((today - visit.closes).days)} past", "urgent"
    elif visit.state in DUE_STATES and visit.closes:
        left = (visit.closes - today).days
        when, tone = (f"{_days(left)} left" if left else "last day"), "due"
    else:
        when, tone = (f"in {_days((visit.opens - today).days)}" if visit.opens else ""), ""
    remark = " · ".join(part for part in (window, when) if part)
    return Line(visit.label, remark, "visit", 0, tone, {"visit": visit.code}, why_visit(chart, visit))


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
