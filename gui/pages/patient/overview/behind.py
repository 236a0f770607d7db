"""The cohort behind a patient's curve: counted beside the window, and kept until the study changes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gui.jobs import Job, Progress
from gui.workspace import Workspace
from models.study import Study

# Counting the cohort needs modules that no patient page does by itself.
if TYPE_CHECKING:
    from models.cohort.levels import Curves


class CohortBehind(QObject):
    """Everybody's molecular curves. `counted` follows a count, `stopped` one that was ended before it was done."""

    counted = Signal()
    stopped = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        """Nothing is counted before it is asked for."""
        super().__init__(parent)
        self._workspace = workspace
        self._curves: Curves | None = None
        self._as_of = -1
        self._job: Job | None = None

    def curves(self) -> "Curves | None":
        """The curves as the study stands now; None while they are being counted."""
        if self._as_of != self._workspace.study.trail.head().rows:
            self._count()
            return None
        return self._curves

    def _count(self) -> None:
        if self._job is None:
            work = _Work(self._workspace.study)
            self._job = self._workspace.jobs.start("Counting the cohort", work, self._take)
            self._job.failed.connect(self._stop)
            self._job.cancelled.connect(self._stop)

    @Slot(object)
    def _take(self, found: "tuple[int, Curves]") -> None:
        self._job = None
        self._as_of, self._curves = found
        self.counted.emit()

    @Slot()
    def _stop(self) -> None:
        self._job = None
        self.stopped.emit()


class _Work:
    """The work of counting. Where the trail stood before it says how long the count holds."""

    def __init__(self, study: Study) -> None:
        self._study = study

    def __call__(self, progress: Progress) -> "tuple[int, Curves]":
        as_of = self._study.trail.head().rows
        return as_of, self._study.cohorts.count(progress=progress).curves
