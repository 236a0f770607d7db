"""The Protocol page through its widgets."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.pages.protocol.page import Page
from gui.settings import SettingsFile
from gui.workspace import Target, Workspace
from models.study import Study
from tests.gui.fakes import workspace_of


@pytest.fixture
def workspace(study: Study, tmp_path: Path) -> Workspace:
    return workspace_of(study, SettingsFile(tmp_path / "settings.json"))


@pytest.fixture
def page(workspace: Workspace, qtbot: QtBot) -> Page:
    made = Page(workspace)
    qtbot.addWidget(made)
    made.refresh(None)
    return made


def words(widget: QWidget) -> str:
    return "\n".join(shown.text() for shown in widget.findChildren(QLabel))


def test_a_tab_is_opened_by_its_title(page: Page) -> None:
    page.show_target(Target("protocol", values={"tab": "Rules"}))
    assert page.tabs.tabText(page.tabs.currentIndex()) == "Rules"


def test_another_language_writes_the_numbers_anew_and_keeps_the_tab(page: Page, workspace: Workspace) -> None:
    page.show_target(Target("protocol", values={"tab": "Rules"}))
    workspace.change_settings(language="it")
    page.refresh(None)
    assert page.tabs.tabText(page.tabs.currentIndex()) == "Rules"
    assert "0,01 %" in words(page)


def test_a_saved_change_does_not_write_the_page_anew(page: Page) -> None:
    first = page.tabs.widget(0)
    page.refresh(None)
    assert page.tabs.widget(0) is first


def test_no_text_of_the_file_is_read_as_markup(page: Page) -> None:
    assert {shown.textFormat() for shown in page.findChildren(QLabel)} == {Qt.TextFormat.PlainText}


@pytest.mark.parametrize("width", [631, 1190])
def test_no_column_is_cut(page: Page, width: int) -> None:
    page.resize(width, 600)
    page.grab()
    frame = page.tabs.currentWidget()
    assert frame is not None
    cut = [
        shown.text() for shown in frame.findChildren(QLabel) if shown.mapTo(page, shown.rect().topRight()).x() > width
    ]
    assert cut == []
