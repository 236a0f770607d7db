"""What has to be done today, over the whole site: clocks, visits, results awaited, rising MRD, open questions."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from models.chart.milestones import GONE
from models.chart.patient_chart import PatientChart
from models.domain.notation import Desk
from models.queries import work_items
from models.queries.review import QueryView
from models.queries.work_items import Urgency, WorkItem


class Section(NamedTuple):
    """A block of the worklist."""

    code: str
    title: str
    subtitle: str
    items: tuple[WorkItem, ...]


class Worklist(NamedTuple):
    """Today, for the site: the sections in order of urgency, and how many patients stand where (by status code).

    `complete` is false while a section is still to be read: see `WorklistReader`.
    """

    sections: tuple[Section, ...]
    counts: Mapping[str, int]
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
        self._found["queries"] += work_items.queries(self._queries(None))
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
        self._found["queries"] += work_items.queries(self._queries(again))
        for chart in self._planning(again):
            self._plan(chart)
        for chart in self._molecular(again):
            self._follow(chart)

    def _plan(self, chart: PatientChart) -> None:
        self._status[chart.patient.id] = chart.status
        self._found["clocks"] += work_items.clocks(chart, self._now, self._desk)
        if chart.status not in GONE:
            self._found["visits"] += work_items.visits(chart, self._desk)
        self._found["flags"] += (*work_items.gaps(chart, self._desk), *work_items.flags(chart))

    def _follow(self, chart: PatientChart) -> None:
        self._found["awaited"] += work_items.awaited(chart, self._desk)
        if self._status[chart.patient.id] not in GONE:
            self._found["rising"] += work_items.rising(chart, self._desk)
            self._found["flags"] += work_items.relapses(chart, self._desk)

    def worklist(self) -> Worklist:
        """What is read so far, the most pressing first."""
        order = list(Urgency)
        sections = tuple(
            Section(
                code,
                *WORKLIST_TITLES[code],
                tuple(sorted(items, key=lambda i: (order.index(i.urgency), -i.days, i.label))),
            )
            for code, items in self._found.items()
        )
        return Worklist(sections, dict(Counter(self._status.values())), self.complete)
