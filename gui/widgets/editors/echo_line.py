"""A line edit that repeats at its right end, in quiet letters, what it understood."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from gui import text
from gui.widgets.editors.going_on import go_on

_GAP = 8  # pixels between the typing, the echo and the frame


class EchoLine(QLineEdit):
    """A line edit with an echo inside it. Enter goes on to the next field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty line."""
        super().__init__(parent)
        self._echo: QLabel = text.label("", "muted")
        self._echo.setParent(self)
        self._echo.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._echo.hide()
        self._button: QWidget | None = None
        self.returnPressed.connect(self._go_on)

    def set_button(self, button: QWidget) -> None:
        """Put a small button inside, at the right end."""
        button.setParent(self)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        self._button = button
        self._place()

    def echo(self) -> str:
        """What is repeated now."""
        return self._echo.text()

    def set_echo(self, words: str) -> None:
        """Repeat these words; nothing where the typing already says the same."""
        self._echo.setText(words)
        self._echo.setVisible(bool(words))
        self.setAccessibleDescription(words)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the echo at the right end."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        taken = 0
        if self._button:
            taken = self._button.sizeHint().width()
            self._button.setGeometry(self.width() - taken - 2, 2, taken, self.height() - 4)
        width = self._echo.sizeHint().width()
        fits = bool(self._echo.text()) and width + taken < self.width() * 2 // 3
        self._echo.setVisible(fits)
        self._echo.setGeometry(self.width() - width - taken - _GAP, 0, width, self.height())
        self.setTextMargins(0, 0, taken + (width + _GAP if fits else 0), 0)

    @Slot()
    def _go_on(self) -> None:
        go_on(self)
