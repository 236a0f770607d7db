"""The head of a dialog: its margins, and what it is about."""

from PySide6.QtWidgets import QDialog, QVBoxLayout

from gui.text import label


def headed(dialog: QDialog, heading: str) -> QVBoxLayout:
    """The column of a dialog, with its heading on top; what follows is added to it."""
    column = QVBoxLayout(dialog)
    column.setContentsMargins(18, 16, 18, 14)
    column.setSpacing(8)
    column.addWidget(label(heading, "heading", wrap=True))
    return column
