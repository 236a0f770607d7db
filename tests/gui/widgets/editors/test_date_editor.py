"""A day is typed in many ways, or taken from the calendar."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QCalendarWidget
from pytestqt.qtbot import QtBot

from gui.widgets.editors.date_editor import DateEditor
from models.domain.clock import FixedClock
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from tests.backup_fixtures import HandClock
from tests.gui.showing import in_front

CLOCK = FixedClock.at(2026, 10, 2)


@pytest.mark.parametrize(
    ("typed", "echo"),
    [
        ("today", "2 Oct 2026"),
        ("-3", "29 Sep 2026"),
        ("12/3", "12 Mar 2026"),
        ("12mar26", "12 Mar 2026"),
        ("2026-03", "Mar 2026"),
    ],
)
def test_a_date_repeats_what_it_understood(qtbot: QtBot, typed: str, echo: str) -> None:
    editor = DateEditor(Desk.ENGLISH, CLOCK)
    qtbot.addWidget(editor)
    qtbot.keyClicks(editor.line, typed)
    assert editor.line.echo() == echo


def test_a_relative_date_is_written_out_on_leaving_and_in_a_draft(qtbot: QtBot) -> None:
    editor = DateEditor(Desk.ENGLISH, CLOCK)
    qtbot.addWidget(editor)
    qtbot.keyClicks(editor.line, "-3")
    assert editor.typed() == "29 Sep 2026"
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.line.text() == "29 Sep 2026"


def test_today_is_the_day_on_which_it_is_typed_also_in_a_form_opened_the_evening_before(qtbot: QtBot) -> None:
    clock = HandClock(datetime(2026, 10, 2, 23, 50, tzinfo=UTC))
    editor = DateEditor(Desk.ENGLISH, clock)
    qtbot.addWidget(editor)
    clock.go(minutes=20)
    qtbot.keyClicks(editor.line, "today")
    assert editor.value() == PartialDate(2026, 10, 3)


def test_the_calendar_of_a_field_at_the_lower_edge_is_wholly_on_the_screen(qtbot: QtBot) -> None:
    editor = DateEditor(Desk.ENGLISH, CLOCK)
    in_front(qtbot, editor)
    room = editor.screen().availableGeometry().adjusted(0, 0, 2, 2)  # a screen that is only thought of frames popups
    editor.move(room.right() - editor.width(), room.bottom() - editor.height())
    editor.open_calendar()
    calendar = editor.findChild(QCalendarWidget)
    assert calendar is not None
    assert room.contains(calendar.window().frameGeometry())
    calendar.window().close()


def test_a_date_from_the_calendar_replaces_the_typing(qtbot: QtBot) -> None:
    editor = DateEditor(Desk.ENGLISH, CLOCK)
    in_front(qtbot, editor)
    editor.line.setFocus()
    qtbot.keyClicks(editor.line, "12/3")
    qtbot.keyClick(editor.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    months = editor.findChild(QCalendarWidget)
    assert months is not None
    days = months.findChild(QAbstractItemView)
    qtbot.keyClick(days, Qt.Key.Key_Right)
    with qtbot.waitSignal(editor.edited):
        qtbot.keyClick(days, Qt.Key.Key_Return)
    assert editor.value() == PartialDate(2026, 3, 13)
