"""Long work on a worker thread: progress, cancelling, and the result back on the interface thread."""

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from gui.garbage import GARBAGE
from models.domain.errors import TrialError
from models.domain.progress import Progress

__all__ = ["Job", "Jobs", "Progress"]

_COLLECT_EVERY = 500
"""Milliseconds."""
_REPORT_EVERY = 0.05
"""Seconds between two reports to the window, so that work in small steps does not flood it."""


class _Thread(QThread):
    """Runs the work. Everything it has to say goes through signals, which Qt queues to the interface thread."""

    reported = Signal(int, int)
    ended = Signal(object, object)

    def __init__(self, work: Callable[[Progress], object], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._reported = 0.0
        self.stopped = False

    def run(self) -> None:
        result: object = None
        fault: BaseException | None = None
        try:
            result = self._work(self._report)
        except BaseException as error:
            fault = error
        self.ended.emit(result, fault)

    def _report(self, done: int, total: int) -> bool:
        if self.isInterruptionRequested():
            self.stopped = True
            return False
        now = time.monotonic()
        if now - self._reported >= _REPORT_EVERY or done == total:
            self._reported = now
            self.reported.emit(done, total)
        return True


class Job(QObject):
    """One piece of long work. Exactly one of `done`, `failed` and `cancelled` is emitted, on the interface thread.

    `progressed` carries (done, total). `done` carries what the work returned, `failed` a `TrialError`: the one that was
    raised, or for a fault of the program one that says no more than that. `finished` carries the job itself.
    """

    progressed = Signal(int, int)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal(object)

    def __init__(self, title: str, work: Callable[[Progress], object], parent: QObject, *, answered: bool) -> None:
        """Prepare the work; `Jobs.start` starts it.

        Args:
            title: what is being done ("Making the demo study").
            work: what the thread does.
            parent: the Qt parent.
            answered: whether somebody shows the `TrialError` that `failed` carries.
        """
        super().__init__(parent)
        self.title = title
        self._answered = answered
        self._thread = _Thread(work, self)
        self._thread.reported.connect(self.progressed)
        self._thread.ended.connect(self._end)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    @Slot()
    def cancel(self) -> None:
        """Ask the work to stop at its next report of progress."""
        self._thread.requestInterruption()

    def wait(self, seconds: float) -> bool:
        """Wait for the thread itself; false when it still runs after that time."""
        return self._thread.wait(int(seconds * 1000))

    @Slot(object, object)
    def _end(self, result: object, fault: BaseException | None) -> None:
        self._thread.wait()
        known = isinstance(fault, TrialError)
        if fault is not None:
            self.failed.emit(fault if known else TrialError(f"{self.title}: something went wrong in AlbaTrack itself."))
        elif self._thread.stopped:
            self.cancelled.emit()
        else:
            self.done.emit(result)
        self.finished.emit(self)
        if fault is not None and not (known and self._answered):
            raise fault  # the one way of everything that no slot has caught: see `gui.crash`


class Jobs(QObject):
    """The long work that is going on. `started` carries the `Job`; `idle` says that nothing runs any more."""

    started = Signal(object)
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing runs yet."""
        super().__init__(parent)
        self._running: list[Job] = []
        self._collecting = QTimer(self)
        self._collecting.setInterval(_COLLECT_EVERY)
        self._collecting.timeout.connect(self._collect)

    @property
    def running(self) -> tuple[Job, ...]:
        """What is going on now."""
        return tuple(self._running)

    def start(
        self,
        title: str,
        work: Callable[[Progress], object],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[TrialError], None] | None = None,
    ) -> Job:
        """Run `work(progress)` on a worker thread. `done(result)` and `failed(refusal)` are called on this one.

        Give bound methods of widgets: Qt forgets them together with the widget. The work must not touch a widget.
        A fault of the program is raised on this thread besides, and so is a refusal where there is no `failed`.
        """
        job = Job(title, work, self, answered=failed is not None)
        if done:
            job.done.connect(done)
        if failed:
            job.failed.connect(failed)
        job.finished.connect(self._forget)
        self._running.append(job)
        GARBAGE.hold()
        self._collecting.start()
        self.started.emit(job)
        job.start()
        return job

    def cancel_all(self) -> None:
        """Ask everything to stop."""
        for job in self._running:
            job.cancel()

    def wait(self, seconds: float) -> bool:
        """Wait for every thread; false when one still runs after that time. Results are not delivered meanwhile."""
        return all(job.wait(seconds) for job in self._running)

    @Slot(object)
    def _forget(self, job: Job) -> None:
        self._running.remove(job)
        job.deleteLater()
        GARBAGE.let_go()
        if not self._running:
            self._collecting.stop()
            self.idle.emit()

    @Slot()
    def _collect(self) -> None:
        GARBAGE.collect()
