"""What the Adverse events tab says, worked out from the chart."""

from dataclasses import dataclass
from datetime import datetime

from gui.pages.patient.adverse_events.clock import clock_words, serious_clock
from gui.pages.patient.presenter import day_words as study_day
from models.chart.events import EventView
from models.chart.patient_chart import PatientChart
from models.domain.codelists import ACTION, CAUSALITY, OUTCOME
from models.domain.date_notation import write_date
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.protocols.model import Protocol
from models.records.safety import AeDrug

_GOES_ON = "~"
"""Sorts behind every date, also behind one that is not known."""


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event as a line of the table. `drugs` says what was judged of each drug.

    `day` and `last_day` sort by beginning and end; what goes on ends last.
    """

    record: int
    term: str
    words: str
    worst: int | None
    grade: str
    began: str
    day: str
    ended: str
    last_day: str
    serious: str
    serious_tone: str
    drugs: str
    outcome: str
    open: bool


def event_lines(chart: PatientChart, desk: Desk, now: datetime) -> tuple[EventLine, ...]:
    """The events: those that go on first, then by the day they began, newest first."""
    lines = [event_line(chart, view, desk, now) for view in chart.events]
    order = {view.record.id: (view.open, view.record.began.iso) for view in chart.events}
    return tuple(sorted(lines, key=lambda line: order[line.record], reverse=True))


def event_line(chart: PatientChart, view: EventView, desk: Desk, now: datetime) -> EventLine:
    """One event."""
    record = view.record
    serious, tone = ("No", "") if record.serious is False else ("", "")
    if record.serious:
        clock = clock_words(serious_clock(chart.protocol), record.aware, record.reported, now, desk)
        serious, tone = f"Serious, {clock.short}", clock.tone
    return EventLine(
        record=record.id,
        term=record.name,
        words=record.verbatim or "",
        worst=view.worst,
        grade=grade_words(view),
        began=day_words(chart, record.began, desk),
        day=record.began.iso,
        ended="goes on" if view.open else day_words(chart, record.ended, desk) or "ended, date not known",
        last_day=_GOES_ON if view.open else record.ended.iso if record.ended else "",
        serious=serious,
        serious_tone=tone,
        drugs=", ".join(_judgement(chart.protocol, each) for each in view.drugs) or "not judged",
        outcome=OUTCOME.label(record.outcome) if record.outcome else "",
        open=view.open,
    )


def grade_words(view: EventView) -> str:
    """The worst grade, and where an event that goes on is milder now also that: "Grade 3, now 1"."""
    if view.worst is None:
        return "No grade"
    now = f", now {view.current}" if view.open and view.current != view.worst else ""
    return f"Grade {view.worst}{now}"


def day_words(chart: PatientChart, when: PartialDate | None, desk: Desk) -> str:
    """A date with the study day: "21 Sep 2026 · day 256"."""
    if when is None:
        return ""
    day = chart.day(when)
    return write_date(when, desk) + (f" · {study_day(day)}" if day is not None else "")


def summary(chart: PatientChart) -> str:
    """The remark beside the heading: how many, how many go on, how many were serious."""
    if not chart.events:
        return ""
    going = sum(view.open for view in chart.events)
    serious = sum(bool(view.record.serious) for view in chart.events)
    severe = sum((view.worst or 0) >= 3 for view in chart.events)
    return f"{len(chart.events)} recorded · {going} going on · {severe} of grade 3 or more · {serious} serious"


def _judgement(protocol: Protocol, judged: AeDrug) -> str:
    drug = protocol.drug(judged.drug)
    words = [drug.name if drug else judged.drug]
    words.append(CAUSALITY.label(judged.causality).lower() if judged.causality else "not judged")
    if judged.action and judged.action not in ("DOSE NOT CHANGED", "NOT APPLICABLE"):
        words.append(f"({ACTION.label(judged.action).lower()})")
    return " ".join(words)
