"""Loading, while nobody waits, what the first patient and the first count would otherwise load at the click."""

from importlib import import_module

from PySide6.QtCore import QObject, QTimer, Slot

from gui.jobs import Jobs, Progress

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
    """Loads once, beside the window, in small parts. It only fills the table of modules: nothing has to wait for it.

    It is a job like others, since the widgets that Python's collector finds meanwhile are not to be deleted beside the
    window (`gui.garbage`).
    """

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        """Begins a moment later."""
        super().__init__(parent)
        self._jobs = jobs
        self.done = False
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(_AFTER)
        timer.timeout.connect(self.begin)
        timer.start()

    @Slot()
    def begin(self) -> None:
        """Load now. `done` says when everything is there."""
        self._jobs.start("Loading the drawing of curves", _load, self._loaded)

    @Slot(object)
    def _loaded(self, _nothing: None) -> None:
        self.done = True


def _load(progress: Progress) -> None:
    for number, name in enumerate(_MODULES):
        if not progress(number, len(_MODULES)):
            return
        import_module(name)
