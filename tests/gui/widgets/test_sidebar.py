"""The list of pages at the left."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.page_table import PAGES, PageEntry
from gui.widgets.icon import ICONS
from gui.widgets.sidebar import Sidebar, SidebarButton


@pytest.fixture
def sidebar(qtbot: QtBot) -> Sidebar:
    made = Sidebar((PageEntry("today", "Today", ""), PageEntry("patient", "Patient", "", parent="today"),
                    PageEntry("settings", "Settings", "", group="Study")))  # fmt: skip
    qtbot.addWidget(made)
    made.show()
    return made


def button(sidebar: Sidebar, name: str) -> SidebarButton:
    found = sidebar.button(name)
    assert found is not None
    return found


def test_a_page_under_another_has_no_entry_of_its_own(sidebar: Sidebar) -> None:
    assert sidebar.button("patient") is None


def test_the_arrows_walk_and_enter_opens(sidebar: Sidebar, qtbot: QtBot) -> None:
    button(sidebar, "today").setFocus()
    qtbot.keyClick(button(sidebar, "today"), Qt.Key.Key_Down)
    assert QApplication.focusWidget() is button(sidebar, "settings")
    with qtbot.waitSignal(sidebar.opened) as opened:
        qtbot.keyClick(button(sidebar, "settings"), Qt.Key.Key_Return)
    assert opened.args == ["settings"]


def test_in_a_narrow_window_the_tip_says_what_the_icon_means(sidebar: Sidebar) -> None:
    sidebar.set_narrow(narrow=True)
    button(sidebar, "today").set_badge(7, "due")
    assert button(sidebar, "today").toolTip() == "Today, 7"
    sidebar.set_narrow(narrow=False)
    assert button(sidebar, "today").toolTip() == ""


def test_a_badge_of_nothing_is_no_badge(sidebar: Sidebar) -> None:
    button(sidebar, "today").set_badge(3, "urgent")
    button(sidebar, "today").set_badge(0, "")
    assert button(sidebar, "today").accessibleName() == "Today"


@pytest.mark.parametrize("narrow", [True, False])
def test_it_paints_with_and_without_words(sidebar: Sidebar, narrow: bool) -> None:
    plain = sidebar.grab().toImage()
    sidebar.set_narrow(narrow=narrow)
    button(sidebar, "today").set_badge(12_345, "due")
    sidebar.mark("today")
    assert sidebar.grab().toImage() != plain


def test_every_page_of_the_sidebar_has_an_icon() -> None:
    assert {page.name for page in PAGES if not page.parent} <= set(ICONS)
