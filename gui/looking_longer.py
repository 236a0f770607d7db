"""Looking through a study once its first page is shown: at the whole file, and at more of the audit trail."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gui.jobs import Jobs, Progress
from models.study import Study

_WHILE_READING = 1000
"""Milliseconds after which the first page has been drawn, and nobody waits for the disk."""


class LookingLonger(QObject):
    """Does it once. `found` says that `Study.problems` has more to say."""

    found = Signal()

    def __init__(self, study: Study, jobs: Jobs, parent: QObject) -> None:
        """It begins after a moment, unless `parent` is gone by then."""
        super().__init__(parent)
        self._study = study
        self._jobs = jobs
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self._begin)
        timer.start(_WHILE_READING)

    @Slot()
    def _begin(self) -> None:
        self._jobs.start("Looking through the study", _Look(self._study), self._looked)

    @Slot(object)
    def _looked(self, problems: tuple[str, ...]) -> None:
        if problems:
            self.found.emit()


class _Look:
    """The work of it."""

    def __init__(self, study: Study) -> None:
        self._study = study

    def __call__(self, _progress: Progress) -> tuple[str, ...]:
        return self._study.look_longer()
