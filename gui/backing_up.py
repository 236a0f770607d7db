"""The backups that the program makes by itself: at the start, every half hour after changes, and on closing."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.crash import show_sentence
from gui.jobs import Job, Jobs, Progress
from gui.minutes import each_minute
from gui.stopping import SECONDS_TO_STOP
from models.domain.context import Changes
from models.domain.errors import TrialError
from models.study import Study

if TYPE_CHECKING:
    from datetime import datetime

BACKUP = "backup"
"""What the change is called that making a backup by hand is, for the pages that show backups."""
_WHILE_READING = 2_000
"""Milliseconds after which the first page has been drawn, and nobody waits for the disk."""


class BackingUp(QObject):
    """Asks the study each minute whether a backup is due, and makes it. `newest` carries when the last one was made.

    `failed` carries a sentence: that there is no new backup, or what could not be done besides it. It is empty once a
    later one was made without.
    """

    newest = Signal(object)
    failed = Signal(str)

    def __init__(self, study: Study, jobs: Jobs, parent: QObject, *, by_itself: bool) -> None:
        """The first look comes while the first page is read. Not `by_itself`, it only tells of the last one."""
        super().__init__(parent)
        self._by_itself = by_itself
        self._study = study
        self._jobs = jobs
        self._job: Job | None = None
        self._newest: datetime | None = None
        if by_itself:
            each_minute(self, self.look)
        self._first = QTimer(self)  # ends with this object, which a shot of its own would not
        self._first.setSingleShot(True)
        self._first.timeout.connect(self._begin)
        self._first.start(_WHILE_READING if by_itself else 0)

    @Slot()
    def _begin(self) -> None:
        self.tell()
        if self._by_itself:
            self.look()

    @Slot(object)
    def tell_after(self, changes: Changes | None) -> None:
        """A person may have made a backup: what an earlier one failed in is settled by it."""
        if changes is None or BACKUP in changes.kinds:
            before = self._newest
            self.tell()
            if self._newest != before:
                self.failed.emit("")

    @Slot()
    def look(self) -> None:
        """Make a backup if one is due and none is being made."""
        due = self._study.backups.due(self._study.clock.now()) if self._job is None else None
        if due is not None:
            self._job = self._jobs.start("Making a backup", _Due(self._study), self._made, self._refused)
            self._job.finished.connect(self._finished)

    @Slot()
    def tell(self) -> None:
        """Say when the last backup was made."""
        last = self._study.backups.newest()
        self._newest = last.manifest.created if last else None
        self.newest.emit(self._newest)

    @Slot(object)
    def _made(self, problems: tuple[str, ...]) -> None:
        self.failed.emit(" ".join(problems))

    @Slot(object)
    def _refused(self, refused: TrialError) -> None:
        self.failed.emit(str(refused))

    @Slot()
    def _finished(self) -> None:
        self._job = None
        self.tell()


class _Due:
    """The work of a backup that is due."""

    def __init__(self, study: Study) -> None:
        self._study = study

    def __call__(self, progress: Progress) -> tuple[str, ...]:
        due = self._study.backups.due(self._study.clock.now())
        return self._study.backups.make(due, progress).problems if due else ()


class ClosingBackup(QObject):
    """Makes the backup on closing while the person waits; they may go without it."""

    def __init__(self, study: Study, jobs: Jobs, parent: QWidget) -> None:
        """Nothing is made before `make`."""
        super().__init__(parent)
        self._study, self._jobs, self._parent = study, jobs, parent
        self._problem = ""

    def make(self) -> None:
        """Make it if anything was changed since the last one. What stands against it is said; nothing is prevented."""
        if self._study.read_only or not self._study.backups.changed():
            return
        from PySide6.QtWidgets import QMessageBox  # made by Qt when it is asked for: not for a start

        box = QMessageBox(
            QMessageBox.Icon.NoIcon,
            "AlbaTrack",
            "Making the backup before closing…",
            QMessageBox.StandardButton.NoButton,
            self._parent,
        )
        box.setObjectName("closingBackup")
        box.setInformativeText("It is checked before it counts, which takes a moment.")
        skip = box.addButton("Close without it", QMessageBox.ButtonRole.RejectRole)
        job = self._jobs.start("Making the backup", _OnClosing(self._study), self._made, self._refused)
        job.finished.connect(box.accept)
        box.exec()
        if box.clickedButton() is skip and self._jobs.running:
            self._jobs.cancel_all()
            self._jobs.wait(SECONDS_TO_STOP)
        box.deleteLater()
        if self._problem:
            show_sentence(self._parent, f"{self._problem} What you entered is safe in the study.")

    @Slot(object)
    def _made(self, problems: tuple[str, ...]) -> None:
        self._problem = " ".join(problems)

    @Slot(object)
    def _refused(self, refused: TrialError) -> None:
        self._problem = str(refused)


class _OnClosing:
    """The work of it."""

    def __init__(self, study: Study) -> None:
        self._study = study

    def __call__(self, progress: Progress) -> tuple[str, ...]:
        made = self._study.backups.on_closing(progress)
        return made.problems if made else ()
