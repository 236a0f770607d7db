"""What a heading says in short: beside it where all of it has room, else whole on lines of its own below."""

from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel

from gui.text import ElidedLabel, label


class Remark(ElidedLabel):
    """Takes the room that is left in the line of a heading, which is a line of `around`."""

    def __init__(self, text: str, line: QHBoxLayout, around: QBoxLayout) -> None:
        """Beside the heading, until it turns out that there is no room. The owner puts it into the line."""
        super().__init__(text, "muted")
        self._line = line
        self._around = around
        self._below: QLabel | None = None

    @property
    def whole(self) -> str:
        """What it says on lines of its own; empty where it stands beside the heading."""
        return "" if self._below is None or self._below.isHidden() else self._below.text()

    def setText(self, text: str) -> None:
        """Say something else, wherever that has its place."""
        super().setText(text)
        self._find_place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the place anew in another room."""
        super().resizeEvent(event)
        self._find_place()

    def _find_place(self) -> None:
        if not self._line.geometry().width():
            return  # it is not laid out yet
        beside = self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width()
        if self._below is None:
            if beside:
                return
            self._below = label("", "muted", wrap=True)
            self._around.insertWidget(self._around.indexOf(self._line) + 1, self._below)
        if self._below.text() != self.text():
            self._below.setText(self.text())
        if self._below.isHidden() != beside:
            self._below.setHidden(beside)
            self.setToolTip("")  # what is whole below needs none; beside the heading it is set when it is painted
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing where it is said below."""
        if not self.whole:
            super().paintEvent(event)
