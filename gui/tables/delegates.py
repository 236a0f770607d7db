"""The ways in which a cell is painted besides plain text: a word on a tint, and a small curve."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.tables.rows_model import POINTS_ROLE, TONE_ROLE, Index
from gui.theme import colour
from models.domain.palette import MEANINGS

_SIDE = 8  # between the edge of a cell and what is in it
_PILL_SIDE = 9
_DOT = 2.6


@dataclass(frozen=True, slots=True)
class SparkPoint:
    """A point of a small curve: `x` and `y` from 0 to 1 (y upwards), and the response class that shapes and colours it.

    `kind` is "complete" (open triangle), "non_quantifiable" (half dot), "positive" (dot) or "not_evaluable" (a tick).
    """

    x: float
    y: float
    kind: str


class PillDelegate(QStyledItemDelegate):
    """Shows the text on the tint of its meaning (`TONE_ROLE`); plain where it has none."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the rounded ends."""
        return super().sizeHint(option, index) + QSize(2 * _PILL_SIDE, 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell, and the word in its pill."""
        tone, text = index.data(TONE_ROLE), index.data(Qt.ItemDataRole.DisplayRole)
        if tone not in MEANINGS or not text:
            super().paint(painter, option, index)
            return
        _paint_ground(self, painter, option, index)
        area = _area(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setBold(True)
        font.setPointSizeF(max(font.pointSizeF() - 1, 6))
        painter.setFont(font)
        metrics = painter.fontMetrics()
        room = area.width() - 2 * _SIDE - 2 * _PILL_SIDE
        shown = metrics.elidedText(str(text), Qt.TextElideMode.ElideRight, int(room))
        height = metrics.height() + 3.0
        pill = QRectF(
            area.left() + _SIDE,
            area.center().y() - height / 2,
            metrics.horizontalAdvance(shown) + 2 * _PILL_SIDE,
            height,
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(f"{tone}_tint"))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(colour(tone))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)
        painter.restore()


class SparklineDelegate(QStyledItemDelegate):
    """Draws `POINTS_ROLE`, a sequence of `SparkPoint`, as a small curve without axes."""

    def __init__(self, width: int = 110, parent: QObject | None = None) -> None:
        """`width` in pixels."""
        super().__init__(parent)
        self._width = width

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for every row."""
        return QSize(self._width, super().sizeHint(option, index).height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell and the curve."""
        _paint_ground(self, painter, option, index)
        points: list[SparkPoint] = list(index.data(POINTS_ROLE) or ())
        if not points:
            return
        area = QRectF(_area(option)).adjusted(_SIDE, 6, -_SIDE, -6)
        places = [QPointF(area.left() + p.x * area.width(), area.bottom() - p.y * area.height()) for p in points]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("curve"), 1.2))
        measured = [place for place, point in zip(places, points, strict=True) if point.kind != "not_evaluable"]
        painter.drawPolyline(QPolygonF(measured))
        for place, point in zip(places, points, strict=True):
            _paint_point(painter, place, point.kind)
        painter.restore()


def _paint_point(painter: QPainter, at: QPointF, kind: str) -> None:
    ink = colour(kind)
    painter.setPen(QPen(ink, 1.2))
    painter.setBrush(colour("card"))
    if kind == "complete":
        painter.drawPolygon(QPolygonF([at + QPointF(-_DOT, -_DOT), at + QPointF(_DOT, -_DOT), at + QPointF(0, _DOT)]))
    elif kind == "not_evaluable":
        painter.drawLine(at + QPointF(0, -_DOT), at + QPointF(0, _DOT))
    else:
        dot = QRectF(at.x() - _DOT, at.y() - _DOT, 2 * _DOT, 2 * _DOT)
        painter.drawEllipse(dot)
        painter.setBrush(ink)
        if kind == "non_quantifiable":
            painter.drawPie(dot, 180 * 16, 180 * 16)
        else:
            painter.drawEllipse(dot)


def _paint_ground(delegate: QStyledItemDelegate, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
    """The cell without its text: choice, hover, focus."""
    plain = QStyleOptionViewItem(option)
    delegate.initStyleOption(plain, index)
    plain.text = ""
    option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, option.widget)


def _area(option: QStyleOptionViewItem) -> QRect:
    return QRect(option.rect)
