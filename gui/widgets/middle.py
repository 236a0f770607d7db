"""A page that is one column in the middle of the window, as wide as text reads well, and scrolls where it is high."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.text import named


def in_the_middle(page: QWidget, column: QVBoxLayout, width: int) -> None:
    """Fill the page with that column, at most `width` device independent pixels wide.

    From the outside in: whatever goes into another widget takes on its style, with all that it holds already.
    """
    frame = named(QScrollArea(page), f"{page.objectName()}Frame")
    frame.setFrameShape(QFrame.Shape.NoFrame)
    frame.setWidgetResizable(True)
    frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    frame.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(frame)
    body = named(QWidget(), "pageBody")
    frame.setWidget(body)
    middle = named(QWidget(body), "pageBody")
    middle.setMaximumWidth(width)
    line = QHBoxLayout(body)
    line.addStretch(1)
    line.addWidget(middle, 1000)
    line.addStretch(1)
    middle.setLayout(column)
