"""The answer to "why is this value here?", in place: a small button, or the value itself, and the panel it opens."""

from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from gui.text import label, named
from gui.widgets.on_screen import in_sight
from models.domain.derived import Derived
from models.domain.notation import Desk
from models.domain.sentence import write_sentence

_WIDTH = 380
_BESIDE, _ABOVE = 14, 8
"""Pixels that the style puts left and right, and above and below the letters of a link, together."""


class WhyButton(QToolButton):
    """A button "why?" beside a derived value. Enter or a click opens the panel, Esc closes it."""

    def __init__(self, name: str, subject: str, parent: QWidget | None = None) -> None:
        """`subject` says what is explained ("Response class"). Hidden until there is a value."""
        super().__init__(parent)
        self._subject = subject
        self._words = ""
        self._derived: Derived[Any] | None = None
        self._desk = Desk.ENGLISH
        named(self, name, f"Why? {subject}")
        self.setText("why?")
        self.setProperty("look", "link")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(f"{subject}: what it rests on")
        self.clicked.connect(self.explain)
        self.hide()

    def set_derived(self, words: str, derived: Derived[Any] | None, desk: Desk) -> None:
        """Explain this value, shown as `words`, as `desk` writes numbers and dates; None hides the button."""
        self._words, self._derived, self._desk = words, derived, desk
        self.setVisible(derived is not None)

    @Slot()
    def explain(self) -> None:
        """Open the panel below the button."""
        if self._derived is not None:
            WhyPanel(self._subject, self._words, self._derived, self._desk, self).open_below(self)

    def sizeHint(self) -> QSize:
        """No more than its letters and the frame that shows the focus: it stands in lines of text."""
        letters = self.fontMetrics()
        return QSize(letters.horizontalAdvance(self.text()) + _BESIDE, letters.height() + _ABOVE)

    def minimumSizeHint(self) -> QSize:
        """The same: a link is never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the panel as the space bar does, and not what the button stands in."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class WhyValue(WhyButton):
    """The value itself as a quiet link, where a button beside each of many values would crowd them."""

    def set_derived(self, words: str, derived: Derived[Any] | None, desk: Desk) -> None:
        """Show `words`, and explain them."""
        super().set_derived(words, derived, desk)
        self.setText(words)
        self.setAccessibleName(f"{words}. Why? {self._subject}")


class WhyPanel(QFrame):
    """A derived value with its reason, what went in, and the rule with its version and source."""

    def __init__(
        self, subject: str, words: str, derived: Derived[Any], desk: Desk, parent: QWidget | None = None
    ) -> None:
        """Deleted when closed."""
        super().__init__(parent, Qt.WindowType.Popup)
        named(self, "why_panel", f"{subject}: {words}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("look", "card")
        inside = QWidget()
        inside.setObjectName("pageBody")
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(14, 10, 14, 12)
        lines.setSpacing(6)
        if subject != words:
            lines.addWidget(label(subject, "muted", wrap=True))
        lines.addWidget(label(words, "heading", wrap=True, selectable=True))
        lines.addWidget(label(write_sentence(derived.reason, desk), wrap=True, selectable=True))
        lines.addLayout(_inputs(derived, desk))
        rule = derived.rule
        lines.addWidget(label(f"Rule {rule.id}, version {rule.version}", "small", wrap=True, selectable=True))
        lines.addWidget(label(f"Source: {rule.source}", "small", wrap=True, selectable=True))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(1, 1, 1, 1)
        frame.addWidget(scroll)
        self._inside = inside

    def open_below(self, widget: QWidget) -> None:
        """Show the panel below what it was asked from."""
        self.open_at(widget.mapToGlobal(QPoint(0, widget.height())))

    def open_at(self, corner: QPoint) -> None:
        """Show the panel with its upper left at `corner`, moved so far that all of it is on the screen."""
        room = self.screen().availableGeometry()
        width = min(_WIDTH, room.width())
        height = min(self._inside.heightForWidth(width - 2) + 4, room.height())
        self.setFixedSize(width, height)
        self.move(in_sight(corner, self.size(), room))
        self.show()
        self.setFocus()


def _inputs(derived: Derived[Any], desk: Desk) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(1, 1)
    for line, (name, value) in enumerate(derived.inputs):
        grid.addWidget(label(name, "muted", wrap=True), line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(write_sentence(value, desk), wrap=True, selectable=True), line, 1)
    return grid
