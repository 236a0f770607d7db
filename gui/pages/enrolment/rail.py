"""The steps in a row: which is done, which is in view, which is still to come."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from gui.pages.enrolment.presenter import Progress
from gui.text import named
from gui.theme import colour
from gui.widgets.ground import paint_ground

_CIRCLE = 22
_WRAPPED = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)


class StepButton(QAbstractButton):
    """A number, or a tick once the step is done; the title; and a word on how the step came out."""

    def __init__(self, number: int, title: str, parent: QWidget | None = None) -> None:
        """Named `enrolment_step_<number>`."""
        super().__init__(parent)
        self.number = number
        self._title, self._words = title, ""
        self._current, self._failed = False, False
        named(self, f"enrolment_step_{number}", title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, words: str, *, failed: bool, current: bool, enabled: bool) -> None:
        """`words` say how the step came out, "" where it is not done; `failed` that it came out badly."""
        self._words, self._failed, self._current = words, failed, current
        self.setEnabled(enabled)
        self.setAccessibleName(f"Step {self.number + 1}, {self._title}{f': {words}' if words else ''}")
        self.setToolTip(f"{self._title}{f': {words}' if words else ''}")
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines of text beside the circle."""
        return QSize(180, 2 * self.fontMetrics().height() + 12)

    def minimumSizeHint(self) -> QSize:
        """The circle and a few letters."""
        return QSize(_CIRCLE + 40, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the step, the arrows walk along."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw circle and words."""
        painter = QPainter(self)
        area = paint_ground(painter, self, "selection" if self._current else "background")
        circle = QRectF(area.left() + 8, area.center().y() - _CIRCLE / 2, _CIRCLE, _CIRCLE)
        self._paint_circle(painter, circle)
        font = QFont(self.font())
        font.setBold(self._current)
        painter.setFont(font)
        painter.setPen(colour("text" if self.isEnabled() else "muted"))
        left = circle.right() + 8
        line = QFontMetrics(font).height()
        room = area.right() - left - 4
        whole = QFontMetrics(font).horizontalAdvance(self._title) <= room
        if not whole:  # then the title takes both lines: circle and tip say how the step came out
            painter.drawText(QRectF(left, area.top(), room, area.height()), _WRAPPED, self._title)
            painter.end()
            return
        top = area.center().y() - (line if self._words else line / 2)
        painter.drawText(QRectF(left, top, room, line), Qt.AlignmentFlag.AlignVCenter, self._title)
        if self._words:
            font.setBold(False)
            font.setPointSizeF(font.pointSizeF() - 1)
            painter.setFont(font)
            painter.setPen(colour("muted"))
            words = QFontMetrics(font).elidedText(self._words, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(QRectF(left, top + line, room, line), Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()

    def _paint_circle(self, painter: QPainter, circle: QRectF) -> None:
        done = bool(self._words)
        role = "urgent" if self._failed else "good"
        fill = "accent_fill" if self._current else f"{role}_tint" if done else "hover"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(fill))
        painter.drawEllipse(circle)
        ink = colour("accent_on" if self._current else role if done else "muted")
        painter.setPen(QPen(ink, 2))
        if self._failed and not self._current:
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, "!")
        elif done and not self._current:
            middle = circle.center()
            turn = middle + QPointF(-1, 4)
            painter.drawPolyline([middle + QPointF(-5, 0), turn, middle + QPointF(5, -4)])
        else:
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self.number + 1))


class Rail(QWidget):
    """`chosen` carries the number of the step asked for."""

    chosen = Signal(int)

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        """Steps in their order."""
        super().__init__(parent)
        named(self, "enrolment_rail", "Steps")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self.buttons = tuple(StepButton(number, title) for number, title in enumerate(titles))
        for button in self.buttons:
            line.addWidget(button)
            button.clicked.connect(self._clicked)

    def show_progress(self, progress: Progress, current: int, *, all_open: bool) -> None:
        """`all_open` is false while only the first step can be entered."""
        for button, words, failed in zip(self.buttons, progress.words, progress.failed, strict=True):
            number = button.number
            button.show_state(words, failed=failed, current=number == current, enabled=all_open or not number)

    @Slot()
    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, StepButton):
            self.chosen.emit(button.number)
