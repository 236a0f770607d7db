"""The page of the keys says every key that something in the window answers to."""

import pytest
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from gui import keys
from gui.actions import ACTIONS
from gui.shortcuts import key_groups

SHARED = [value for name, value in vars(keys).items() if name.endswith(("_KEY", "_KEYS")) and isinstance(value, str)]


def told() -> list[str]:
    return [pressed for _, rows in key_groups() for pressed, _ in rows]


def native(pressed: str) -> str:
    return QKeySequence(pressed).toString(QKeySequence.SequenceFormat.NativeText)


@pytest.mark.parametrize("pressed", SHARED)
def test_a_key_that_forms_and_lists_share_is_told(qtbot: QtBot, pressed: str) -> None:
    assert native(pressed) in told()


def test_every_key_of_the_menus_is_told_once(qtbot: QtBot) -> None:
    listed = told()
    assert len(listed) == len(set(listed))
    assert {native(action.shortcut) for action in ACTIONS if action.shortcut} <= set(listed)
