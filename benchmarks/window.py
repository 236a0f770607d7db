"""The real window on a demo study, driven from outside: what a person would do, through the widgets."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QWidget

from benchmarks.painting import process_until, work
from benchmarks.studies import CLOCK, opened
from gui.application import Application, build
from gui.pages.today.page import Page
from gui.settings import SettingsFile
from gui.workspace import Workspace

SIZE = (1366, 768)


@contextmanager
def open_window(study: Path) -> Iterator[Workspace]:
    """The whole application with that study open and everything read that it reads by itself."""
    with TemporaryDirectory() as folder:
        gc.collect()
        gc.freeze()  # as at a start: what other measurements hold is not searched for garbage while this one waits
        settings = SettingsFile(Path(folder) / "settings.json")
        settings.change(theme="light")
        application = build(clock=CLOCK, settings=settings)
        application.admit(opened(study))
        application.window.resize(*SIZE)
        application.window.show()
        try:
            workspace = _workspace(application)
            today = page_of(workspace)
            assert isinstance(today, Page)
            process_until(lambda: today.settled and not application.jobs.running)
            yield workspace
        finally:
            application.window.close()
            application.window.deleteLater()
            work()
            gc.unfreeze()


def _workspace(application: Application) -> Workspace:
    view = application.window.view
    if view is None:
        raise RuntimeError("the study did not open")
    return view.workspace


def page_of(workspace: Workspace) -> QWidget:
    """The page in view."""
    page: QWidget = workspace.host.page  # type: ignore[attr-defined]  # the real host is the study's view
    return page
