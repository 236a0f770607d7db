"""A white panel with a heading, the unit every page is laid out in."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.text import label
from gui.widgets.remark import Remark


class Card(QFrame):
    """A panel: heading and a quiet remark on one line, room for buttons at its right, and below it what `body` takes.

    Add to `body` (a vertical layout); put buttons in `corner`.
    """

    def __init__(self, heading: str = "", remark: str = "", parent: QWidget | None = None) -> None:
        """A card without a heading has no heading line."""
        super().__init__(parent)
        self.setProperty("look", "card")
        if heading:
            self.setAccessibleName(heading)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 10, 14, 10)
        outer.setSpacing(6)
        self.heading = label(heading, "heading")
        self.corner = QHBoxLayout()
        self.corner.setSpacing(6)
        line = QHBoxLayout()
        line.setSpacing(7)
        self.remark = Remark(remark, line, outer)
        if heading:
            line.addWidget(self.heading)
            line.addWidget(self.remark, 1)
            line.addLayout(self.corner)
            outer.addLayout(line)
        else:
            for unused in (self.heading, self.remark):
                unused.setParent(self)
                unused.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(4)
        outer.addLayout(self.body)


def rule(parent: QWidget | None = None) -> QFrame:
    """A hairline between the rows of a card."""
    line = QFrame(parent)
    line.setProperty("look", "rule")
    return line
