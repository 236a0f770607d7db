"""The sign-in page by itself."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from gui.pages.sign_in.page import Credentials, SignInPage
from models.study import DEMO_PASSWORD


@pytest.fixture
def page(qtbot: QtBot) -> SignInPage:
    made = SignInPage()
    qtbot.addWidget(made)
    made.show_for(Path("/studies/x.albatrack"), "", synthetic=False)
    made.resize(900, 600)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.focus_first()
    return made


@pytest.fixture
def asked(page: SignInPage) -> list[Credentials]:
    made: list[Credentials] = []
    page.asked.connect(made.append)
    return made


def test_the_keyboard_alone_signs_in(page: SignInPage, asked: list[Credentials], qtbot: QtBot) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), " C. Rossi ")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "kettle orbit ")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [tuple(each) for each in asked] == [("C. Rossi", "kettle orbit ", False)]


@pytest.mark.parametrize(
    ("login", "password", "words"),
    [("", "kettle", "Type your user name."), ("C. Rossi", "", "Type your password.")],
)
def test_what_is_missing_is_said(
    page: SignInPage, asked: list[Credentials], login: str, password: str, words: str
) -> None:
    page.login.setText(login)
    page.password.line.setText(password)
    page.enter.click()
    assert page.banner.text.text() == words
    assert asked == []


def test_while_a_study_is_being_opened_nothing_can_be_pressed_twice(page: SignInPage, asked: list[Credentials]) -> None:
    page.login.setText("C. Rossi")
    page.password.line.setText("kettle")
    page.enter.click()
    page.enter.click()
    assert len(asked) == 1
    assert page.enter.text() == "One moment…"
    page.refuse("No.")
    assert page.enter.isEnabled()


def test_reading_only_is_asked_for_with_what_was_typed(page: SignInPage, asked: list[Credentials]) -> None:
    page.login.setText("C. Rossi")
    page.password.line.setText("kettle")
    page.refuse("The study is in use.", offer_reading=True)
    page.banner.button.click()
    assert [tuple(each) for each in asked] == [("C. Rossi", "kettle", True)]


def test_a_button_of_the_demo_signs_in_at_once(page: SignInPage, asked: list[Credentials]) -> None:
    page.show_for(Path("/studies/demo.albatrack"), "", synthetic=True)
    monitor = page.findChild(QPushButton, "demo_monitor")
    assert monitor is not None
    monitor.click()
    assert [tuple(each) for each in asked] == [("monitor", DEMO_PASSWORD, False)]


def test_a_password_never_stands_in_a_message() -> None:
    assert "kettle" not in repr(Credentials("C. Rossi", "kettle"))
