"""Pills beside each other, going on in the next line where there is no room: none of their words is cut."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.widgets.pill import Pill

_ACROSS, _DOWN = 7, 4


class PillLines(QWidget):
    """As many lines as the pills need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_pills`."""
        super().__init__(parent)
        self.pills: tuple[Pill, ...] = ()

    def show_pills(self, pills: Sequence[Pill]) -> None:
        """Show these; those shown before that are not among them go."""
        for gone in set(self.pills) - set(pills):
            gone.hide()
            gone.deleteLater()
        self.pills = tuple(pills)
        for pill in self.pills:
            pill.setParent(self)
            pill.ensurePolished()  # its style says how wide it is
            pill.show()
        self._place()
        self.updateGeometry()  # also where the height is the same

    def sizeHint(self) -> QSize:
        """One line, if it can be had."""
        width = sum(pill.sizeHint().width() + _ACROSS for pill in self.pills) - _ACROSS
        return QSize(max(width, 0), self._line_height())

    def minimumSizeHint(self) -> QSize:
        """It gives way."""
        return QSize(0, self._line_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the pills out anew."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """The height follows from the width here: a page that asks for it would grow as high as all that it scrolls."""
        places = self._places(self.width())
        for pill, place in zip(self.pills, places, strict=True):
            pill.setGeometry(place)
        self.setFixedHeight(max((place.bottom() + 1 for place in places), default=0))

    def _line_height(self) -> int:
        return max((pill.sizeHint().height() for pill in self.pills), default=0)

    def _places(self, room: int) -> list[QRect]:
        """Where each pill stands. One that is wider than the whole room is cut, and says the rest as its tip."""
        places, at = [], QPoint(0, 0)
        for pill in self.pills:
            size = pill.sizeHint()
            if at.x() and at.x() + size.width() > room:
                at = QPoint(0, at.y() + self._line_height() + _DOWN)
            places.append(QRect(at, QSize(min(size.width(), max(room, 1)), size.height())))
            at += QPoint(size.width() + _ACROSS, 0)
        return places
