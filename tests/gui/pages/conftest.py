"""The window of C. Rossi's desk, and a workspace without a window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.application import Application
from gui.settings import SettingsFile
from gui.workspace import Workspace
from models.domain.clock import FixedClock
from models.study import Study
from tests.gui.fakes import NotingHost, workspace_of
from tests.gui.pages.desk import Keyboard
from tests.gui.showing import in_front
from tests.gui.signing_in import signed_in


@pytest.fixture
def desk_settings(tmp_path: Path) -> SettingsFile:
    settings = SettingsFile(tmp_path / "config" / "settings.json")
    settings.change(theme="light")
    return settings


@pytest.fixture
def open_window(
    qtbot: QtBot, clock: FixedClock, study: Study, desk_settings: SettingsFile
) -> Iterator[Callable[[], Application]]:
    """Opens the window over what the study holds by then; the test's own study is closed by it."""
    made: list[Application] = []

    def open_() -> Application:
        study.close()
        application = signed_in(study.path, clock, desk_settings)
        made.append(application)
        application.window.resize(1366, 768)
        in_front(qtbot, application.window)
        return application

    yield open_
    for application in made:
        application.jobs.wait(10)
        application.close_study()


@pytest.fixture
def bare(qapp: object, study: Study, desk_settings: SettingsFile) -> Iterator[Workspace]:
    """A workspace whose host only notes what is asked of it."""
    workspace = workspace_of(study, desk_settings)
    yield workspace
    workspace.jobs.cancel_all()
    workspace.jobs.wait(10)
    workspace.notifier.deleteLater()


@pytest.fixture
def host(bare: Workspace) -> NotingHost:
    assert isinstance(bare.host, NotingHost)
    return bare.host


@pytest.fixture
def keyboard(qtbot: QtBot) -> Keyboard:
    return Keyboard(qtbot)
