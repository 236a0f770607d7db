"""Enter goes from field to field."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.editors.echo_line import EchoLine
from gui.widgets.header import make_button
from gui.widgets.why import WhyButton
from models.domain.derived import Derived, Rule
from models.domain.notation import Desk
from tests.gui.showing import in_front


def page_with(qtbot: QtBot, *between: QWidget) -> tuple[QWidget, EchoLine, EchoLine]:
    """Two fields, and between them what Enter may pass over."""
    page, first, second = QWidget(), EchoLine(), EchoLine()
    column = QVBoxLayout(page)
    for widget in (first, *between, second):
        column.addWidget(widget)
    in_front(qtbot, page)
    first.setFocus()
    return page, first, second


def why() -> WhyButton:
    made = WhyButton("class_why", "Class")
    made.set_derived("complete", Derived("complete", Rule("class", "1", ""), (), "Because."), Desk.ENGLISH)
    return made


@pytest.mark.parametrize("look", ["", "link"])
def test_it_passes_over_links_and_buttons(qtbot: QtBot, look: str) -> None:
    page, first, second = page_with(qtbot, why(), make_button("other", "Back", look=look))
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert page.focusWidget() is second


def test_it_stops_at_the_main_button(qtbot: QtBot) -> None:
    main = make_button("main", "Save", look="primary")
    page, first, _ = page_with(qtbot, make_button("other", "Cancel"), main)
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert page.focusWidget() is main


def test_without_a_field_or_main_button_the_cursor_stays(qtbot: QtBot) -> None:
    page, first, second = page_with(qtbot, make_button("other", "Back"))
    second.setEnabled(False)
    first.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert page.focusWidget() is first
