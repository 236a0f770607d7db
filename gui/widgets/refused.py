"""What stands in the place of a page that the person who has signed in may not see."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.text import named
from gui.widgets.empty import Empty
from models.domain.context import Changes


class Refused(QWidget):
    """Says who may see it, and nothing of what it would show."""

    def __init__(self, title: str, sentence: str) -> None:
        """`title` is the page's, `sentence` the refusal."""
        super().__init__()
        named(self, "refused", title)
        self.title = title
        self.setAccessibleDescription(sentence)
        column = QVBoxLayout(self)
        column.addWidget(Empty(title, sentence))

    def refresh(self, changes: Changes | None) -> None:
        """Nothing in the record changes what a role may do."""
