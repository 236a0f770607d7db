"""A long page in parts: the parts below each other, and an index at the left that brings each of them into view."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QScrollArea, QVBoxLayout, QWidget

from gui.text import named

_NARROW_LETTERS = 125
"""Letters of room below which the index gives its place to the parts."""


class Sections(QWidget):
    """Add the parts in order. The index marks the part at the top of the view."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        """`name` and `label` name the index."""
        super().__init__(parent)
        self._parts: dict[str, QWidget] = {}
        self.index = named(QListWidget(), f"{name}_index", f"{label}: sections")
        self.index.setFixedWidth(158)
        self.index.setProperty("look", "index")
        self.index.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.index.setTextElideMode(Qt.TextElideMode.ElideRight)
        inside = QWidget()
        inside.setObjectName("pageBody")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.setSpacing(10)
        self._column.addStretch(1)
        self.area = named(QScrollArea(), f"{name}_sections")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.index)
        row.addWidget(self.area, 1)
        self._wanted = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._scroll)
        self.index.currentRowChanged.connect(self._go)
        self.area.verticalScrollBar().valueChanged.connect(self._follow)

    def add(self, name: str, title: str, part: QWidget) -> None:
        """Add a part below the others."""
        self._parts[name] = part
        self._column.insertWidget(self._column.count() - 1, part)
        self.index.blockSignals(True)
        self.index.addItem(title)
        if self.index.count() == 1:
            self.index.setCurrentRow(0)
        self.index.blockSignals(False)

    def show_part(self, name: str) -> None:
        """Bring a part to the top of the view, once layouts have settled."""
        if name in self._parts:
            self._wanted = name
            self._mark(name)
            self._timer.start(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up the index where there is no room for it."""
        super().resizeEvent(event)
        self.index.setVisible(event.size().width() >= _NARROW_LETTERS * self.fontMetrics().averageCharWidth())

    def _mark(self, name: str) -> None:
        self.index.blockSignals(True)
        self.index.setCurrentRow(list(self._parts).index(name))
        self.index.blockSignals(False)

    @Slot(int)
    def _go(self, row: int) -> None:
        self.show_part(list(self._parts)[row])

    @Slot()
    def _scroll(self) -> None:
        part = self._parts.get(self._wanted)
        if part:
            self.area.verticalScrollBar().setValue(part.y())
            self._wanted = ""  # also where it is in view already: the next scrolling is the person's own

    @Slot(int)
    def _follow(self, top: int) -> None:
        if self._wanted:  # scrolled by the index itself, which already marks the part
            self._wanted = ""
            return
        shown = [name for name, part in self._parts.items() if part.y() <= top + 40 and not part.isHidden()]
        if shown:
            self._mark(shown[-1])
