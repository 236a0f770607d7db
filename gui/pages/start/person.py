"""Asks for the name that the record keeps. Asked once at each desk, before the first real study."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.text import label, named
from gui.widgets.header import make_button

MOST_LETTERS = 80
"""The longest name that the record keeps."""


class PersonDialog(QDialog):
    """One line: your name. It can be changed in Settings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty; `name` holds what was typed once accepted."""
        super().__init__(parent)
        named(self, "personDialog", "Your name")
        self.setWindowTitle("Your name")
        self.setMinimumWidth(420)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label("Who works at this desk?", "heading"))
        column.addWidget(
            label("The record keeps this name with everything that is entered or corrected here.", "muted", wrap=True)
        )
        self.line = named(QLineEdit(), "personName", "Your name")
        self.line.setPlaceholderText("Given name and family name")
        self.line.setMaxLength(MOST_LETTERS)
        column.addWidget(self.line)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        cancel = make_button("personCancel", "Cancel")
        self.accept_button = make_button("personAccept", "Go on", look="primary")
        self.accept_button.setDefault(True)
        self.accept_button.setEnabled(False)
        buttons.addWidget(cancel)
        buttons.addWidget(self.accept_button)
        column.addLayout(buttons)
        cancel.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self.accept)
        self.line.textChanged.connect(self._typed)

    @property
    def name(self) -> str:
        """The name, with single spaces."""
        return " ".join(self.line.text().split())

    @Slot()
    def _typed(self) -> None:
        self.accept_button.setEnabled(bool(self.name))
