"""What a heading says in short: beside it where all of it has room, else whole on lines of its own below."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel

from gui.text import ElidedLabel, label

MOVES = (QEvent.Type.Resize, QEvent.Type.LayoutRequest)
"""After which its owner lets it find its place: the room, or the words in the line, may have changed."""


class Remark(ElidedLabel):
    """Stands in the line of a heading, which is a line of `around`. Its owner calls `find_place` after `MOVES`."""

    def __init__(self, text: str, line: QHBoxLayout, around: QBoxLayout) -> None:
        """Beside the heading, until it turns out that there is no room."""
        super().__init__(text, "muted")
        self._line = line
        self._around = around
        self._below: QLabel | None = None

    @property
    def whole(self) -> str:
        """What it says on lines of its own; empty where it stands beside the heading."""
        return "" if self._below is None or self._below.isHidden() else self._below.text()

    def find_place(self) -> None:
        """Stand beside the heading, or go below it."""
        if not self._line.geometry().width():
            return  # not laid out yet
        beside = self.fontMetrics().horizontalAdvance(self.text()) <= self._room()
        if self._below is None:
            if beside:
                return
            self._below = label("", "muted", wrap=True)
            self._around.insertWidget(self._around.indexOf(self._line) + 1, self._below)
        if self._below.text() != self.text():
            self._below.setText(self.text())
        if self._below.isHidden() != beside:
            self._below.setHidden(beside)
            self.update()

    def _room(self) -> int:
        items = [item for place in range(self._line.count()) if (item := self._line.itemAt(place))]
        others = [item for item in items if item.widget() is not self and not item.isEmpty()]
        taken = sum(item.sizeHint().width() + self._line.spacing() for item in others)
        return self._line.geometry().width() - taken

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing where it is said below."""
        if not self.whole:
            super().paintEvent(event)
