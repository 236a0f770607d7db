"""What happens when something goes wrong inside a slot: a plain dialog and an entry in a log, without patient data."""

import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from models.domain.clock import SystemClock
from models.domain.errors import TrialError
from models.domain.whole_files import OWNER_FOLDER, owners_opener

_LOG_BYTES = 500_000
"""The log starts anew above this size; one older log is kept."""


class Crashes(QObject):
    """Receives what no slot has caught: a `TrialError` is shown as its sentence, anything else is the program's fault.

    The log holds the kind of error and the places in the program, never its message or any value: those may name a
    patient.
    """

    _arrived = Signal(object)

    def __init__(self, log: Path, parent: QObject | None = None) -> None:
        """`log` is the file that faults are written to."""
        super().__init__(parent)
        self.log = log
        self._sentences: list[tuple[str, str]] = []
        """The one that is shown, and those that wait for it to be read."""
        self._arrived.connect(self.show)

    def install(self) -> None:
        """Take what would otherwise be printed and lost."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if not isinstance(error, TrialError):
            self.write(error)
        # Queued when it comes from another thread; a dialog belongs to the interface thread.
        self._arrived.emit(error)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._hook(args.exc_type, args.exc_value, args.exc_traceback)

    def write(self, error: BaseException) -> None:
        """Add a fault to the log: when, what kind, where in the program. No message, no values."""
        places = "".join(
            f"    {Path(frame.filename).name}:{frame.lineno} {frame.name}\n"
            for frame in traceback.extract_tb(error.__traceback__)
        )
        entry = f"{SystemClock().now().isoformat(timespec='seconds')} {type(error).__name__}\n{places}"
        try:
            self.log.parent.mkdir(mode=OWNER_FOLDER, parents=True, exist_ok=True)
            if self.log.exists() and self.log.stat().st_size > _LOG_BYTES:
                self.log.replace(self.log.with_suffix(".old.log"))
            with open(self.log, "a", encoding="utf-8", opener=owners_opener) as file:
                file.write(entry)
        except OSError:
            sys.__stderr__ and sys.__stderr__.write(entry)

    @Slot(object)
    def show(self, error: BaseException) -> None:
        """Show one dialog at a time, each sentence once: a fault in drawing would otherwise open them without end.

        What comes meanwhile is shown afterwards, unless the window was locked: then somebody else may be there.
        """
        words = (str(error), "") if isinstance(error, TrialError) else self._fault_words()
        if words in self._sentences:
            return
        self._sentences.append(words)
        if len(self._sentences) > 1:
            return
        parent = QApplication.activeWindow()  # once: afterwards it may be the dialog that was just closed
        try:
            while self._sentences and show_sentence(parent, *self._sentences[0]):
                del self._sentences[0]
        finally:
            self._sentences.clear()

    def _fault_words(self) -> tuple[str, str]:
        return (
            "Something went wrong in AlbaTrack itself. What was saved before is safe; the last step may not have been "
            "done. Look at the page again before going on.",
            f"If it happens again, send this file to whoever looks after AlbaTrack here: {self.log}\n"
            "It holds no patient data.",
        )


def show_sentence(parent: QWidget | None, text: str, more: str = "", *, warns: bool = True) -> bool:
    """A plain dialog with a sentence and, below it, what helps further; where it `warns`, with the sign for that.

    False where the person did not close it: the window was locked over it.
    """
    from PySide6.QtWidgets import QMessageBox

    icon = QMessageBox.Icon.Warning if warns else QMessageBox.Icon.NoIcon
    box = QMessageBox(icon, "AlbaTrack", text, QMessageBox.StandardButton.Ok, parent)
    box.setObjectName("message")
    box.setInformativeText(more)
    for shown in box.findChildren(QLabel):
        shown.setTextFormat(Qt.TextFormat.PlainText)  # what a person typed is shown as it is, also where it is quoted
    closed = bool(box.exec())
    box.deleteLater()
    return closed
