"""Every test of this part may ask for a study, and for the program in front of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.application import Application, build
from gui.settings import SettingsFile
from models.domain.clock import FixedClock
from models.study import Study
from tests.backup_fixtures import hand, owned
from tests.gui.showing import in_front
from tests.study_fixtures import empty_study_file, path, patient, study

__all__ = ["empty_study_file", "hand", "owned", "path", "patient", "study"]


@pytest.fixture
def closed_study(study: Study) -> Path:
    """The folder of a study that nobody has open."""
    study.close()
    return study.path


@pytest.fixture
def at_start(qtbot: QtBot, tmp_path: Path, clock: FixedClock) -> Iterator[Application]:
    """The program at its start page."""
    settings = SettingsFile(tmp_path / "config" / "settings.json")
    settings.change(theme="light")
    made = build(clock=clock, settings=settings)
    made.window.resize(1366, 768)
    in_front(qtbot, made.window)
    yield made
    made.jobs.cancel_all()
    made.jobs.wait(10)
    made.close_study()
    made.show_start()
