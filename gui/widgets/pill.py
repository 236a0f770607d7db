"""A word on a tint: the response class, a grade, an urgency. The word says it; the colour only helps."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.text import plain_tip, set_property


class Pill(QLabel):
    """A short word in the colours of a meaning (a name of `palette.MEANINGS`, or "neutral")."""

    def __init__(self, text: str = "", tone: str = "neutral", parent: QWidget | None = None) -> None:
        """Show `text` in `tone`."""
        super().__init__(text, parent)
        self._cut = False  # what the pill has no room for is then its tip; any other tip is its owner's
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", "pill")
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The word on its tint. Where there is no room for it, it ends in "…" and the tip says it all."""
        shown = self.shown()
        if shown == self.text():
            if self._cut:
                self._cut = False
                self.setToolTip("")
            super().paintEvent(event)
            return
        self._cut = True
        self.setToolTip(plain_tip(self.text()))
        painter = QPainter(self)
        self.drawFrame(painter)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment() | Qt.TextFlag.TextSingleLine), shown)
        painter.end()

    def shown(self) -> str:
        """As much of the word as fits."""
        room = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def show_word(self, text: str, tone: str) -> None:
        """Show another word in another tone."""
        self.setText(text)
        set_property(self, "tone", tone)
