"""The adverse events of all patients as lines, and which of them a filter lets through."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gui.pages.patient.adverse_events.clock import ClockWords, clock_words, serious_clock
from gui.pages.patient.adverse_events.presenter import day_words, grade_words
from models.chart.patient_chart import PatientChart
from models.domain.codelists import OUTCOME
from models.domain.date_notation import NO_MOMENT
from models.domain.folding import fold
from models.domain.notation import Desk
from models.protocols.model import ReportingClock


@dataclass(frozen=True, slots=True)
class SiteEvent:
    """One event of one patient. `urgency` orders the list: unreported clocks, serious and open, open, the rest.

    How the clock of a serious one stands follows from `clock`, `aware` and `reported`: see `state`.
    """

    patient: int
    label: str
    record: int
    term: str
    worst: int
    grade: str
    began: str
    day: str
    open: bool
    serious: bool
    clock: ReportingClock | None
    aware: datetime | None
    reported: datetime | None
    outcome: str
    urgency: int
    words: str

    def state(self, now: datetime, desk: Desk) -> ClockWords | None:
        """How its clock stands at that moment; None where it is not serious."""
        return clock_words(self.clock, self.aware, self.reported, now, desk) if self.serious else None

    @property
    def deadline(self) -> datetime:
        """Until when it is to be reported: the first of all where nobody can tell, and where it need not be."""
        return self.clock.deadline(self.aware) if self.clock and self.aware and not self.urgency else NO_MOMENT


@dataclass(frozen=True, slots=True)
class Filter:
    """What is to be shown. `least` is the lowest worst grade; `text` is found in number, term and words."""

    text: str = ""
    least: int = 0
    serious: bool = False
    open: bool = False


def site_events(charts: Iterable[PatientChart], desk: Desk) -> tuple[SiteEvent, ...]:
    """Every event of the charts, most urgent first, then the newest."""
    found = []
    for chart in charts:
        clock = serious_clock(chart.protocol)
        for view in chart.events:
            record = view.record
            serious = bool(record.serious)
            running = serious and record.reported is None
            found.append(
                SiteEvent(
                    patient=chart.patient.id,
                    label=chart.label,
                    record=record.id,
                    term=record.name,
                    worst=view.worst or 0,
                    grade=grade_words(view),
                    began=day_words(chart, record.began, desk),
                    day=record.began.iso,
                    open=view.open,
                    serious=serious,
                    clock=clock,
                    aware=record.aware,
                    reported=record.reported,
                    outcome="goes on" if view.open else OUTCOME.label(record.outcome) if record.outcome else "ended",
                    urgency=0 if running else 1 if serious and view.open else 2 if view.open else 3,
                    words=fold(f"{chart.label} {record.term} {record.verbatim or ''}"),
                )
            )
    found.sort(key=_newest, reverse=True)
    return tuple(sorted(found, key=_urgency))


def passing(events: Iterable[SiteEvent], wanted: Filter) -> list[SiteEvent]:
    """The events that a filter lets through, in their order."""
    parts = fold(wanted.text).split()
    return [
        event
        for event in events
        if event.worst >= wanted.least
        and (event.serious or not wanted.serious)
        and (event.open or not wanted.open)
        and all(part in event.words for part in parts)
    ]


def unreported(events: Iterable[SiteEvent]) -> int:
    """How many serious events have not been reported: the number beside the page's name."""
    return sum(event.urgency == 0 for event in events)


def _newest(event: SiteEvent) -> str:
    return event.day


def _urgency(event: SiteEvent) -> tuple[int, datetime]:
    return event.urgency, event.deadline
