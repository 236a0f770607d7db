"""The line at the top of a page: its title, what it says in short, and its main buttons at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.text import label, named
from gui.widgets.remark import Remark


class Button(QPushButton):
    """A push button that Enter presses too, in a page as in a dialog, and that can be held back for good."""

    _held = ""
    _tip = ""

    def hold_back(self, sentence: str) -> None:
        """Grey it out, whatever the page says, and say why; "" lets it go."""
        if sentence and not self._held:
            self._tip = self.toolTip()
        if sentence != self._held:
            self._held = sentence
            self.setToolTip(sentence or self._tip)
            self.setAccessibleDescription(sentence)
            super().setEnabled(not sentence)

    def setEnabled(self, enabled: bool) -> None:
        """As every widget; one that is held back stays grey."""
        super().setEnabled(enabled and not self._held)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space presses every button; Enter this one as well."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class PageHeader(QWidget):
    """Title, remark, buttons. The remark goes below when the window is narrow; the title and the buttons do not."""

    def __init__(self, title: str, remark: str = "", parent: QWidget | None = None) -> None:
        """Buttons come with `add_button`; other widgets go into `line`, left of the buttons."""
        super().__init__(parent)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(4)
        self.line = QHBoxLayout()
        self.line.setSpacing(10)
        around.addLayout(self.line)
        self.title = label(title, "title")
        self.remark = Remark(remark, self.line, around)
        self.line.addWidget(self.title)
        self.line.addWidget(self.remark, 1)
        self.setMinimumHeight(32)

    def add_button(self, name: str, text: str, *, primary: bool = False, tip: str = "") -> Button:
        """A button at the right end. The page connects its `clicked`."""
        button = make_button(name, text, look="primary" if primary else "", tip=tip)
        self.line.addWidget(button)
        return button


def make_button(name: str, text: str, *, look: str = "", tip: str = "") -> Button:
    """A push button of the house: `look` is "", "primary" (one a page), "link", "menu", "choice" or "find"."""
    button = named(Button(text), name, text.replace("&", ""))
    if look:
        button.setProperty("look", look)
    if tip:
        button.setToolTip(tip)
    button.setAutoDefault(False)
    return button
