"""A large choice: an icon, a few words, and a sentence that says what happens."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout

from gui.text import label, named
from gui.theme import colour
from gui.widgets.header import Button
from gui.widgets.icon import paint_icon

_ICON = 22.0


class Choice(Button):
    """A button as large as a card. Its height follows its sentence."""

    def __init__(self, name: str, icon: str, words: str, sentence: str) -> None:
        """`icon` is a name of `gui.widgets.icon`."""
        super().__init__()
        named(self, name, words)
        self.setAccessibleDescription(sentence)
        self.setProperty("look", "choice")
        self._icon = icon
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(56, 12, 16, 12)
        self._lines.setSpacing(3)
        for text, role in ((words, "heading"), (sentence, "muted")):
            shown = label(text, role, wrap=True)
            shown.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._lines.addWidget(shown)

    def sizeHint(self) -> QSize:
        """As high as its two texts need at its width."""
        return QSize(420, self.heightForWidth(max(self.width(), 420)))

    def heightForWidth(self, width: int) -> int:
        """The height of the wrapped texts."""
        return max(self._lines.heightForWidth(width), 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, and its icon at the left."""
        super().paintEvent(event)
        painter = QPainter(self)
        paint_icon(painter, self._icon, QPointF(18, (self.height() - _ICON) / 2), colour("accent"), _ICON)
        painter.end()
