"""What an empty place shows: what belongs there, and the button that puts the first one there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gui.text import label
from gui.widgets.header import make_button


class Empty(QWidget):
    """A heading, a sentence, and perhaps a button (`button`, to be connected by the page)."""

    def __init__(self, heading: str, sentence: str, button: str = "", name: str = "emptyAction") -> None:
        """`button` is the button's text, "" for none; `name` its object name."""
        super().__init__()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 28, 24, 28)
        lines.setSpacing(8)
        centre = Qt.AlignmentFlag.AlignHCenter
        title = label(heading, "heading")
        text = label(sentence, "muted", wrap=True)
        text.setAlignment(centre)
        text.setMaximumWidth(460)
        lines.addStretch(1)
        lines.addWidget(title, 0, centre)
        lines.addWidget(text)
        lines.setAlignment(text, centre)
        self.button: QPushButton | None = None
        if button:
            self.button = make_button(name, button, look="primary")
            lines.addWidget(self.button, 0, centre)
        lines.addStretch(2)
