"""A word on a tint: the response class, a grade, an urgency. The word says it; the colour only helps."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.text import set_property


class Pill(QLabel):
    """A short word in the colours of a meaning (a name of `palette.MEANINGS`, or "neutral")."""

    def __init__(self, text: str = "", tone: str = "neutral", parent: QWidget | None = None) -> None:
        """Show `text` in `tone`."""
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("pill", True)
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_word(self, text: str, tone: str) -> None:
        """Show another word in another tone."""
        self.setText(text)
        set_property(self, "tone", tone)
