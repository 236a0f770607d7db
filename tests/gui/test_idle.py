"""Counting how long nobody has touched keyboard or mouse."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from gui.idle import Idle, minutes_of
from models.study import Context, Study
from tests.backup_fixtures import HandClock
from tests.gui.showing import in_front

BY = Context("C. Rossi", "Ward with many visitors")


@pytest.fixture
def line(qtbot: QtBot) -> QLineEdit:
    made = QLineEdit()
    in_front(qtbot, made)
    return made


@pytest.fixture
def idle(line: QLineEdit, hand: HandClock) -> Iterator[Idle]:
    owner = QObject()
    yield Idle(10, hand, owner)
    owner.deleteLater()


def test_r13_the_time_is_up_after_so_many_minutes_and_it_is_said_once(
    idle: Idle, hand: HandClock, qtbot: QtBot
) -> None:
    said: list[int] = []
    idle.ticked.connect(said.append)
    hand.go(minutes=9)
    idle.look()
    hand.go(minutes=1)
    with qtbot.waitSignal(idle.expired):
        idle.look()
    with qtbot.assertNotEmitted(idle.expired):
        idle.look()
    assert said[:2] == [60, 0]


def test_a_key_begins_the_time_anew(idle: Idle, hand: HandClock, line: QLineEdit, qtbot: QtBot) -> None:
    hand.go(minutes=9)
    qtbot.keyClick(line.windowHandle(), Qt.Key.Key_A)
    qtbot.waitUntil(lambda: line.text() == "a")
    assert idle.left == 600


def test_the_mouse_begins_the_time_anew(idle: Idle, hand: HandClock, line: QLineEdit, qtbot: QtBot) -> None:
    hand.go(minutes=9)
    qtbot.mouseClick(line.windowHandle(), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: idle.left == 600)


def test_a_key_after_the_time_locks_and_is_not_typed(
    idle: Idle, hand: HandClock, line: QLineEdit, qtbot: QtBot
) -> None:
    hand.go(hours=8)  # the computer slept, no timer ran
    with qtbot.waitSignal(idle.expired):
        qtbot.keyClick(line.windowHandle(), Qt.Key.Key_A)
    assert line.text() == ""


def test_a_clock_that_is_set_back_does_not_keep_the_window_open(
    idle: Idle, hand: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.go(hours=-5)
    started = idle.left
    monkeypatch.setattr("gui.idle.time.monotonic", lambda: 1e9)
    assert (started, idle.left) == (600, 0)


@pytest.mark.parametrize(("kept", "minutes"), [("3", 3), ("0", 1), ("60", 10), ("soon", 10)])
def test_a_study_may_shorten_the_time_and_nobody_can_make_it_longer(study: Study, kept: str, minutes: int) -> None:
    study.set_setting("idle_lock_minutes", kept, BY)
    assert minutes_of(study) == minutes


def test_without_a_setting_it_is_as_the_protocol_says(study: Study) -> None:
    assert minutes_of(study) == study.protocol.idle_lock_minutes == 10
