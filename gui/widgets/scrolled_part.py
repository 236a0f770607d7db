"""The part of a dialog that may be longer than the screen is high."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from gui.text import named

_LEAST = 60
"""Pixels that it keeps on the smallest screen."""


class ScrolledPart(QScrollArea):
    """Shows the whole of its `column` as far as the screen goes, else it scrolls."""

    def __init__(self, name: str, words: str) -> None:
        """`words` is what a screen reader says."""
        super().__init__()
        named(self, name, words)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = named(QWidget(), "pageBody")
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.setWidget(self._inside)

    def fit(self, dialog: QDialog, width: int) -> None:
        """Give the dialog its size, and this part of it what the others leave."""
        layout, room = dialog.layout(), dialog.screen().availableGeometry()
        assert layout is not None
        width = min(width, room.width())
        self.setFixedHeight(0)
        others = layout.totalHeightForWidth(width)
        margins = layout.contentsMargins()
        whole = max(self._inside.heightForWidth(width - margins.left() - margins.right()), 0)
        self.setMinimumHeight(min(whole, _LEAST))
        self.setMaximumHeight(whole)
        dialog.setMinimumWidth(width)
        dialog.resize(width, min(others + whole, room.height()))
