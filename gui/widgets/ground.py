"""What is painted under a button that paints itself: a tint, and the mark of the keyboard focus."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from gui.theme import colour


def paint_ground(painter: QPainter, widget: QWidget, fill: str) -> QRectF:
    """Tint the widget with a role of the palette ("" for none), frame it while it has the focus; returns the area."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = QRectF(widget.rect()).adjusted(1, 1, -1, -1)
    painter.setPen(QPen(colour("accent"), 2) if widget.hasFocus() else Qt.PenStyle.NoPen)
    painter.setBrush(colour(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area, 6, 6)
    return area
