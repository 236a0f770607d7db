"""Cancel and the button that does it, at the foot of a dialog."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from gui.widgets.dialog_foot import DialogFoot
from tests.gui.showing import in_front


class Asking(QDialog):
    """Asks whether."""

    def __init__(self) -> None:
        super().__init__()
        self.foot = DialogFoot(self, "asking_do", "Do it", self.accept)
        QVBoxLayout(self).addLayout(self.foot)


@pytest.fixture
def dialog(qtbot: QtBot) -> Asking:
    made = Asking()
    in_front(qtbot, made)
    return made


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_the_keys_that_finish_every_form_do_it(dialog: Asking, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, key, Qt.KeyboardModifier.ControlModifier)


def test_they_do_nothing_while_it_cannot_be_done(dialog: Asking, qtbot: QtBot) -> None:
    dialog.foot.do.setEnabled(False)
    with qtbot.assertNotEmitted(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_cancel_gives_up(dialog: Asking, qtbot: QtBot) -> None:
    cancel = dialog.findChild(QPushButton, "asking_cancel")
    assert cancel is not None
    with qtbot.waitSignal(dialog.rejected):
        cancel.click()
