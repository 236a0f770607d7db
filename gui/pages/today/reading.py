"""Reading the worklist without holding up the window: in slices between two keystrokes, or as a job."""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gui.jobs import Job, Progress
from gui.workspace import Workspace
from models.domain.context import Changes
from models.domain.errors import TrialError
from models.study import Worklist, WorklistReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from models.domain.notation import Desk

DIRECT_UP_TO = 200
"""Patients up to which the list is read at once, and results in slices; the list of more is read as a job."""

_PAINT_FIRST = 50
"""Milliseconds for painting what is known, before the rest is read."""

_SHOW_EVERY = 2.0
"""Seconds between two looks at a list that a job is reading."""


class Reading(QObject):
    """Keeps one worklist up to date. `advanced` carries the `Worklist` as far as it is read.

    `stopped` says that the person has stopped the reading: what was read so far stays, and is not complete.
    """

    advanced = Signal(object)
    stopped = Signal()

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        """Nothing is read until `refresh`."""
        super().__init__(parent)
        self._workspace = workspace
        self._reader: WorklistReader | None = None
        self._read_for: tuple[date, Desk] | None = None
        self._steps: Iterator[tuple[int, int]] = iter(())
        self._job: Job | None = None
        self._partial = Worklist((), {}, complete=False)
        self._changed: set[int] = set()
        self._slices = QTimer(self)
        self._slices.timeout.connect(self._read_slice)
        self._laid_out = QTimer(self)
        self._laid_out.setSingleShot(True)
        self._laid_out.timeout.connect(self._read_results)
        workspace.notifier.changed.connect(self._note_change)

    def refresh(self, patients: int) -> None:
        """Read again: everything in a small study or on a new day, else what has changed. `patients` is how many."""
        study = self._workspace.study
        now_for = (study.today, self._workspace.desk)
        self._laid_out.stop()
        self._slices.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        changed, self._changed = self._changed, set()
        if patients > DIRECT_UP_TO and self._reader and self._reader.complete and self._read_for == now_for:
            self._reader.read_again(changed, study.clock.now())
            self.advanced.emit(self._reader.worklist())
            return
        self._reader, self._read_for = study.worklist_reader(self._workspace.desk), now_for
        if patients > DIRECT_UP_TO:
            self._partial = Worklist((), {}, complete=False)
            self._job = self._workspace.jobs.start("Reading the list of today", self._read_all, self._read)
            self._job.progressed.connect(self._look)
            self._job.cancelled.connect(self._stop)
            self.advanced.emit(self._partial)
        else:
            self._begin(self._reader)

    def with_clocks_of_now(self) -> Worklist | None:
        """The list with the running clocks told anew; None where none runs, or the list is not complete."""
        reader = self._reader
        if reader is None or not reader.complete or not reader.worklist().section("clocks").items:
            return None
        reader.read_again((), self._workspace.study.clock.now())
        return reader.worklist()

    def _begin(self, reader: WorklistReader) -> None:
        """Read visits, clocks and questions now, the results of a few patients whenever the window is idle."""
        self._steps = reader.steps()
        for _, total in self._steps:
            if total:
                break
        if not reader.complete:
            self._laid_out.start(0)
        self.advanced.emit(reader.worklist())

    @Slot()
    def _read_results(self) -> None:
        """Begin the count of the time for painting only now: before, the page is being made and laid out."""
        self._slices.start(_PAINT_FIRST)

    @Slot()
    def _read_slice(self) -> None:
        self._slices.setInterval(0)
        try:
            next(self._steps, None)
        except TrialError:  # the study was locked meanwhile, and this page is about to go
            self._slices.stop()
            return
        if self._reader and self._reader.complete:
            self._slices.stop()
            self.advanced.emit(self._reader.worklist())

    def _read_all(self, progress: Progress) -> WorklistReader | None:
        """Runs on a worker thread, and leaves what it has for `_look` now and then."""
        reader, looked = self._reader, time.monotonic()
        if reader is None:
            return None
        for done, total in reader.steps():
            if not progress(done, total):
                break
            if time.monotonic() - looked > _SHOW_EVERY:
                self._partial, looked = reader.worklist(), time.monotonic()
        return reader

    @Slot(int, int)
    def _look(self, _done: int, _total: int) -> None:
        if self.sender() is self._job:
            self.advanced.emit(self._partial)

    @Slot()
    def _stop(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self.stopped.emit()

    @Slot(object)
    def _read(self, reader: WorklistReader) -> None:
        if reader is self._reader:
            self._job = None
            self.advanced.emit(reader.worklist())

    @Slot(object)
    def _note_change(self, changes: Changes | None) -> None:
        if changes is None or changes.patient is None:
            self._read_for = None
        else:
            self._changed.add(changes.patient)
