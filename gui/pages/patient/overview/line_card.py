"""A card of lines that each open a record: what is next, open events, milestones, questions."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.pages.patient.overview.presenter import Line
from gui.text import label, named, set_property
from gui.theme import colour
from gui.widgets.card import Card, rule
from gui.widgets.why import WhyButton, WhyValue
from models.domain.notation import Desk


class LineButton(QFrame):
    """One line: text over its remark, or beside it; a click or Enter opens it. `pressed` carries the `Line`.

    `why` explains what a rule worked out of it: a link behind the text, or the remark itself where it stands beside.
    """

    pressed = Signal(object)

    def __init__(self, line: Line, name: str, desk: Desk, *, beside: bool, parent: QWidget | None = None) -> None:
        """`beside` puts a short remark at the right end. The reason is written for `desk`."""
        super().__init__(parent)
        self.line = line
        named(self, name, f"{line.text}. {line.remark}")
        self.setProperty("look", "line")
        if line.tone:
            set_property(self, "tone", line.tone)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.why = self._make_why(desk, beside=beside) if line.derived else None
        box = QHBoxLayout(self) if beside else QVBoxLayout(self)
        above, below = (2, 2 if beside else 4) if self.why else (4, 4)  # a link has room around it of its own
        box.setContentsMargins(7, above, 7, below)
        box.setSpacing(8 if beside else 1)
        text = QHBoxLayout()
        text.addWidget(label(line.text, line.tone, wrap=True), 1)
        box.addLayout(text, 1)
        if self.why:
            (box if beside else text).addWidget(self.why, 0, Qt.AlignmentFlag.AlignTop)
        if line.remark and not (beside and self.why):
            remark = label(line.remark, "" if line.tone else "muted", wrap=not beside)
            box.addWidget(remark, 0, Qt.AlignmentFlag.AlignTop if beside else Qt.AlignmentFlag(0))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of its tone, and a frame while it has the focus or the mouse."""
        super().paintEvent(event)
        if self.hasFocus() or self.underMouse():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour("accent" if self.hasFocus() else "border_strong"), 2 if self.hasFocus() else 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
            painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what the line is about."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit(self.line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the space bar press it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit(self.line)
        else:
            super().keyPressEvent(event)

    def _make_why(self, desk: Desk, *, beside: bool) -> WhyButton:
        made = (WhyValue if beside else WhyButton)(f"{self.objectName()}_why", self.line.text, self)
        made.set_derived(self.line.remark if beside else self.line.text, self.line.derived, desk)
        return made


class LineCard(Card):
    """Lines below a heading, or a sentence where there are none. `opened` carries the `Line`."""

    opened = Signal(object)

    def __init__(self, name: str, heading: str, *, beside: bool = False, parent: QWidget | None = None) -> None:
        """`beside` puts the remarks at the right end of the lines, divided by hairlines."""
        super().__init__(heading, parent=parent)
        named(self, name, heading)
        self._beside = beside
        self._rows: list[QWidget] = []

    @property
    def lines(self) -> tuple[LineButton, ...]:
        """The lines shown."""
        return tuple(row for row in self._rows if isinstance(row, LineButton))

    def show_lines(self, lines: Sequence[Line], desk: Desk, nothing: str = "") -> None:
        """Show these as `desk` writes; without any, the sentence; without a sentence the card is not there."""
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows.clear()
        for number, line in enumerate(lines):
            if number and self._beside:
                self._add(rule())
            button = LineButton(line, f"{self.objectName()}_{number}", desk, beside=self._beside)
            button.pressed.connect(self._pressed)
            self._add(button)
        if not lines and nothing:
            self._add(label(nothing, "muted", wrap=True))
        self.setVisible(bool(self._rows))

    def _add(self, row: QWidget) -> None:
        self._rows.append(row)
        self.body.addWidget(row)

    @Slot(object)
    def _pressed(self, line: Line) -> None:
        self.opened.emit(line)
