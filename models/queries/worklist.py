"""What has to be done today, over the whole site: clocks, visits, results awaited, rising MRD, open questions."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from typing import NamedTuple

from models.chart.milestones import GONE
from models.chart.patient_chart import PatientChart
from models.chart.standing import short
from models.domain.date_notation import write_date, write_moment
from models.domain.molecular.sample import BONE_MARROW
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.domain.sentence import write_sentence
from models.protocols.schedule import PlannedVisit, VisitState
from models.queries.review import QueryView

LATE_QUERY_DAYS = 7
"""Days after which an open query is marked late; a habit of the desk, not a rule of the trial."""
LATE_RESULT_DAYS = 14
"""Days after which an awaited result is marked late; a habit of the desk, not a rule of the trial."""


class Urgency(Enum):
    """How pressing a line is; the value is the word shown to a screen reader."""

    NOW = "urgent"
    SOON = "soon"
    LATER = "later"


class WorkItem(NamedTuple):
    """One line: who, what, since or until when, how pressing; and the record that it opens.

    `tab` is the patient page's tab; `record_id` is 0 where a new record is to be entered, and `visit` its visit then.
    `field` names the field of the record that the line is about. `days_past` says for how many days a visit has been
    overdue; of lines as pressing as each other, the longest overdue comes first.
    """

    patient: int
    label: str
    text: str
    detail: str
    badge: str
    urgency: Urgency
    tab: str
    kind: str
    record_id: int = 0
    visit: str = ""
    field: str = ""
    days_past: int = 0


class Section(NamedTuple):
    """A block of the worklist."""

    code: str
    title: str
    subtitle: str
    items: tuple[WorkItem, ...]


@dataclass(frozen=True, slots=True)
class Worklist:
    """Today, for the site: the sections in order of urgency, and how many patients stand where (by status code).

    `complete` is false while a section is still to be read: see `WorklistReader`.
    """

    sections: tuple[Section, ...]
    counts: dict[str, int] = field(default_factory=dict)
    complete: bool = True

    @property
    def total(self) -> int:
        """How many lines there are."""
        return sum(len(section.items) for section in self.sections)

    def section(self, code: str) -> Section:
        """A section by its code."""
        return next(s for s in self.sections if s.code == code)


WORKLIST_TITLES = {
    "clocks": ("Must be reported", "serious adverse events with a running clock"),
    "visits": ("Visits", "window open, closing or past"),
    "awaited": ("Results awaited", "samples sent, nothing back"),
    "rising": ("Rising MRD", "a rise, or a response lost"),
    "flags": ("Open questions", "what is missing, and doubtful values waiting for an answer"),
    "queries": ("Queries", "waiting for your answer, or for you to close them"),
}
"""The sections: code -> title and subtitle."""
_SLICE = 6
"""Patients whose molecular course is followed between two looks at the clock: some hundredths of a second."""

ReadCharts = Callable[[tuple[int, ...] | None], Iterable[PatientChart]]
"""Reads charts by patient ids, None for all."""
ReadQueries = Callable[[tuple[int, ...] | None], Iterable[QueryView]]
"""Reads the queries that wait for the person at the desk, by patient ids, None for all."""


class WorklistReader:
    """Builds the worklist in steps, so that a window can show what is known while the molecular courses are followed.

    `planning` reads charts for status, visits, clocks and questions, and `queries` what monitor and site ask each
    other, which is quick; `molecular` reads charts for awaited results and alerts, which takes most of the time.
    """

    def __init__(
        self, planning: ReadCharts, molecular: ReadCharts, queries: ReadQueries, now: datetime, desk: Desk
    ) -> None:
        """Nothing is read yet. `desk` is how dates are written."""
        self._planning = planning
        self._molecular = molecular
        self._queries = queries
        self._now = now
        self._desk = desk
        self._found: dict[str, list[WorkItem]] = {code: [] for code in WORKLIST_TITLES}
        self._status: dict[int, str] = {}
        self.complete = False

    def steps(self) -> Iterator[tuple[int, int]]:
        """Read on, and give (done, total) after each step; total is 0 until the planning of all patients is read.

        Whoever stops taking steps has an incomplete worklist.
        """
        self._found["queries"] += _queries(self._queries(None))
        for number, chart in enumerate(self._planning(None), start=1):
            self._plan(chart)
            if number % _SLICE == 0:
                yield 0, 0
        ids = tuple(self._status)
        for start in range(0, len(ids), _SLICE):
            yield start, len(ids)
            for chart in self._molecular(ids[start : start + _SLICE]):
                self._follow(chart)
        self.complete = True
        yield len(ids), len(ids)

    def read_again(self, patients: Collection[int], now: datetime) -> None:
        """Bring a complete list up to date where only these patients have changed; running clocks are told anew."""
        self._now = now
        again = tuple({*patients, *(item.patient for item in self._found["clocks"])})
        for code, items in self._found.items():
            self._found[code] = [item for item in items if item.patient not in again]
        self._found["queries"] += _queries(self._queries(again))
        for chart in self._planning(again):
            self._plan(chart)
        for chart in self._molecular(again):
            self._follow(chart)

    def _plan(self, chart: PatientChart) -> None:
        self._status[chart.patient.id] = chart.status
        self._found["clocks"] += _clocks(chart, self._now, self._desk)
        if chart.status not in GONE:
            self._found["visits"] += _visits(chart, self._desk)
        self._found["flags"] += (*_gaps(chart, self._desk), *_flags(chart))

    def _follow(self, chart: PatientChart) -> None:
        self._found["awaited"] += _awaited(chart, self._desk)
        if self._status[chart.patient.id] not in GONE:
            self._found["rising"] += _rising(chart, self._desk)

    def worklist(self) -> Worklist:
        """What is read so far, the most pressing first."""
        order = list(Urgency)
        sections = tuple(
            Section(
                code,
                *WORKLIST_TITLES[code],
                tuple(sorted(items, key=lambda i: (order.index(i.urgency), -i.days_past, i.label))),
            )
            for code, items in self._found.items()
        )
        return Worklist(sections, dict(Counter(self._status.values())), self.complete)


def _day(day: date, desk: Desk) -> str:
    return write_date(PartialDate.from_date(day), desk)


def _days(days: int) -> str:
    if days < 1:
        return "today"
    return f"{days} days" if days > 1 else "1 day"


def _inside(label: str) -> str:
    """A visit's name inside a line: "Follow-up month 3" loses its capital, "MRD only" keeps it."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _clocks(chart: PatientChart, now: datetime, desk: Desk) -> Iterable[WorkItem]:
    for event in chart.events:
        if not event.to_report:
            continue
        aware, deadline = event.record.aware, event.deadline
        grade = f", grade {event.current}" if event.current else ""
        yield WorkItem(
            chart.patient.id,
            chart.label,
            f"Serious: {event.record.term}{grade}",
            f"aware {write_moment(aware, desk)}" if aware else "awareness not recorded",
            _time_left(deadline - now) if deadline else "clock not known",
            Urgency.NOW,
            "adverse_events",
            "adverse_event",
            event.record.id,
            field="" if aware else "aware",
        )


