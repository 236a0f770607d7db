"""A line for a password: hidden or shown, with a word about the Caps Lock key."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.text import label, named
from gui.widgets.header import make_button

_SHIFT = Qt.KeyboardModifier.ShiftModifier


class PasswordField(QWidget):
    """The line with a button that shows what is typed. Its widgets are `<name>`, `<name>Show` and `<name>Caps`."""

    def __init__(self, name: str, words: str, parent: QWidget | None = None) -> None:
        """`words` is what a screen reader says."""
        super().__init__(parent)
        self.line = named(_Line(), name, words)
        self._show = make_button(f"{name}Show", "Show", look="link")
        self._show.setCheckable(True)
        self._show.setAccessibleName(f"Show {words.lower()}")
        self._caps = named(label("Caps Lock is on.", "due"), f"{name}Caps")
        self._caps.hide()
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.line, 1)
        row.addWidget(self._show)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(row)
        column.addWidget(self._caps)
        self.setFocusProxy(self.line)
        self._show.toggled.connect(self._show_toggled)
        self.line.caps_seen.connect(self._caps.setVisible)

    @property
    def password(self) -> str:
        """What is typed, as typed: spaces belong to it."""
        return self.line.text()

    def clear(self) -> None:
        """Forget what is typed, and hide the next one."""
        self.line.clear()
        self._show.setChecked(False)
        self._caps.hide()

    @Slot(bool)
    def _show_toggled(self, on: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        self._show.setText("Hide" if on else "Show")


class _Line(QLineEdit):
    """Qt does not tell how Caps Lock stands, but a capital without Shift, or a small letter with it, does."""

    caps_seen = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look at the letter, then type it."""
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps_seen.emit(False)
        elif letter.isalpha() and letter.lower() != letter.upper():
            self.caps_seen.emit(letter.isupper() is not bool(event.modifiers() & _SHIFT))
        super().keyPressEvent(event)
