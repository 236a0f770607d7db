"""The row of tabs of a page."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.widgets.keyed_tabs import KeyedTabs
from tests.gui.showing import in_front


@pytest.fixture
def tabs(qtbot: QtBot) -> KeyedTabs:
    made = KeyedTabs("parts", "Parts", [f"Part {number}" for number in range(1, 11)])
    in_front(qtbot, made)
    return made


def test_the_key_of_a_tab_opens_it_and_says_so(tabs: KeyedTabs, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tabs.currentChanged) as opened:
        qtbot.keyClick(tabs, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert opened.args == [2]


def test_a_tab_says_its_key_as_far_as_there_are_keys(tabs: KeyedTabs) -> None:
    assert [tabs.tabToolTip(index) for index in (0, 8, 9)] == ["Ctrl+1", "Ctrl+9", ""]


def test_a_tab_that_is_only_marked_is_not_said_to_be_opened(tabs: KeyedTabs, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(tabs.currentChanged):
        tabs.mark(4)
    assert tabs.currentIndex() == 4
