"""The few line drawings of the window, painted so that they follow theme and scale."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

SIZE = 16.0
"""The square the drawings are made in."""


def paint_icon(painter: QPainter, name: str, corner: QPointF, colour: QColor, size: float = SIZE) -> None:
    """Draw the icon of that name with its upper left at `corner`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(corner)
    painter.scale(size / SIZE, size / SIZE)
    pen = QPen(colour, 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(ICONS[name]())
    painter.restore()


def _lines(*strokes: tuple[tuple[float, float], ...]) -> QPainterPath:
    path = QPainterPath()
    for first, *rest in strokes:
        path.moveTo(*first)
        for point in rest:
            path.lineTo(*point)
    return path


def _today() -> QPainterPath:
    path = _lines(
        ((2, 6.5), (14, 6.5)), ((5.5, 1.5), (5.5, 4)), ((10.5, 1.5), (10.5, 4)), ((5.5, 10), (7.2, 11.7), (10.5, 8.7))
    )
    path.addRoundedRect(QRectF(2, 3, 12, 11), 2, 2)
    return path


def _patients() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(8, 5), 3, 3)
    path.moveTo(2, 14.5)
    path.cubicTo(2, 8.2, 14, 8.2, 14, 14.5)
    return path


def _events() -> QPainterPath:
    return _lines(((8, 2), (15, 14), (1, 14), (8, 2)), ((8, 6.5), (8, 9.8)), ((8, 12), (8, 12.05)))


def _protocol() -> QPainterPath:
    path = _lines(((5.5, 5.5), (10.5, 5.5)), ((5.5, 8.5), (10.5, 8.5)), ((5.5, 11.5), (8.5, 11.5)))
    path.addRoundedRect(QRectF(2.5, 1.5, 11, 13), 1.5, 1.5)
    return path


def _audit() -> QPainterPath:
    path = _lines(((8, 4.5), (8, 8), (10.8, 9.8)), ((1.6, 3.2), (2.6, 6), (5.4, 5)))
    path.moveTo(2.6, 6)
    path.arcTo(QRectF(2, 2, 12, 12), 160, -310)
    return path


def _settings() -> QPainterPath:
    path = _lines(((1.5, 4.5), (8, 4.5)), ((12, 4.5), (14.5, 4.5)), ((1.5, 11.5), (4, 11.5)), ((8, 11.5), (14.5, 11.5)))
    path.addEllipse(QPointF(10, 4.5), 2, 2)
    path.addEllipse(QPointF(6, 11.5), 2, 2)
    return path


def _accounts() -> QPainterPath:
    path = _lines(((8, 8), (14.5, 8)), ((14.5, 8), (14.5, 11)), ((11.5, 8), (11.5, 10.5)))
    path.addEllipse(QPointF(4.75, 8), 3.25, 3.25)
    return path


def _find() -> QPainterPath:
    path = _lines(((10.6, 10.6), (14.5, 14.5)))
    path.addEllipse(QPointF(6.7, 6.7), 4.7, 4.7)
    return path


def _folder() -> QPainterPath:
    return _lines(((1.5, 13.5), (1.5, 3), (6, 3), (7.5, 5), (14.5, 5), (14.5, 13.5), (1.5, 13.5)))


def _add() -> QPainterPath:
    return _lines(((8, 2.5), (8, 13.5)), ((2.5, 8), (13.5, 8)))


def _curve() -> QPainterPath:
    return _lines(((1.5, 1.5), (1.5, 14.5), (14.5, 14.5)), ((4, 3.5), (7, 8), (10, 10.5), (14, 11.5)))


def _cohort() -> QPainterPath:
    steps = ((1.5, 3.5), (5, 3.5), (5, 6.5), (9, 6.5), (9, 10), (14, 10))
    return _lines(((1.5, 1.5), (1.5, 14.5), (14.5, 14.5)), steps)


def _question() -> QPainterPath:
    path = _lines(((8, 10.6), (8, 10.65)), ((4.5, 12.5), (4.5, 15), (7.5, 12.9)))
    path.addRoundedRect(QRectF(1.5, 1, 13, 11.8), 3, 3)
    path.moveTo(6, 5.2)
    path.cubicTo(6, 2.6, 10, 2.6, 10, 5.2)
    path.cubicTo(10, 6.8, 8, 6.6, 8, 8.4)
    return path


def _copies() -> QPainterPath:
    path = _lines(((4.8, 4.5), (4.8, 1.5), (14.5, 1.5), (14.5, 11.2), (11.5, 11.2)))
    path.addRoundedRect(QRectF(1.5, 4.5, 10, 10), 1.2, 1.2)
    path.addPath(_lines(((6.5, 6.8), (6.5, 11.8)), ((4.3, 9.8), (6.5, 12), (8.7, 9.8))))
    return path


ICONS: dict[str, Callable[[], QPainterPath]] = {
    "today": _today,
    "patients": _patients,
    "adverse_events": _events,
    "queries": _question,
    "cohort": _cohort,
    "protocol": _protocol,
    "audit": _audit,
    "accounts": _accounts,
    "backups": _copies,
    "settings": _settings,
    "find": _find,
    "open": _folder,
    "new": _add,
    "demo": _curve,
}
"""What can be drawn: name -> the lines of it."""
