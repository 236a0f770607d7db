"""The line at the bottom of the window, in a small window."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui import theme
from gui.jobs import Jobs
from gui.widgets.status_line import StatusLine
from gui.workspace import Workspace
from models.domain.clock import FixedClock
from tests.demo_fixtures import demo_study_file, open_demo

__all__ = ["demo_study_file"]


@pytest.fixture
def demo_desk(workspace: Workspace, demo_study_file: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A desk at the demo study, whose site and people have long names."""
    copy = Path(shutil.copytree(demo_study_file, tmp_path / "demo.albatrack"))
    with open_demo(copy, FixedClock.at(2026, 10, 2)) as study:
        yield replace(workspace, study=study)


@pytest.mark.parametrize("width", [910, 683])
@pytest.mark.parametrize("days", [None, 0, 12])
def test_when_the_last_backup_was_made_is_never_cut(
    qtbot: QtBot, demo_desk: Workspace, width: int, days: int | None
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.use_font(app)
    theme.apply(app, "light")
    line = StatusLine(demo_desk, Jobs())
    qtbot.addWidget(line)
    line.count_down(600)
    line.show_backup(None if days is None else demo_desk.study.clock.now() - timedelta(days=days))
    line.resize(width, line.height())
    line.show()
    QApplication.processEvents()
    backup = line.findChild(QLabel, "statusBackup")
    assert backup is not None
    assert backup.text() == line.backup
    assert backup.width() >= backup.fontMetrics().horizontalAdvance(backup.text())
    assert line.width() == width


def test_in_a_small_window_names_come_before_the_countdown_until_its_end_is_near(
    qtbot: QtBot, demo_desk: Workspace
) -> None:
    line = StatusLine(demo_desk, Jobs())
    qtbot.addWidget(line)
    until = line.findChild(QLabel, "statusLocksIn")
    assert until is not None
    line.resize(683, line.height())
    line.show()
    line.count_down(600)
    assert until.isHidden()
    line.count_down(120)
    assert not until.isHidden()
    line.count_down(600)
    line.resize(1366, line.height())
    assert not until.isHidden()
