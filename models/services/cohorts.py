"""The site's patients as one picture: as they stand now, up to a clinical day, or as they stood at a data cut."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from models.domain.errors import TrialError
from models.domain.progress import Progress, unwatched
from models.domain.rights import Right
from models.persistence.study_folder import StudyFolder
from models.queries.charts import charts_of
from models.queries.charts import count as patient_count
from models.records.review import DataCut
from models.services.cuts import Cuts
from models.services.desk import Desk

# Counting the cohort needs modules that no other page does.
if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart
    from models.cohort.cohort import Cohort
    from models.cohort.comparison import Change


class Cohorts:
    """The cohort of an open study, for those who may read patients' records."""

    def __init__(self, desk: Desk, folder: StudyFolder) -> None:
        """Made by the study."""
        self._desk = desk
        self._folder = folder
        self.cuts = Cuts(desk, folder)

    def count(
        self,
        by: str = "",
        *,
        cut: DataCut | None = None,
        until: date | None = None,
        forms: bool = False,
        progress: Progress = unwatched,
    ) -> "Cohort":
        """Count the patients as they stand now, or as they stood at a cut, up to a clinical day.

        `by` is a code of `models.cohort.grouping.GROUPINGS`, empty for no subgroups. `until` leaves out what happened
        later; with a cut it is the cut's own day if no other is named. `forms` reads the bulky records too, from which
        data completeness is told. Raises TrialError for an unknown grouping or a day after today.
        """
        if until is not None and until > self._desk.clock.today():
            raise TrialError(f"The day {until.isoformat()} lies after today. Choose today or an earlier day.")
        if cut is None:
            return self._count(self._folder.records, by, until or self._desk.clock.today(), progress, forms=forms)
        with self.cuts.reading(cut) as engine:
            last = until or cut.cut_off.full or self._desk.clock.today()
            return self._count(engine, by, last, progress, forms=forms)

    def compare(
        self,
        before: DataCut,
        after: DataCut | None = None,
        by: str = "",
        progress: Progress = unwatched,
        *,
        until: date | None = None,
    ) -> "tuple[Change, ...]":
        """What changed between two cuts, or between a cut and now: each number, with the records behind it.

        The later count ends with `until`, if that is named.
        """
        from models.cohort.comparison import compare, explained
        from models.cohort.record_changes import record_changes

        earlier = self.count(by, cut=before, forms=True, progress=progress)
        later = self.count(by, cut=after, until=until, forms=True, progress=progress)
        changes = compare(earlier, later)
        touched = sorted({who.id for change in changes for who in change.concerned})
        was, now = self._charts(before, touched), self._charts(after, touched)
        records = {id_: record_changes(was.get(id_), earlier.until, now.get(id_), later.until) for id_ in touched}
        return explained(changes, records)

    def _count(self, engine: Engine, by: str, until: date, progress: Progress, *, forms: bool) -> "Cohort":
        from models.cohort.cohort import KINDS_OF_FORMS, KINDS_READ, cohort
        from models.cohort.grouping import grouping

        self._desk.user.require(Right.READ_RECORD)
        protocol = self._desk.protocol
        divided = grouping(by, protocol) if by else None
        entries = KINDS_OF_FORMS if forms else ()
        charts = charts_of(engine, None, protocol, self._desk.clock.today(), KINDS_READ, entries)
        charts = _watched(charts, patient_count(engine), progress)
        return cohort(charts, protocol, until, divided, forms=forms)

    def _charts(self, cut: DataCut | None, ids: Sequence[int]) -> "dict[int, PatientChart]":
        """The charts as the records stand, or stood at a cut, by patient."""
        if cut is None:
            return self._read(self._folder.records, ids)
        with self.cuts.reading(cut) as engine:
            return self._read(engine, ids)

    def _read(self, engine: Engine, ids: Sequence[int]) -> "dict[int, PatientChart]":
        from models.cohort.cohort import KINDS_OF_FORMS, KINDS_READ

        charts = charts_of(engine, ids, self._desk.protocol, self._desk.clock.today(), KINDS_READ, KINDS_OF_FORMS)
        return {chart.patient.id: chart for chart in charts}


def _watched(charts: "Iterable[PatientChart]", total: int, progress: Progress) -> "Iterator[PatientChart]":
    """The charts as they are read, until the one who watches has had enough."""
    for number, chart in enumerate(charts, start=1):
        if not progress(number, total):
            return
        yield chart
