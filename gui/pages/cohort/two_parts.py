"""Two rows of widgets on one line where there is room, else the second below the first."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

_GAP = 12
_SPACING = 8


class TwoParts(QWidget):
    """The first part takes the room that is left; the second stands at the right end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `put`."""
        super().__init__(parent)
        self._first, self._second = QWidget(), QWidget()
        self._upper, self._lower = QHBoxLayout(), QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._upper)
        column.addLayout(self._lower)
        self._upper.addWidget(self._first, 1)
        self._upper.addWidget(self._second)
        self._lower.addStretch(1)
        self._beside = True

    def put(self, first: Sequence[QWidget], second: Sequence[QWidget], stretching: QWidget) -> None:
        """Fill both parts; `stretching` is the one of the first that takes the room."""
        for part, widgets in ((self._first, first), (self._second, second)):
            line = QHBoxLayout(part)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(_SPACING)
            for widget in widgets:
                line.addWidget(widget, 1 if widget is stretching else 0)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider part."""
        widths = (part.minimumSizeHint().width() for part in (self._first, self._second))
        return QSize(max(widths), super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Arrange anew where the room or the words have changed."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        wanted = self._first.sizeHint().width() + self._second.sizeHint().width() + _GAP
        beside = wanted <= self.width()
        if beside != self._beside:
            self._beside = beside
            (self._lower if beside else self._upper).removeWidget(self._second)
            (self._upper if beside else self._lower).addWidget(self._second)
