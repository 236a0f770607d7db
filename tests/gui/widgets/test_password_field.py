"""Lines for passwords."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from gui.widgets.password_field import PasswordField
from gui.widgets.password_pair import PasswordPair


@pytest.fixture
def field(qtbot: QtBot) -> PasswordField:
    made = PasswordField("secret", "Password")
    qtbot.addWidget(made)
    made.show()
    return made


def caps_hint(field: PasswordField) -> bool:
    hint = field.findChild(QLabel, "secretCaps")
    assert hint is not None
    return hint.isVisible()


@pytest.mark.parametrize(
    ("letter", "shift", "caps"), [("A", False, True), ("a", False, False), ("A", True, False), ("a", True, True)]
)
def test_a_letter_tells_how_caps_lock_stands(
    field: PasswordField, qtbot: QtBot, letter: str, shift: bool, caps: bool
) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(field.line, letter, held)
    assert caps_hint(field) is caps


@pytest.mark.parametrize("sign", ["1", " ", "-"])
def test_a_sign_without_a_capital_tells_nothing(field: PasswordField, qtbot: QtBot, sign: str) -> None:
    qtbot.keyClicks(field.line, sign)
    assert not caps_hint(field)


def test_the_password_is_hidden_until_it_is_asked_for(field: PasswordField, qtbot: QtBot) -> None:
    assert field.line.echoMode() is QLineEdit.EchoMode.Password
    show = field.findChild(QPushButton, "secretShow")
    assert show is not None
    qtbot.keyClick(show, Qt.Key.Key_Space)
    assert field.line.echoMode() is QLineEdit.EchoMode.Normal
    field.clear()
    assert field.line.echoMode() is QLineEdit.EchoMode.Password


def test_two_lines_that_differ_are_asked_for_again(qtbot: QtBot) -> None:
    pair = PasswordPair("new")
    qtbot.addWidget(pair)
    pair.first.line.setText("kettle orbit walnut seven")
    pair.again.line.setText("kettle orbit walnut six")
    assert pair.problem(()) == "The two lines differ. Type the same password twice."
    assert pair.problem(("Too short.", "Known.")) == "Too short."
    pair.again.line.setText("kettle orbit walnut seven")
    assert pair.problem(()) == ""
