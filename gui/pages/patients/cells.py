"""Cells painted without asking the style sheet for each: a keystroke paints two hundred of them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.tables.delegates import PillDelegate, SparklineDelegate
from gui.tables.rows_model import Index
from gui.theme import colour

_SIDE = 7
_ONE_LINE = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


class PlainCell(QStyledItemDelegate):
    """Text on the ground of its row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, rule, and as much of the text as fits."""
        _paint_ground(painter, option)
        text = index.data()
        if text:
            area = option.rect.adjusted(_SIDE, 0, -_SIDE // 2, 0)
            painter.setPen(colour("text"))
            shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, _ONE_LINE, shown)


class PillCell(PillDelegate):
    """A word on its tint, or nothing."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Most cells have no word."""
        if index.data():
            super().paint(painter, option, index)
        else:
            _paint_ground(painter, option)

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, _index: Index) -> None:
        """The ground of its row."""
        _paint_ground(painter, option)


class CurveCell(SparklineDelegate):
    """A small curve, or nothing."""

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, _index: Index) -> None:
        """The ground of its row."""
        _paint_ground(painter, option)


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    area = option.rect
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(area, colour("selection"))
    painter.fillRect(area.left(), area.bottom(), area.width(), 1, colour("border"))
