"""What lies over an editor in which nothing can be entered: it takes mouse and keyboard in the place of its parts."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.theme import colour

_LINE = 2
_CORNER = 4


class Cover(QWidget):
    """Lets the editor be seen, and shows the keyboard focus that greyed parts cannot have.

    Without it the value would be out of reach: a disabled widget has no menu and no place among the stops of the Tab
    key, so that nobody could open the value's history.
    """

    def __init__(self, over: QWidget) -> None:
        """As large as `over`, from now on."""
        super().__init__(over)
        self._over = over
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setGeometry(over.rect())
        over.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow and shrink with the editor."""
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing but the line of the focus."""
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour("accent"), _LINE))
            half = _LINE / 2
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), _CORNER, _CORNER)
            painter.end()
