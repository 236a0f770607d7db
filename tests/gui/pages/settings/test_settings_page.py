"""The Settings page through its widgets."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from gui.pages.settings.page import SECTIONS, Page
from gui.settings import SettingsFile
from gui.workspace import Target, Workspace
from models.domain.notation import Desk
from models.study import Study
from tests.gui.fakes import workspace_of


@pytest.fixture
def workspace(study: Study, tmp_path: Path) -> Workspace:
    settings = SettingsFile(tmp_path / "settings.json")
    return workspace_of(study, settings)


@pytest.fixture
def page(workspace: Workspace, qtbot: QtBot) -> Page:
    made = Page(workspace)
    qtbot.addWidget(made)
    made.refresh(None)
    made.show()
    return made


def combo(page: Page, name: str) -> QComboBox:
    found = page.findChild(QComboBox, name)
    assert isinstance(found, QComboBox)
    return found


def line(page: Page, name: str) -> QLineEdit:
    found = page.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def test_choosing_italian_holds_at_once(page: Page, workspace: Workspace, qtbot: QtBot) -> None:
    with qtbot.waitSignal(workspace.notifier.settings_changed):
        qtbot.keyClick(combo(page, "settingsLanguage"), Qt.Key.Key_Down)
    assert workspace.desk is Desk.ITALIAN
    assert SettingsFile(workspace.settings.path).current.language == "it"


def test_choosing_a_theme_is_kept(page: Page, workspace: Workspace, qtbot: QtBot) -> None:
    qtbot.keyClick(combo(page, "settingsTheme"), Qt.Key.Key_Down)
    assert workspace.settings.current.theme == "light"


def test_the_name_of_the_site_is_saved_with_enter(page: Page, workspace: Workspace, qtbot: QtBot) -> None:
    page.show_target(Target("settings", values={"section": "site"}))
    save = page.findChild(QPushButton, "settingsSiteSave")
    assert isinstance(save, QPushButton)
    assert not save.isEnabled()
    name = line(page, "settingsSiteName")
    name.clear()
    qtbot.keyClicks(name, "Ematologia, Ospedale Maggiore")
    with qtbot.waitSignal(workspace.notifier.changed):
        qtbot.keyClick(name, Qt.Key.Key_Return)
    assert workspace.study.setting("site_name") == "Ematologia, Ospedale Maggiore"
    assert not save.isEnabled()


def test_every_section_opens(page: Page) -> None:
    for row, _ in enumerate(SECTIONS):
        page.list.setCurrentRow(row)
        assert page.list.currentRow() == row
