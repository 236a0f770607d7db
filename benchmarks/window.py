"""The real window on a demo study, driven from outside: what a person would do, through the widgets."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.studies import CLOCK
from gui.application import Application, build
from gui.settings import SettingsFile
from gui.workspace import Workspace

SIZE = (1366, 768)
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
        QApplication.processEvents()
        if monotonic() > deadline:
            raise TimeoutError("the window did not get there")
    QApplication.processEvents()


@contextmanager
def open_window(study: Path) -> Iterator[Workspace]:
    """The whole application with that study open and everything read that it reads by itself."""
    with TemporaryDirectory() as folder:
        settings = SettingsFile(Path(folder) / "settings.json")
        settings.change(actor="Benchmark", theme="light")
        application = build(study, clock=CLOCK, settings=settings)
        application.window.resize(*SIZE)
        application.window.show()
        try:
            process_until(lambda: not application.jobs.running)
            yield _workspace(application)
        finally:
            application.window.close()
            application.window.deleteLater()
            QApplication.processEvents()


def _workspace(application: Application) -> Workspace:
    view = application.window.view
    if view is None:
        raise RuntimeError("the study did not open")
    return view.workspace


def page_of(workspace: Workspace) -> QWidget:
    """The page in view."""
    page: QWidget = workspace.host.page  # type: ignore[attr-defined]  # the real host is the study's view
    return page
