"""A sentence across the top of a page or form that stays until it is settled: never a dialog to click away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from gui.text import label, named, set_property
from gui.widgets.header import make_button


class Banner(QFrame):
    """A sentence in a tone ("urgent", "due", "good", "accent", "neutral"), perhaps with a button.

    Hidden until `show_text`; `pressed` is the button's.
    """

    pressed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is the object name."""
        super().__init__(parent)
        named(self, name, "Message")
        self.setProperty("look", "banner")
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 8, 8)
        self.text = label(wrap=True, selectable=True)
        self.button = named(make_button("", ""), f"{name}Button", "Do it")
        self.button.clicked.connect(self.pressed)
        line.addWidget(self.text, 1)
        line.addWidget(self.button)
        self._line = line
        self.hide()

    def add(self, widget: QWidget) -> None:
        """Put something more behind the sentence: the link that explains it."""
        self._line.insertWidget(1, widget)

    def show_text(self, text: str, tone: str = "urgent", button: str = "") -> None:
        """Show a sentence, with a button if one is named."""
        self.text.setText(text)
        set_property(self.text, "tone", tone)
        set_property(self, "tone", tone)
        self.button.setText(button)
        self.button.setAccessibleName(button)
        self.button.setVisible(bool(button))
        self.setAccessibleDescription(text)
        self.show()
