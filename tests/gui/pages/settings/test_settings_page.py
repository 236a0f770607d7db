"""The Settings page through its widgets."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.application import Application
from gui.pages.settings.page import SECTIONS, Page
from gui.settings import SettingsFile
from gui.widgets.history import HistoryDialog
from gui.workspace import Target, Workspace
from models.domain.clock import FixedClock
from models.domain.findings import Finding
from models.domain.notation import Desk
from models.study import Study
from tests.gui.fakes import workspace_of
from tests.gui.pages.desk import view_of
from tests.gui.signing_in import opened


@pytest.fixture
def workspace(study: Study, tmp_path: Path) -> Workspace:
    settings = SettingsFile(tmp_path / "settings.json")
    return workspace_of(study, settings)


def say_nothing(parent: QWidget, question: str, findings: Sequence[Finding], workspace: Workspace) -> None:
    """Give up where a reason is asked for."""


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
    assert [line.reason for line in workspace.study.corrections("study_fact", 0)] == ["Typing error"]
    assert not save.isEnabled()


def test_a_name_of_the_site_that_is_typed_comes_back_until_it_is_saved_or_discarded(
    page: Page, workspace: Workspace, qtbot: QtBot
) -> None:
    def opened_again() -> Page:
        again = Page(workspace)
        qtbot.addWidget(again)
        again.refresh(None)
        again.show()
        again.show_target(Target("settings", values={"section": "site"}))
        return again

    page.show_target(Target("settings", values={"section": "site"}))
    line(page, "settingsSiteName").clear()
    qtbot.keyClicks(line(page, "settingsSiteName"), "Ematologia")
    qtbot.waitUntil(lambda: workspace.study.draft("site_name") is not None)  # nobody closes the window: it is killed
    page.refresh(None)
    assert line(page, "settingsSiteName").text() == "Ematologia"
    second = opened_again()
    assert line(second, "settingsSiteName").text() == "Ematologia"
    discard = second.findChild(QPushButton, "settingsSiteMessageButton")
    assert isinstance(discard, QPushButton)
    assert discard.isVisible()
    discard.click()
    assert line(second, "settingsSiteName").text() == "Haematology"
    assert workspace.study.draft("site_name") is None
    line(second, "settingsSiteName").setText("Ematologia")
    second.hide()
    third = opened_again()
    qtbot.keyClick(line(third, "settingsSiteName"), Qt.Key.Key_Return)
    assert workspace.study.setting("site_name") == "Ematologia"
    assert workspace.study.draft("site_name") is None
    fourth = opened_again()
    assert line(fourth, "settingsSiteName").text() == "Ematologia"
    shown = fourth.findChild(QPushButton, "settingsSiteMessageButton")
    assert isinstance(shown, QPushButton)
    assert not shown.isVisible()


def test_every_name_that_the_site_had_is_told(page: Page, workspace: Workspace, qtbot: QtBot) -> None:
    workspace.study.set_setting("site_name", "Ematologia", workspace.context("Renamed"))
    page.show_target(Target("settings", values={"section": "site"}))
    button = page.findChild(QPushButton, "settingsSiteHistory")
    assert isinstance(button, QPushButton)
    button.click()
    dialog = page.window().findChild(HistoryDialog)
    assert isinstance(dialog, HistoryDialog)
    assert dialog.accessibleName() == "History: Site name · Study setting"
    told = [tuple(column.text(row) for column in dialog.table.model.columns[2:]) for row in dialog.table.model.rows]
    assert told == [("Haematology", "Ematologia", "Renamed"), ("", "Haematology", "First entry")]
    dialog.close()


def test_the_name_of_the_site_stays_where_nobody_says_why(study: Study, workspace: Workspace, qtbot: QtBot) -> None:
    page = Page(replace(workspace, reasons=say_nothing))
    qtbot.addWidget(page)
    page.refresh(None)
    page.show_target(Target("settings", values={"section": "site"}))
    name = line(page, "settingsSiteName")
    name.setText("Ematologia")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert study.corrections("study_fact", 0) == ()
    assert name.text() == "Ematologia"


def test_no_line_of_the_sections_covers_another(at_start: Application, study: Study, clock: FixedClock) -> None:
    study.close()
    at_start.admit(opened(study.path, clock))
    view = view_of(at_start)
    view.show_target(Target("settings"))
    shown = view.findChild(QListWidget, "settingsSections")
    assert isinstance(shown, QListWidget)
    lines = [shown.visualItemRect(shown.item(row)) for row in range(shown.count())]
    assert all(above.bottom() < below.top() for above, below in pairwise(lines))


def test_every_section_opens(page: Page) -> None:
    for row, _ in enumerate(SECTIONS):
        page.list.setCurrentRow(row)
        assert page.list.currentRow() == row
