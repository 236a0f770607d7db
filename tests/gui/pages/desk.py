"""A whole window over a study of a test's own, and the keyboard in front of it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.application import Application
from gui.study_view import StudyView


class Keyboard:
    """Types into whatever has the focus."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    @property
    def focus(self) -> QWidget:
        """What has the focus. Without a window manager no window is active once a list that popped up has closed."""
        found = QApplication.focusWidget()
        if found is None:
            shown = [each for each in QApplication.topLevelWidgets() if each.isVisible() and not each.parent()]
            window = QApplication.activeModalWidget() or shown[0]
            window.activateWindow()
            self._qtbot.waitUntil(window.isActiveWindow)
            found = window.focusWidget()
        assert found is not None, "nothing has the focus"
        return found

    def type(self, text: str) -> None:
        self._qtbot.keyClicks(self.focus, text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._qtbot.keyClick(self.focus, key, modifier)

    def go_to(self, name: str) -> None:
        """Tab on until the widget of that name has the focus."""
        for _ in range(120):
            if self.focus.objectName() == name:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"no way to {name} with the Tab key, the last was {self.focus.objectName()}")

    def fill(self, **texts: str) -> None:
        """Go to each field by name and type."""
        for name, text in texts.items():
            self.go_to(name)
            self.type(text)

    def save(self) -> None:
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def view_of(application: Application) -> StudyView:
    view = application.window.view
    assert view is not None
    return view
