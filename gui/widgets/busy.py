"""What long work looks like: after a moment a bar with what is being done, how far it is, and a way to stop it."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from gui.jobs import Job, Jobs
from gui.text import label, named
from gui.widgets.header import make_button

SHOW_AFTER = 300
"""Milliseconds before the bar appears: shorter work needs no bar, and a bar that flashes up disturbs."""


class BusyBar(QFrame):
    """Follows the jobs and shows the one that was started last."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        """Hidden until a job has run for `SHOW_AFTER`."""
        super().__init__(parent)
        named(self, "busyBar", "Work in progress")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self._what = label()
        self._bar = named(QProgressBar(), "busyProgress", "Progress")
        self._bar.setFixedWidth(140)
        self._bar.setTextVisible(False)
        self._count = label()
        self.stop_button = make_button("busyCancel", "Cancel", look="link")
        for widget in (self._what, self._bar, self._count, self.stop_button):
            line.addWidget(widget)
        self._jobs = jobs
        self._job: Job | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOW_AFTER)
        self._timer.timeout.connect(self.show)
        self.stop_button.clicked.connect(self._cancel)
        jobs.started.connect(self._follow)
        self.hide()

    @property
    def words(self) -> tuple[str, str]:
        """What is being done, and how far it is."""
        return self._what.text(), self._count.text()

    @Slot(object)
    def _follow(self, job: Job) -> None:
        self._show(job)
        job.progressed.connect(self._progress)
        job.finished.connect(self._finished)
        self._timer.start()

    def _show(self, job: Job) -> None:
        self._job = job
        self._what.setText(job.title)
        self._count.setText("")
        self._bar.setRange(0, 0)
        self.stop_button.setEnabled(True)

    @Slot(int, int)
    def _progress(self, done: int, total: int) -> None:
        if self.sender() is not self._job:
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._count.setText(f"{done} of {total}" if total else "")

    @Slot()
    def _cancel(self) -> None:
        if self._job:
            self.stop_button.setEnabled(False)
            self._what.setText(f"{self._job.title}: stopping")
            self._job.cancel()

    @Slot(object)
    def _finished(self, job: Job) -> None:
        others = [other for other in self._jobs.running if other is not job]
        if others and self._job is job:
            self._show(others[-1])
        elif not others:
            self._job = None
            self._timer.stop()
            self.hide()
