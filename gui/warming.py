"""Loading, while nobody waits, what the first patient and the first count would otherwise load at the click."""

from importlib import import_module
from threading import Thread

from PySide6.QtCore import QObject, QTimer, Slot

_AFTER = 1_500
"""Milliseconds after a study was opened: by then its first page has been read and painted."""
_MODULES = (
    "gui.pages.patient.page",
    "gui.pages.patient.overview.tab",
    "matplotlib.backends.backend_agg",
    "models.figures.ink",
    "scipy.special",
    "models.cohort.tables",
)


class Warming(QObject):
    """Loads once, beside the window, in small parts. It only fills the table of modules: nothing has to wait for it."""

    def __init__(self, parent: QObject) -> None:
        """Begins a moment later."""
        super().__init__(parent)
        self._thread: Thread | None = None
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(_AFTER)
        timer.timeout.connect(self.begin)
        timer.start()

    @property
    def done(self) -> bool:
        """Whether everything is loaded."""
        return self._thread is not None and not self._thread.is_alive()

    @Slot()
    def begin(self) -> None:
        """Load now."""
        if self._thread is None:
            self._thread = Thread(target=_load, name="warming", daemon=True)
            self._thread.start()


def _load() -> None:
    for name in _MODULES:
        import_module(name)
