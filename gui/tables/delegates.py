"""The ways in which a cell is painted besides plain text: a word on a tint, and a small curve."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.tables.rows_model import POINTS_ROLE, TONE_ROLE, Index
from gui.theme import colour, current_scheme
from models.domain.palette import MEANINGS

_SIDE = 8  # between the edge of a cell and what is in it
_PILL_SIDE = 9
_DOT = 2.6
_CLEAR = QImage.Format.Format_ARGB32_Premultiplied
_KEPT = 256
"""Small curves kept as pictures: those of a few screens full, some megabytes."""


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
        """Room for the whole word and the rounded ends."""
        word = QFontMetrics(_pill_font(option.font)).horizontalAdvance(str(index.data() or ""))
        plain = super().sizeHint(option, index)
        return QSize(max(plain.width(), word + 2 * _SIDE + 2 * _PILL_SIDE + 1), plain.height() + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell, and the word in its pill."""
        tone, text = index.data(TONE_ROLE), index.data(Qt.ItemDataRole.DisplayRole)
        if tone not in MEANINGS or not text:
            super().paint(painter, option, index)
            return
        self.paint_ground(painter, option, index)
        area = _area(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(_pill_font(painter.font()))
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

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint what is behind the pill."""
        _paint_ground(self, painter, option, index)


class SparklineDelegate(QStyledItemDelegate):
    """Draws `POINTS_ROLE`, a sequence of `SparkPoint`, as a small curve without axes.

    A curve is drawn once and kept as a picture for as long as it is asked for with the same points: a dozen small marks
    take longer than all the other cells of their row.
    """

    def __init__(self, width: int = 110, parent: QObject | None = None) -> None:
        """`width` in pixels."""
        super().__init__(parent)
        self._width = width
        self._pictures: dict[tuple[tuple[SparkPoint, ...], int, int, float, str], QImage] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for every row."""
        return QSize(self._width, super().sizeHint(option, index).height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell and the curve."""
        self.paint_ground(painter, option, index)
        points = tuple(index.data(POINTS_ROLE) or ())
        if points:
            area = _area(option)
            painter.drawImage(area.topLeft(), self._picture(points, area.size(), option.widget.devicePixelRatioF()))

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint what is behind the curve."""
        _paint_ground(self, painter, option, index)

    def _picture(self, points: tuple[SparkPoint, ...], size: QSize, scale: float) -> QImage:
        """The curve on no ground. What it looks like is what it is kept by: other points have another picture."""
        key = (points, size.width(), size.height(), scale, current_scheme())
        if key not in self._pictures:
            if len(self._pictures) >= _KEPT:
                del self._pictures[next(iter(self._pictures))]
            self._pictures[key] = draw_curve(points, size, scale)
        return self._pictures[key]


def _pill_font(around: QFont) -> QFont:
    """That of a word in its pill, among text in another font."""
    font = QFont(around)
    font.setBold(True)
    font.setPointSizeF(max(font.pointSizeF() - 1, 6))
    return font


def draw_curve(points: tuple[SparkPoint, ...], size: QSize, scale: float) -> QImage:
    """The curve in the colours of the scheme in use; `size` in pixels of the window, each `scale` of the screen's."""
    picture = QImage(math.ceil(size.width() * scale), math.ceil(size.height() * scale), _CLEAR)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    area = QRectF(0, 0, size.width(), size.height()).adjusted(_SIDE, 6, -_SIDE, -6)
    places = [QPointF(area.left() + p.x * area.width(), area.bottom() - p.y * area.height()) for p in points]
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour("curve"), 1.2))
    measured = [place for place, point in zip(places, points, strict=True) if point.kind != "not_evaluable"]
    painter.drawPolyline(QPolygonF(measured))
    for place, point in zip(places, points, strict=True):
        _paint_point(painter, place, point.kind)
    painter.end()
    return picture


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
