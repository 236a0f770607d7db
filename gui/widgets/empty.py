"""What an empty place shows: what belongs there, and the button that puts the first one there."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.text import label
from gui.widgets.header import make_button

_WIDEST = 460
"""Pixels from which on a sentence wraps: longer lines are hard to read."""
_EDGE = 20


class Empty(QWidget):
    """A heading, a sentence, and perhaps a button (`button`, to be connected by the page).

    The sentence is never cut: its whole height is what the place asks for at least.
    """

    def __init__(self, heading: str, sentence: str, button: str = "", name: str = "emptyAction") -> None:
        """`button` is the button's text, "" for none; `name` its object name."""
        super().__init__()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(_EDGE, 10, _EDGE, 10)
        lines.setSpacing(8)
        lines.addStretch(1)
        self._heading = label("", "heading")
        lines.addWidget(self._heading, 0, Qt.AlignmentFlag.AlignHCenter)
        self._sentence = label("", "muted", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sentence.setMaximumWidth(_WIDEST)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._sentence, 1000)  # as wide as it may be, unlike an aligned label, which chooses a width
        across.addStretch(1)
        lines.addLayout(across)
        self.button = make_button(name, "", look="primary")
        lines.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addStretch(2)
        self.say(heading, sentence, button)

    def say(self, heading: str, sentence: str, button: str = "") -> None:
        """Say something else from now on."""
        self._heading.setText(heading)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.button.setText(button)
        self.button.setAccessibleName(button or heading)  # hidden without words, and named all the same
        self.button.setVisible(bool(button))
        self._keep_whole((self.width() if self.isVisible() else _WIDEST + 2 * _EDGE) - 2 * _EDGE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height of the sentence at the new width."""
        super().resizeEvent(event)
        self._keep_whole(event.size().width() - 2 * _EDGE)

    def _keep_whole(self, width: int) -> None:
        height = self._sentence.heightForWidth(min(width, _WIDEST)) if self._sentence.text() else 0
        self._sentence.setMinimumHeight(height)
