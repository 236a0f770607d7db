from pathlib import Path

from pytestqt.qtbot import QtBot

from gui.jobs import Jobs
from gui.settings import SettingsFile
from gui.study_view import StudyView
from models.study import Changes
from tests.backup_fixtures import HandClock, screen_somebody, signed_in


def no_reason(*_: object) -> str | None:
    return None


def test_a_clock_set_back_while_the_study_is_open_is_said_above_every_page(
    qtbot: QtBot, path: Path, tmp_path: Path
) -> None:
    clock = HandClock()
    with signed_in(path, clock) as study:
        view = StudyView(study, Jobs(), SettingsFile(tmp_path / "settings.json"), no_reason)
        qtbot.addWidget(view)
        assert not view.banner.isVisibleTo(view)
        clock.go(days=-3)
        screen_somebody(study)
        view.workspace.changed(Changes(None, frozenset({"patient"})))
        assert "clock of this computer was set back" in view.banner.text.text()
        assert view.banner.isVisibleTo(view)
        view.end()


def test_a_clock_set_forward_while_the_study_is_open_is_said_above_every_page(
    qtbot: QtBot, path: Path, tmp_path: Path
) -> None:
    clock = HandClock()
    with signed_in(path, clock) as study:
        view = StudyView(study, Jobs(), SettingsFile(tmp_path / "settings.json"), no_reason)
        qtbot.addWidget(view)
        clock.jump(days=3)
        screen_somebody(study)
        view.workspace.changed(Changes(None, frozenset({"patient"})))
        assert "clock of this computer was set forward" in view.banner.text.text()
        view.end()
