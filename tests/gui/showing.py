"""Putting what a test looks at in front of its person."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.workspace import Page, Workspace


def in_front(qtbot: QtBot, widget: QWidget) -> None:
    """Show a widget and wait until it takes keys."""
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)


def page_in_use(qtbot: QtBot, page: Page, workspace: Workspace) -> None:
    """Show a page as the window does: read, and following every change."""
    assert isinstance(page, QWidget)
    qtbot.addWidget(page)
    page.resize(1180, 700)
    page.show()
    page.refresh(None)
    workspace.notifier.changed.connect(page.refresh)
