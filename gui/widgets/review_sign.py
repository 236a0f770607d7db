"""The small signs beside a value: a query, a verification. Each has a form of its own, and says itself in words."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from gui.keys import unmodified
from gui.text import plain_tip
from gui.theme import colour

SIDE = 15
"""Pixels of a sign's square."""
_GAP = 3
_EDGE = 4


class Sign(NamedTuple):
    """A sign: its drawing (a name of `SHAPES`), and what it says in words."""

    shape: str
    words: str


class ReviewSign(QAbstractButton):
    """The signs of one value, beside its editor. A click or Enter asks for the menu of the value; hidden while none."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        """`label` names the value for screen readers."""
        super().__init__(parent)
        self.setObjectName(name)
        self._label = label
        self.signs: tuple[Sign, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(label)
        self.hide()

    def show_signs(self, signs: Sequence[Sign]) -> None:
        """Show these."""
        self.signs = tuple(signs)
        words = "\n".join(sign.words for sign in self.signs)
        self.setToolTip(plain_tip(words))
        self.setAccessibleName(f"{self._label}: {words}")
        self.setVisible(bool(signs))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the signs in a row."""
        return QSize(len(self.signs) * (SIDE + _GAP) - _GAP + 2 * _EDGE, SIDE + 2 * _EDGE + 4)

    def minimumSizeHint(self) -> QSize:
        """Signs are never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as it presses every button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and unmodified(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The signs, and the mark of the keyboard focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(colour("accent"), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(colour("hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        top = (self.height() - SIDE) / 2
        for place, sign in enumerate(self.signs):
            paint_sign(painter, sign.shape, QPointF(_EDGE + place * (SIDE + _GAP), top))
        painter.end()


def paint_signs(painter: QPainter, signs: Sequence[Sign], cell: QRectF, *, at_left: bool = False) -> None:
    """Draw signs at the right end of a cell of a table; at its left where the words stand at the right."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    left = cell.left() + _GAP if at_left else cell.right() - signs_width(signs) - 1
    for place, sign in enumerate(signs):
        paint_sign(painter, sign.shape, QPointF(left + place * (SIDE + _GAP), cell.center().y() - SIDE / 2))
    painter.restore()


def signs_width(signs: Sequence[Sign]) -> int:
    """The room that signs take in a cell."""
    return len(signs) * (SIDE + _GAP)


def paint_sign(painter: QPainter, shape: str, corner: QPointF) -> None:
    """Draw one sign with its upper left at `corner`."""
    painter.save()
    painter.translate(corner)
    SHAPES[shape](painter)
    painter.restore()


def _pen(painter: QPainter, role: str, width: float = 1.6) -> None:
    pen = QPen(colour(role), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)


def _question(painter: QPainter, role: str) -> None:
    font = painter.font()
    font.setBold(True)
    font.setPixelSize(11)
    painter.setFont(font)
    painter.setPen(colour(role))
    painter.drawText(QRectF(0, 0, SIDE, SIDE), Qt.AlignmentFlag.AlignCenter, "?")


def _query(painter: QPainter) -> None:
    """A full disc: somebody has to answer."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("due"))
    painter.drawEllipse(QRectF(0.5, 0.5, SIDE - 1, SIDE - 1))
    _question(painter, "card")


def _answered(painter: QPainter) -> None:
    """A ring: answered, and waiting to be closed."""
    painter.setBrush(colour("card"))
    _pen(painter, "accent", 1.4)
    painter.drawEllipse(QRectF(1, 1, SIDE - 2, SIDE - 2))
    _question(painter, "accent")


def _verified(painter: QPainter) -> None:
    path = QPainterPath(QPointF(2.5, 8))
    path.lineTo(6, 11.5)
    path.lineTo(12.5, 3.8)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _pen(painter, "good", 2)
    painter.drawPath(path)


def _changed(painter: QPainter) -> None:
    """The check mark, struck through."""
    _verified(painter)
    _pen(painter, "urgent", 2)
    painter.drawLine(QPointF(2, 3), QPointF(13, 13))


def _unverified(painter: QPainter) -> None:
    painter.setBrush(colour("card"))
    _pen(painter, "muted", 1.2)
    painter.drawEllipse(QRectF(4, 4, SIDE - 8, SIDE - 8))


SHAPES: dict[str, Callable[[QPainter], None]] = {
    "query": _query,
    "answered": _answered,
    "verified": _verified,
    "changed": _changed,
    "unverified": _unverified,
}
"""What can be drawn: name -> the lines of it."""
