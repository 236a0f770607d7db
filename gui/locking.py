"""Hiding a study at once, and letting it go as soon as nothing uses it any more.

Of Qt it loads what hides and forgets only then: a start needs none of it.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from gui.jobs import Jobs
from gui.main_window import MainWindow

if TYPE_CHECKING:
    from gui.study_view import StudyView

_LOOK_AGAIN = 20
"""Milliseconds."""

_OWN_LOOP = 1
"""The program's own event loop. One within it belongs to a question that some code waits to have answered."""


class Locking(QObject):
    """Ends the sitting of the person who works in the window. `done` is emitted when the study is closed.

    Everything is out of sight when `begin` returns. Closing waits for the work that goes on, and for questions that
    some code is still waiting to have answered: they are given up first, as with Escape.
    """

    done = Signal()

    def __init__(self, window: MainWindow, jobs: Jobs, parent: QObject) -> None:
        """For that window."""
        super().__init__(parent)
        self._window = window
        self._jobs = jobs
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOK_AGAIN)
        self._timer.timeout.connect(self._finish)
        self._view: StudyView | None = None

    def begin(self, cover: QWidget) -> None:
        """Put `cover` in the place of the study, close every dialog, leave no trace, end the study."""
        self._window.show_page(cover)  # forms that go out of sight keep what was typed into them
        self._view = self._window.take_study()
        close_everything_but(self._window)
        forget_traces()
        self._jobs.cancel_all()
        self._finish()

    @Slot()
    def _finish(self) -> None:
        if self._jobs.running or QThread.currentThread().loopLevel() > _OWN_LOOP:
            self._timer.start()
            return
        self.end()
        self.done.emit()

    def end(self) -> None:
        """Let the study go now: nothing waits any more, or the program ends."""
        view, self._view = self._view, None
        if view is not None:
            view.end()
            view.workspace.study.close()


def close_everything_but(window: QWidget) -> None:
    """Close every dialog, menu and list of the program, those in front first. None of them is asked."""
    while popup := QApplication.activePopupWidget():
        popup.hide()
    while (modal := QApplication.activeModalWidget()) and modal.isVisible():
        _close(modal)
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible():
            _close(other)


def _close(window: QWidget) -> None:
    from PySide6.QtWidgets import QDialog

    if isinstance(window, QDialog):
        window.reject()
    window.close()
    window.hide()  # a question without a button for giving up does not close by itself


def forget_traces() -> None:
    """Take away what a person leaves outside the study who worked in it: what was copied, which folders were chosen."""
    _forget_copied()
    _forget_folders()


def _forget_copied() -> None:
    """Empty the clipboard, and the selection of the middle mouse button.

    Not every desktop tells whether they were filled from this program, so it is not asked.
    """
    from PySide6.QtGui import QClipboard

    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    if clipboard.supportsSelection():
        clipboard.clear(QClipboard.Mode.Selection)


def _forget_folders() -> None:
    """Empty Qt's list of the folders that file dialogs showed: a paper may come from one that is named after a patient.

    Qt keeps it for all its programs of this person, readable by anybody at the computer.
    """
    from PySide6.QtCore import QSettings

    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    for name in ("history", "lastVisited"):
        kept.remove(f"FileDialog/{name}")