def _time_left(left: timedelta) -> str:
    hours = int(left.total_seconds() // 3600)
    if left < timedelta(0):
        return f"{-hours} h late" if hours > -48 else f"{-hours // 24} days late"
    return f"{hours} h left" if hours < 48 else f"{hours // 24} days left"


def _visits(chart: PatientChart, desk: Desk) -> Iterable[WorkItem]:
    for visit in chart.due:
        badge, urgency = _visit_badge(visit, chart)
        yield WorkItem(
            chart.patient.id,
            chart.label,
            visit.label,
            _window(visit, desk),
            badge,
            urgency,
            "visits",
            "visit",
            visit=visit.code,
            days_past=max((chart.today - visit.closes).days, 0) if visit.closes else 0,
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


def _awaited(chart: PatientChart, desk: Desk) -> Iterable[WorkItem]:
    words = {"MRD": "MRD", "MUTATION": "ABL1 mutation test", "HLA": "HLA typing", "COPY NUMBER": "Copy-number calls"}
    for sample in chart.awaited:
        since = sample.sent.earliest if sample.sent else None
        days = (chart.today - since).days if since else None
        place = f", {sample.laboratory}" if sample.laboratory else ""
        visit = chart.protocol.visit(sample.visit or "")
        what = words.get(sample.purpose, sample.comment or "Sample")
        if sample.purpose == "MRD" and sample.specimen:
            what += f" in {'marrow' if sample.specimen == BONE_MARROW else 'blood'}"
        sent_on = f"sent {_day(since, desk)}" if since else "day of sending not known"
        yield WorkItem(
            chart.patient.id,
            chart.label,
            f"{what}, {_inside(visit.label)}" if visit else what,
            f"{sent_on}{place}",
            _days(days) if days is not None else "waiting",
            Urgency.SOON if days is None or days > LATE_RESULT_DAYS else Urgency.LATER,
            "mrd",
            "mrd" if sample.purpose == "MRD" else sample.kind,
            0 if sample.purpose == "MRD" else sample.id,
            visit=sample.visit or "",
        )


def _rising(chart: PatientChart, desk: Desk) -> Iterable[WorkItem]:
    """The newest alert of a patient; once a mutation test was taken after it, nobody is prompted for one."""
    for alert in chart.alerts[-1:]:
        kind = alert.kind.value
        tests = [t for t in chart.mutations if t.collected.earliest and t.collected.earliest >= alert.when]
        sent = [w.sent.latest for w in chart.awaited if w.purpose == "MUTATION" and w.sent]
        tested = bool(tests) or any(day and day >= alert.when for day in sent)
        taken = any(test.result for test in tests)
        known = "was taken since" if taken else "has been asked for"
        prompt = f"An ABL1 mutation test {known}." if tested else alert.prompt
        reason = write_sentence(alert.kind.reason, desk).partition(";")[0].rstrip(".")
        yield WorkItem(
            chart.patient.id,
            chart.label,
            f"{kind[0].upper()}{kind[1:]}: {alert.transcript}",
            f"{short(alert.specimen).capitalize()}: {reason[:1].lower()}{reason[1:]}. {prompt}".strip(),
            _day(alert.when, desk),
            Urgency.SOON if tested else Urgency.NOW,
            "mrd",
            "mrd",
            int(alert.sample),
        )


def _gaps(chart: PatientChart, desk: Desk) -> Iterable[WorkItem]:
    for gap in chart.gaps:
        yield WorkItem(
            chart.patient.id,
            chart.label,
            write_sentence(gap.said, desk),
            "",
            "missing",
            Urgency.SOON,
            TAB_OF_KIND[gap.kind],
            gap.kind,
            gap.record_id,
        )


def _flags(chart: PatientChart) -> Iterable[WorkItem]:
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
            TAB_OF_KIND.get(flag.about_kind, "overview"),
            flag.about_kind,
            flag.about_id,
        )


def _queries(queries: Iterable[QueryView]) -> Iterator[WorkItem]:
    for query in queries:
        yield WorkItem(
            query.patient,
            query.patient_label,
            query.last.words or query.asked.words,
            ": ".join(part for part in (query.record_words, query.field_words) if part),
            _days(query.age_days),
            Urgency.SOON if query.age_days > LATE_QUERY_DAYS else Urgency.LATER,
            TAB_OF_KIND.get(query.kind, "overview"),
            query.kind,
            query.record,
            field=query.field,
        )


TAB_OF_KIND = {
    "visit": "visits",
    "sample": "mrd",
    "mrd": "mrd",
    "mutation": "mrd",
    "adverse_event": "adverse_events",
    "phase": "treatment",
    "exposure": "treatment",
    "lumbar_puncture": "treatment",
    "transplant": "treatment",
    "medication": "treatment",
    "lab": "laboratory",
    "vitals": "laboratory",
    "disease": "baseline",
    "lesion": "baseline",
    "history": "baseline",
    "assessment": "baseline",
    "relapse": "baseline",
    "death": "baseline",
    "disposition": "baseline",
    "contact": "baseline",
    "consent": "baseline",
    "eligibility": "baseline",
    "identity": "baseline",
    "patient": "baseline",
}
"""Which tab of the patient page shows a kind of record."""
