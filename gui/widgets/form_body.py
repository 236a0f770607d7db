"""The scrolling part of a form: the fields, and beside or below them the panel that thinks along."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from gui.widgets.editors.editor import Editor
from gui.widgets.header import Button
from gui.widgets.side_panel import SidePanel

_SIDE_LETTERS = 122
"""Letters of room from which on the panel stands beside the fields."""
_PANEL_LETTERS = 42
"""Letters that the fields must leave to it there: with fewer its longer words would be cut."""


class FormBody(QScrollArea):
    """Scrolls up and down only. `fields` is the layout for what is entered; the panel moves below if narrow."""

    def __init__(self, side: SidePanel | None, parent: QWidget | None = None) -> None:
        """`side` may be None."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        self._inside.setObjectName("pageBody")
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._inside)
        self._box.setContentsMargins(2, 2, 10, 2)
        self._box.setSpacing(18)
        self.fields = QVBoxLayout()
        self.fields.setSpacing(10)
        self._box.addLayout(self.fields, 3)
        self._side = side
        if side:
            self._box.addWidget(side, 2, Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._inside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the panel beside the fields, or below them."""
        super().resizeEvent(event)
        letter, room = self.fontMetrics().averageCharWidth(), self.viewport().width()
        wide = room >= _SIDE_LETTERS * letter and room >= self.fields.minimumSize().width() + _PANEL_LETTERS * letter
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        if self._side:
            self._side.stand(beside=wide)

    def minimumSizeHint(self) -> QSize:
        """Never so narrow that a part would be cut at the right, where nothing scrolls."""
        parts = [item for item in map(self._box.itemAt, range(self._box.count())) if item]
        margins = self._box.contentsMargins()
        width = max(part.minimumSize().width() for part in parts) + margins.left() + margins.right()
        return QSize(width + self.verticalScrollBar().sizeHint().width(), super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell those around when the fields need another height: a scroll area keeps that to itself."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def hold(self) -> None:
        """Let nothing be typed; what stands beside the fields can still be used."""
        for place in range(self.fields.count()):
            item = self.fields.itemAt(place)
            part = item.widget() if item else None
            if part is not None:
                hold_part(part)

    def content_height(self) -> int:
        """The height at which nothing needs scrolling."""
        wrapped = self._box.heightForWidth(self.viewport().width()) if self.isVisible() else 0
        return max(self._inside.sizeHint().height(), wrapped) + 4


def hold_part(part: QWidget) -> None:
    """Let nothing be typed or pressed in a part of a form; the history of its values can still be opened."""
    editors, buttons = part.findChildren(Editor), part.findChildren(Button)
    for editor in editors:
        editor.hold()
    for button in buttons:
        button.setEnabled(False)
    if not editors and not buttons:
        part.setEnabled(False)
