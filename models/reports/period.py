"""Which visit a summary is about, and the days since the visit before it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from models.domain.errors import TrialError
from models.protocols.schedule import PlannedVisit

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart


@dataclass(frozen=True, slots=True)
class Period:
    """The visit summarised, and the days that count as since the last visit, both ends included.

    `visit` is None for a patient without any visit yet. `first` is the day after the visit before, or None where there
    was none: then everything counts. `last` is the day of the visit, or for the newest visit the day of printing.
    """

    visit: PlannedVisit | None
    day: date | None
    first: date | None
    last: date

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in the period."""
        return day is not None and (self.first is None or self.first <= day) and day <= self.last

    def meets(self, first: date | None, last: date | None) -> bool:
        """Whether a span reaches into the period; an open end reaches for ever."""
        begins = first is None or first <= self.last
        return begins and (last is None or self.first is None or last >= self.first)


def took_place(chart: "PatientChart") -> list[tuple[date, PlannedVisit]]:
    """The visits that took place on a known day, each with its day, the oldest first."""
    days = ((_day_of(visit), visit) for visit in chart.visits)
    return sorted(((day, visit) for day, visit in days if day is not None), key=lambda item: item[0])


def period_of(chart: "PatientChart", code: str | None, record: int = 0) -> Period:
    """The period of a visit by its code, or of the last visit that took place.

    `record` is the id of the visit's record, which tells unscheduled visits apart: they all have one code.

    Raises:
        TrialError: the visit is unknown, or did not take place on a known day.
    """
    done = took_place(chart)
    if code is not None:
        chosen = [item for item in done if item[1].code == code and (not record or record in records_of(item[1]))]
        if not chosen:
            known = any(visit.code == code for visit in chart.visits)
            why = "has not taken place on a known day" if known else "is not a visit of this protocol"
            raise TrialError(f"{chart.label}: {code} {why}. Choose a visit that took place.")
    elif not done:
        return Period(None, None, None, chart.today)
    else:
        chosen = done[-1:]
    day, visit = chosen[-1]
    before = [other for other, _ in done if other < day]
    newest = day == done[-1][0]
    return Period(visit, day, before[-1] + timedelta(days=1) if before else None, chart.today if newest else day)


def records_of(visit: PlannedVisit | None) -> tuple[int, ...]:
    """The ids of the records of a visit."""
    return tuple(actual.key for actual in visit.actual) if visit else ()


def _day_of(visit: PlannedVisit) -> date | None:
    days = [actual.date.full for actual in visit.actual if actual.status == "DONE" and actual.date]
    return max((day for day in days if day), default=None)
