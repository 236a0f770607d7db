"""A drawing of `models.figures` on the screen: its places name themselves under the mouse, and open their record."""

import html
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.text import named
from gui.theme import colour, current_scheme
from models.figures.overview import near
from models.figures.style import Drawing, Hit

Draw = Callable[[float, float], Drawing]
"""Makes the drawing for a width and a height in inches, in the colours of the scheme in use."""
PIXELS_PER_INCH = 96
"""Device independent pixels: the drawings take their sizes in inches of such a screen."""
REDRAW_AFTER = 120
"""Milliseconds without a further change of size before the drawing is made anew."""
_POINTS_PER_INCH = 72


class FigureCanvas(QWidget):
    """Shows a drawing, sharp on any screen. It is made when it is first painted, and again when size or theme change.

    `opened` carries the `Hit` that was clicked, or chosen with the arrow keys and Enter.
    """

    opened = Signal(object)

    def __init__(self, name: str, accessible: str, parent: QWidget | None = None) -> None:
        """Empty until `show_drawing`."""
        super().__init__(parent)
        named(self, name, accessible)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._draw: Draw | None = None
        self._drawing: Drawing | None = None
        self._image = QImage()
        self._drawn_as: tuple[QSize, float, str] | None = None
        self._chosen: Hit | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REDRAW_AFTER)
        self._timer.timeout.connect(self._settle)
        self._unsettled = False

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The places of the drawing shown; empty before it is painted."""
        return tuple(self._drawing.hits) if self._drawing else ()

    @property
    def chosen(self) -> Hit | None:
        """The place that the arrow keys have reached."""
        return self._chosen

    def show_drawing(self, draw: Draw) -> None:
        """Show another drawing at the next painting."""
        self._draw = draw
        self._drawn_as = None
        self._chosen = None
        self.setAccessibleDescription("")
        self.update()

    def image(self) -> QImage:
        """The drawing as it is shown."""
        return self._image

    def sizeHint(self) -> QSize:
        """Comfortable for a curve over four lanes."""
        return QSize(860, 400)

    def minimumSizeHint(self) -> QSize:
        """The smallest drawing that can still be read."""
        return QSize(300, 240)

    # ---- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is new at once; while the size goes on changing, stretch the drawing there is."""
        if self._draw is None:
            return
        if self._drawn_as is None or not self._unsettled:
            self._draw_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self._image)
        if self.hasFocus():
            painter.setPen(QPen(colour("accent"), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            if self._chosen:
                painter.setPen(QPen(colour("accent"), 2))
                painter.drawRoundedRect(self._place(self._chosen).adjusted(-4, -4, 4, 4), 4, 4)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A single change of size is drawn at once; from the second in a row on, once the size is settled."""
        super().resizeEvent(event)
        if self._drawn_as is not None:
            self._unsettled = self._timer.isActive()
            self._timer.start()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.update()

    def _wanted(self) -> tuple[QSize, float, str]:
        return self.size(), self.devicePixelRatioF(), current_scheme()

    @Slot()
    def _settle(self) -> None:
        self._unsettled = False
        self.update()

    def _draw_now(self) -> None:
        wanted = self._wanted()
        size, ratio, _ = wanted
        if self._draw is None or wanted == self._drawn_as:
            return
        from matplotlib.backends.backend_agg import FigureCanvasAgg  # only now: it takes a moment to load

        drawing = self._draw(size.width() / PIXELS_PER_INCH, size.height() / PIXELS_PER_INCH)
        drawing.figure.set_dpi(PIXELS_PER_INCH * ratio)
        agg = FigureCanvasAgg(drawing.figure)
        agg.draw()  # type: ignore[no-untyped-call]
        width, height = agg.get_width_height()
        pixels = bytes(agg.buffer_rgba())  # type: ignore[no-untyped-call]
        self._image = QImage(pixels, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
        self._image.setDevicePixelRatio(ratio)
        self._drawing = drawing
        self._drawn_as = wanted
        if self._chosen:
            same = (hit for hit in drawing.hits if _identity(hit) == _identity(self._chosen))
            self._chosen = next(same, None)

    # ---- the mouse

    def hit_at(self, position: QPoint) -> Hit | None:
        """The place under a point of the widget: of several the nearest, and among those the one drawn last."""
        if self._drawing is None or self._drawn_as is None:
            return None
        ratio = self._drawn_as[1]
        return near(self._drawing, position.x() * ratio, position.y() * ratio)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Name the place under the mouse."""
        hit = self.hit_at(event.position().toPoint())
        self.setCursor(Qt.CursorShape.PointingHandCursor if hit else Qt.CursorShape.ArrowCursor)
        if hit:
            self._say(hit, event.globalPosition().toPoint())
        else:
            QToolTip.hideText()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the record of the place."""
        hit = self.hit_at(event.position().toPoint())
        if hit and event.button() is Qt.MouseButton.LeftButton:
            QToolTip.hideText()
            self.opened.emit(hit)

    def _say(self, hit: Hit, where: QPoint) -> None:
        first, *others = (html.escape(line) for line in hit.lines)
        text = "<br>".join((f"<b>{first}</b>", *others))
        QToolTip.showText(where, f"<p style='white-space:pre'>{text}</p>", self)

    # ---- the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go on in time, up and down to the next lane, Enter opens."""
        match event.key():
            case Qt.Key.Key_Left:
                self._step(-1)
            case Qt.Key.Key_Right:
                self._step(1)
            case Qt.Key.Key_Up:
                self._change_lane(-1)
            case Qt.Key.Key_Down:
                self._change_lane(1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._chosen:
                QToolTip.hideText()
                self.opened.emit(self._chosen)
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys are."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the name away."""
        super().focusOutEvent(event)
        QToolTip.hideText()
        self.update()

    def _lanes(self) -> list[list[Hit]]:
        """The places by kind, the uppermost kind first, each in the order of time; the curve before all others."""
        kinds: dict[str, list[Hit]] = {}
        for hit in self.hits:
            kinds.setdefault(hit.kind, []).append(hit)
        lanes = [sorted(hits, key=_left) for hits in kinds.values()]
        return sorted(lanes, key=_lane_order)

    def _step(self, by: int) -> None:
        lanes = self._lanes()
        if not lanes:
            return
        if self._chosen is None:
            self._choose(lanes[0][-1 if by < 0 else 0])
            return
        lane = next(lane for lane in lanes if self._chosen in lane)
        self._choose(lane[min(max(lane.index(self._chosen) + by, 0), len(lane) - 1)])

    def _change_lane(self, by: int) -> None:
        lanes = self._lanes()
        if not lanes or self._chosen is None:
            self._step(1)
            return
        chosen = self._chosen
        number = next(number for number, lane in enumerate(lanes) if chosen in lane)
        following = lanes[min(max(number + by, 0), len(lanes) - 1)]
        if chosen not in following:
            self._choose(min(following, key=lambda hit: abs(hit.left - chosen.left)))

    def _choose(self, hit: Hit) -> None:
        self._chosen = hit
        self.setAccessibleDescription(". ".join(hit.lines))
        corner = self._place(hit).bottomRight().toPoint()
        self._say(hit, self.mapToGlobal(corner))
        self.update()

    def _place(self, hit: Hit) -> QRectF:
        """The rectangle of a place on the widget."""
        scale = PIXELS_PER_INCH / _POINTS_PER_INCH
        left, top = hit.left * scale, self.height() - hit.top * scale
        return QRectF(left, top, (hit.right - hit.left) * scale, (hit.top - hit.bottom) * scale)


def _identity(hit: Hit) -> tuple[str, int, str]:
    return hit.kind, hit.record_id, hit.code


def _left(hit: Hit) -> float:
    return hit.left


def _lane_order(lane: Sequence[Hit]) -> tuple[bool, float]:
    return lane[0].kind != "mrd", -max(hit.top for hit in lane)
