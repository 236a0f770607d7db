"""Panels beside each other where there is room, below each other where there is not."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget


class SideBySide(QWidget):
    """A row that becomes a column below a width counted in letters, so that nothing is ever wider than the window."""

    def __init__(
        self,
        widgets: Sequence[QWidget],
        letters: int,
        stretches: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        """`letters` is the room from which on the widgets stand beside each other; `stretches` share the width then."""
        super().__init__(parent)
        self._letters = letters
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(10)
        for place, widget in enumerate(widgets):
            self._box.addWidget(widget, stretches[place] if stretches else 1)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest of them: side by side they never keep the page from becoming narrower."""
        items = (self._box.itemAt(place) for place in range(self._box.count()))
        widths = [item.minimumSize().width() for item in items if item is not None]
        return QSize(max(widths, default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand beside each other, or below."""
        super().resizeEvent(event)
        wide = event.size().width() >= self._letters * self.fontMetrics().averageCharWidth()
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
