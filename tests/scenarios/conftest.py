"""The desk of C. Rossi over a study of the story's own; a patient in cycle 1; the demo study."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.application import Application, build
from gui.settings import SettingsFile
from models.domain.clock import FixedClock
from models.study import Study
from tests.demo_fixtures import demo_study_file
from tests.gui.pages.patient.conftest import treated
from tests.gui.showing import in_front
from tests.gui.signing_in import signed_in
from tests.scenarios.person import Person
from tests.study_fixtures import empty_study_file, path, patient, study

__all__ = ["demo_study_file", "empty_study_file", "path", "patient", "study", "treated"]

OpenDesk = Callable[[Path | None], Person]


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    """What the desk of C. Rossi prefers."""
    file = SettingsFile(tmp_path / "config" / "settings.json")
    file.change(theme="light")
    return file


@pytest.fixture
def open_desk(qtbot: QtBot, clock: FixedClock, settings: SettingsFile) -> Iterator[OpenDesk]:
    """Starts the program, with a study file or at the start page; it can be started again after it was closed."""
    made: list[Application] = []

    def start(path: Path | None) -> Person:
        application = signed_in(path, clock, settings) if path else build(clock=clock, settings=settings)
        made.append(application)
        application.window.resize(1366, 768)
        in_front(qtbot, application.window)
        return Person(qtbot, application)

    yield start
    for application in made:
        application.jobs.cancel_all()
        application.jobs.wait(10)
        application.close_study()


@pytest.fixture
def person(open_desk: OpenDesk, study: Study) -> Person:
    """C. Rossi, before a study without patients."""
    study.close()
    return open_desk(study.path)


@pytest.fixture
def nurse(open_desk: OpenDesk, study: Study, treated: int) -> Person:
    """C. Rossi, before a study whose one patient, 042-001, has four MRD results and a cycle behind her."""
    study.close()
    return open_desk(study.path)


@pytest.fixture
def guide(open_desk: OpenDesk, demo_study_file: Path, tmp_path: Path) -> Person:
    """C. Rossi, before the demo study."""
    return open_desk(Path(shutil.copytree(demo_study_file, tmp_path / "demo.albatrack")))
