from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gui import looking_longer
from gui.jobs import Jobs
from gui.looking_longer import LookingLonger
from gui.settings import SettingsFile
from gui.study_view import StudyView
from models.study import Study


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking_longer, "_WHILE_READING", 0)


def no_reason(*_: object) -> str | None:
    return None


def test_what_is_found_behind_the_first_page_is_said_above_every_page(
    qtbot: QtBot, study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "models.persistence.study_folder.found_later", lambda *_: ("The study's file is damaged (page 7).",)
    )
    jobs = Jobs()
    view = StudyView(study, jobs, SettingsFile(tmp_path / "settings.json"), no_reason)
    qtbot.addWidget(view)
    assert not view.banner.isVisibleTo(view)
    looking = LookingLonger(study, jobs, view)
    looking.found.connect(view.say_found)
    with qtbot.waitSignal(looking.found, timeout=10_000):
        pass
    assert view.banner.isVisibleTo(view)
    assert "damaged (page 7)" in view.banner.text.text()


def test_a_study_in_order_is_not_spoken_of(qtbot: QtBot, study: Study) -> None:
    jobs, owner = Jobs(), QObject()
    looking = LookingLonger(study, jobs, owner)
    with qtbot.assertNotEmitted(looking.found), qtbot.waitSignal(jobs.idle, timeout=10_000):
        pass
    assert study.problems == ()
