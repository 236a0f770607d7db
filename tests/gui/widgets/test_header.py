"""Page headers and their buttons."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout
from pytestqt.qtbot import QtBot

from gui.widgets.header import PageHeader, make_button


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_is_pressed_by_enter_and_by_space(qtbot: QtBot, key: Qt.Key) -> None:
    button = make_button("print", "Print")
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, key)


def test_the_focused_button_of_a_dialog_is_pressed_not_the_default_one(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    line = QHBoxLayout(dialog)
    cancel, save = make_button("cancel", "Cancel"), make_button("save", "Save", look="primary")
    save.setDefault(True)
    line.addWidget(cancel)
    line.addWidget(save)
    with qtbot.assertNotEmitted(save.clicked), qtbot.waitSignal(cancel.clicked):
        qtbot.keyClick(cancel, Qt.Key.Key_Return)


def test_in_a_narrow_window_the_remark_gives_way_to_title_and_buttons(qtbot: QtBot) -> None:
    header = PageHeader("Patients", "63 enrolled, 41 on treatment, 19 in follow-up, 3 died")
    qtbot.addWidget(header)
    button = header.add_button("enrol", "Enrol a patient", primary=True)
    header.resize(330, 40)
    header.grab()
    assert header.title.width() >= header.title.sizeHint().width()
    assert button.width() >= button.sizeHint().width()
    assert button.geometry().right() < 330
