"""The line of lists and fields that narrows the audit trail: two lines where the window is narrow."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.text import label
from gui.widgets.side_by_side import SideBySide

Part = tuple[str, QWidget]
"""The caption, with its mnemonic, and what it names; without a caption a button."""
_LETTERS = 150


def filter_line(first: Sequence[Part], second: Sequence[Part]) -> SideBySide:
    """The parts in their order; the second ones go below the first where there is too little room."""
    return SideBySide((_line(first), _line(second)), _LETTERS, (0, 1))


def _line(parts: Sequence[Part]) -> QWidget:
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for words, widget in parts:
        if words:
            caption = label(words, "muted")
            caption.setBuddy(widget)
            line.addWidget(caption)
        line.addWidget(widget)
    line.addStretch(1)
    return made
