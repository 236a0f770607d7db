"""The answer to "why is this value here?", in place: a small button and the panel it opens."""

from typing import Any

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from gui.text import label, named
from models.domain.derived import Derived

_WIDTH = 380


class WhyButton(QToolButton):
    """A button "why?" beside a derived value. Enter or a click opens the panel, Esc closes it."""

    def __init__(self, name: str, subject: str, parent: QWidget | None = None) -> None:
        """`subject` says what is explained ("Response class"). Hidden until there is a value."""
        super().__init__(parent)
        self._subject = subject
        self._words = ""
        self._derived: Derived[Any] | None = None
        named(self, name, f"Why? {subject}")
        self.setText("why?")
        self.setProperty("look", "link")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(f"{subject}: what it rests on")
        self.clicked.connect(self.explain)
        self.hide()

    def set_derived(self, words: str, derived: Derived[Any] | None) -> None:
        """Explain this value, shown as `words`; None hides the button."""
        self._words, self._derived = words, derived
        self.setVisible(derived is not None)

    @Slot()
    def explain(self) -> None:
        """Open the panel below the button."""
        if self._derived is None:
            return
        panel = WhyPanel(self._subject, self._words, self._derived, self)
        panel.open_at(self.mapToGlobal(QPoint(0, self.height())))


class WhyPanel(QFrame):
    """A derived value with its reason, what went in, and the rule with its version and source."""

    def __init__(self, subject: str, words: str, derived: Derived[Any], parent: QWidget | None = None) -> None:
        """Deleted when closed."""
        super().__init__(parent, Qt.WindowType.Popup)
        named(self, "why_panel", f"{subject}: {words}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("card", True)
        inside = QWidget()
        inside.setObjectName("pageBody")
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(14, 10, 14, 12)
        lines.setSpacing(6)
        lines.addWidget(label(subject, "muted"))
        lines.addWidget(label(words, "heading", wrap=True, selectable=True))
        lines.addWidget(label(derived.reason, wrap=True, selectable=True))
        lines.addLayout(_inputs(derived))
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

    def open_at(self, corner: QPoint) -> None:
        """Show the panel with its upper left at `corner`, moved so far that all of it is on the screen."""
        room = self.screen().availableGeometry()
        width = min(_WIDTH, room.width())
        height = min(self._inside.heightForWidth(width - 2) + 4, room.height())
        self.setFixedSize(width, height)
        left = min(corner.x(), room.right() - width)
        top = min(corner.y(), room.bottom() - height)
        self.move(max(left, room.left()), max(top, room.top()))
        self.show()
        self.setFocus()


def _inputs(derived: Derived[Any]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(1, 1)
    for line, (name, value) in enumerate(derived.inputs):
        grid.addWidget(label(name, "muted", wrap=True), line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(value, wrap=True, selectable=True), line, 1)
    return grid
