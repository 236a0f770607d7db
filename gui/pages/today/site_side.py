"""What Today shows beside the work: the site's molecular response so far, and what was changed last.

It is loaded, read and counted once the work has been painted: see `gui.pages.today.page`.
"""

from typing import NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.jobs import Job, Progress
from gui.pages.today.response_card import ResponseCard
from gui.pages.today.section_card import SectionCard
from gui.pages.today.site_lines import change_items
from gui.workspace import Workspace
from models.cohort.cohort import KINDS_READ
from models.cohort.response import PRIMARY_ROW, PROTOCOL, ResponseRow
from models.domain.context import Changes
from models.domain.errors import TrialError
from models.domain.notation import Desk
from models.records import KINDS
from models.study import Section, Study
from models.study_types import TrailFilter, TrailLine

COUNTED_UP_TO = 200
"""Patients up to which the response is counted unasked: a few tenths of a second beside the window."""
CHANGES = "changes"
"""The card of what was changed last."""
_TITLE = "Last changes"
_SHOWN = 5
"""Changes shown."""
_READ = 120
"""Lines of the trail read for them: what is saved at once, a whole panel of values, is one of them."""
_COUNTING = frozenset({"patient", *KINDS_READ})
_TOLD = tuple(name for name, kind in KINDS.items() if not kind.of_study)


class _Read(NamedTuple):
    """The newest lines of the trail, and the response where it was asked for."""

    lines: tuple[TrailLine, ...]
    response: tuple[ResponseRow, ...] | None


class SiteSide(QWidget):
    """Two cards. `opened` carries the `WorkItem` of a change."""

    opened = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Filled by `refresh`."""
        super().__init__(parent)
        self._workspace = workspace
        self._changes = 1
        self._counted = 0
        self._asked = 0
        self._job: Job | None = None
        self.response = ResponseCard(self)
        self.changes = SectionCard(CHANGES, _TITLE, "", narrow=True, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.response)
        column.addWidget(self.changes)
        self.response.opening.connect(self._open_cohort)
        self.response.counting.connect(self._count)
        self.changes.opened.connect(self.opened)
        workspace.notifier.changed.connect(self._note_change)

    def refresh(self, patients: int) -> None:
        """Read again beside the window what may have changed. `patients` is how many there are."""
        stale = self._counted != self._changes
        counts = stale and patients <= COUNTED_UP_TO
        if counts and not self.response.rows:
            self.response.say("Counting…")
        elif stale and not counts:
            self.response.say("With so many patients the count takes a while.", offer=True)
        self._start(counts=counts)

    def _start(self, *, counts: bool) -> None:
        if self._job is not None:
            self._job.cancel()
        if counts:
            self._asked = self._changes
        work = _Work(self._workspace.study, self._workspace.desk, counts=counts)
        title = "Counting the molecular response" if counts else "Reading the last changes"
        self._job = self._workspace.jobs.start(title, work, self._show, self._fail)
        self._job.cancelled.connect(self._stopped)

    @Slot(object)
    def _show(self, read: _Read | None) -> None:
        if read is None or self.sender() is not self._job:
            return
        self._job = None
        desk, today = self._workspace.desk, self._workspace.study.today
        items = change_items(read.lines, today, desk)[:_SHOWN]
        self.changes.show_section(Section(CHANGES, _TITLE, "", items))
        if read.response is not None:
            self._counted = self._asked  # what was changed since makes it old at once
            self.response.show_rows(read.response, desk)

    @Slot(object)
    def _fail(self, refused: TrialError) -> None:
        if self.sender() is self._job:
            self._job = None
            self.response.say(f"Not counted. {refused}", offer=True)

    @Slot()
    def _stopped(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self.response.say("Counting was stopped.", offer=True)

    @Slot()
    def _count(self) -> None:
        self.response.say("Counting…")
        self._start(counts=True)

    @Slot()
    def _open_cohort(self) -> None:
        self._workspace.open_page("cohort", view="response", choice=PROTOCOL)

    @Slot(object)
    def _note_change(self, changes: Changes | None) -> None:
        if changes is None or changes.kinds & _COUNTING:
            self._changes += 1


class _Work:
    """The work of a job. Whether nobody is evaluable or nobody has counted is not the same: the latter is None."""

    def __init__(self, study: Study, desk: Desk, *, counts: bool) -> None:
        self._study, self._desk, self._counts = study, desk, counts

    def __call__(self, progress: Progress) -> _Read | None:
        lines = self._study.trail.lines(TrailFilter(kinds=_TOLD), _READ, self._desk)
        if not self._counts:
            return _Read(lines, None)
        cohort = self._study.cohorts.count(progress=progress)
        if not progress(1, 1):
            return None
        rows = cohort.response[PROTOCOL][0].rows
        return _Read(lines, tuple(row for row in rows if row.code != PRIMARY_ROW))
