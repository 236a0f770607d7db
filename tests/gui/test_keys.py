"""The keys that forms, dialogs and lists share."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.keys import FINISH_KEYS, on_keys, unmodified
from tests.gui.showing import in_front

CONTROL = Qt.KeyboardModifier.ControlModifier


class Two(QWidget):
    """Two lines beside each other, and how often a slot was called."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = QLineEdit(), QLineEdit()
        line = QHBoxLayout(self)
        line.addWidget(self.first)
        line.addWidget(self.second)
        self.calls = 0

    def call(self) -> None:
        self.calls += 1


def test_each_of_the_keys_calls_the_slot_wherever_the_cursor_is_in_the_window(qtbot: QtBot) -> None:
    two = Two()
    on_keys(two.first, two.call, *FINISH_KEYS)
    in_front(qtbot, two)
    two.second.setFocus()
    qtbot.keyClick(two.second, Qt.Key.Key_Return, CONTROL)
    qtbot.keyClick(two.second, Qt.Key.Key_Enter, CONTROL)
    assert two.calls == 2


def test_keys_of_a_part_leave_the_rest_of_the_window_alone(qtbot: QtBot) -> None:
    two = Two()
    on_keys(two.first, two.call, "Alt+Down", where=Qt.ShortcutContext.WidgetShortcut)
    in_front(qtbot, two)
    calls = []
    for line in (two.second, two.first):
        line.setFocus()
        qtbot.keyClick(line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        calls.append(two.calls)
    assert calls == [0, 1]


@pytest.mark.parametrize(
    ("modifier", "alone"),
    [
        (Qt.KeyboardModifier.NoModifier, True),
        (Qt.KeyboardModifier.KeypadModifier, True),
        (CONTROL, False),
        (CONTROL | Qt.KeyboardModifier.KeypadModifier, False),
    ],
)
def test_the_enter_beside_the_figures_is_pressed_without_a_modifier(modifier: Qt.KeyboardModifier, alone: bool) -> None:
    assert unmodified(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Enter, modifier)) is alone
