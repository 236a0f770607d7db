"""Adverse events as they are read: grade history, judgement per drug, whether open, and the reporting clock."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from models.protocols.model import Protocol, ReportingClock
from models.records.safety import AdverseEvent, AeDrug, AeGrade

RECOVERED = frozenset({"RECOVERED/RESOLVED", "RECOVERED/RESOLVED WITH SEQUELAE"})
"""Outcomes of an event that has ended while the patient lives."""
SERIOUS_EVENT = "serious"
"""The `applies_to` of the clock that starts when the site becomes aware of any serious event."""


class EventView(NamedTuple):
    """One adverse event with what belongs to it. Grades are in the order of their dates.

    `deadline` is the end of the reporting clock of a serious event that has not been reported; None where there is
    nothing to report, and where nobody recorded since when the site is aware of what has to be (see `to_report`).
    """

    record: AdverseEvent
    grades: tuple[AeGrade, ...]
    drugs: tuple[AeDrug, ...]
    clock: ReportingClock | None
    deadline: datetime | None

    @property
    def to_report(self) -> bool:
        """Whether it is serious, the protocol has a clock for that, and it was not reported.

        Without a `deadline` it is the most pressing of all: the clock runs, and nobody can tell until when.
        """
        return self.clock is not None and self.record.serious is True and self.record.reported is None

    @property
    def worst(self) -> int | None:
        """The highest grade it ever had."""
        return max((int(g.grade) for g in self.grades), default=None)

    @property
    def current(self) -> int | None:
        """The last grade recorded."""
        return int(self.grades[-1].grade) if self.grades else None

    @property
    def open(self) -> bool:
        """Whether it still goes on: stated as ongoing, or neither an end nor a final outcome recorded."""
        if self.record.ongoing is not None:
            return self.record.ongoing
        return self.record.ended is None and self.record.outcome not in {*RECOVERED, "FATAL"}

    def drug(self, code: str) -> AeDrug | None:
        """The judgement about one drug."""
        return next((d for d in self.drugs if d.drug == code), None)


def views(
    protocol: Protocol, events: Sequence[AdverseEvent], grades: Sequence[AeGrade], drugs: Sequence[AeDrug]
) -> tuple[EventView, ...]:
    """The adverse events of one patient, in the order given."""
    grades_of: dict[int, list[AeGrade]] = defaultdict(list)
    for grade in sorted(grades, key=lambda g: (g.since.iso, g.id)):
        grades_of[grade.parent].append(grade)
    drugs_of: dict[int, list[AeDrug]] = defaultdict(list)
    for drug in drugs:
        drugs_of[drug.parent].append(drug)
    clock = next((c for c in protocol.clocks if c.applies_to == SERIOUS_EVENT), None)
    return tuple(
        EventView(event, tuple(grades_of[event.id]), tuple(drugs_of[event.id]), clock, _deadline(event, clock))
        for event in events
    )


def _deadline(event: AdverseEvent, clock: ReportingClock | None) -> datetime | None:
    if clock is None or not event.serious or event.reported is not None or event.aware is None:
        return None
    return clock.deadline(event.aware)
