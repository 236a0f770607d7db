"""The accounts page in front of somebody, and what a test does with it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.pages.accounts.account_dialog import AccountDialog
from gui.pages.accounts.page import Page
from gui.settings import SettingsFile
from models.domain.clock import FixedClock
from models.study import Study
from models.study_types import AccountLine
from tests.gui.fakes import NotingHost, workspace_of
from tests.study_fixtures import open_as

OpenPage = Callable[[str], Page]
Asked = TypeVar("Asked", bound=AccountDialog)


@pytest.fixture
def open_page(qtbot: QtBot, study: Study, tmp_path: Path, clock: FixedClock) -> Iterator[OpenPage]:
    """The page in front of whoever is named."""
    opened: list[Study] = []
    study.close()

    def show(login: str) -> Page:
        opened.append(open_as(study.path, clock, login))
        workspace = workspace_of(opened[-1], SettingsFile(tmp_path / "settings.json"))
        page = Page(workspace)
        qtbot.addWidget(page)
        workspace.notifier.changed.connect(page.refresh)
        page.refresh(None)
        page.show()
        return page

    yield show
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog):
            QDialog.reject(window)
    for each in opened:
        each.close()


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page("A. Verdi")


def study_of(page: Page) -> Study:
    return page.training._workspace.study  # noqa: SLF001 - what the page itself works on


def host_of(page: Page) -> NotingHost:
    host = page.training._workspace.host  # noqa: SLF001
    assert isinstance(host, NotingHost)
    return host


def line(page: Page, login: str) -> AccountLine:
    return next(found for found in study_of(page).accounts.lines() if found.login == login)


def choose(page: Page, login: str) -> None:
    page.table.choose(line(page, login))


def press(qtbot: QtBot, page: QWidget, name: str) -> None:
    qtbot.mouseClick(page.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def enabled(page: Page) -> set[str]:
    buttons = page.findChildren(QPushButton)
    return {b.objectName().removeprefix("accounts_") for b in buttons if b.isEnabled() and b.isVisibleTo(page)}


def dialog_of(kind: type[Asked]) -> Asked:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


def asked(qtbot: QtBot, page: Page, button: str, kind: type[Asked]) -> Asked:
    """Press a button; returns the dialog that it opens."""
    press(qtbot, page, button)
    return dialog_of(kind)


def finish(qtbot: QtBot, page: Page, dialog: AccountDialog) -> None:
    """Press its button and wait until it has closed."""
    with qtbot.waitSignal(dialog.finished):
        dialog.begin()
    qtbot.waitUntil(lambda: not page.training._workspace.jobs.running)  # noqa: SLF001
