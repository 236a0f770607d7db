"""Waiting for the window: until something has happened in it, until a widget has been painted."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

_PATIENCE = 600
"""Seconds after which something that should happen never will."""


class Painted(QObject):
    """Watches a widget for its next painting."""

    def __init__(self, widget: QWidget) -> None:
        """Begin to watch."""
        super().__init__(widget)
        self.seen = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See, and let pass."""
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return False


def process_until(ready: Callable[[], bool]) -> None:
    """Let the window work until something has happened, and then until what it had still to do is done."""
    deadline = monotonic() + _PATIENCE
    while not ready():
        work()
        if monotonic() > deadline:
            raise TimeoutError("the window did not get there")
    work()


def work() -> None:
    """Do what waits to be done. Widgets that were let go are deleted too, as in the loop of a running program."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
