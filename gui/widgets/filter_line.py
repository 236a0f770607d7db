"""The line above a list: what to look for, what narrows it, and how many of all are shown."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from gui.keys import SEARCH_KEYS, on_keys
from gui.tables.table_view import Table
from gui.text import label, named
from models.domain.capitals import within_sentence

_WIDEST = 280


class FilterLine(QWidget):
    """A field for searching, which Ctrl+F reaches, then the filters of the page, and at the right the count."""

    def __init__(self, name: str, what: str, filters: Sequence[QWidget], table: Table) -> None:
        """`what` is searched for: "Patient or event". Enter goes on to the `table`."""
        super().__init__()
        self._table = table
        self.search = named(QLineEdit(), name, f"Search: {within_sentence(what)}")
        self.search.setPlaceholderText(f"{what} ({SEARCH_KEYS})")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(_WIDEST)
        self.count = label("", "muted")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self.search, 1000)  # up to its greatest width, before the empty room at the right
        for each in filters:
            line.addWidget(each)
        line.addStretch(1)
        line.addWidget(self.count)
        self.search.returnPressed.connect(table.view.setFocus)
        on_keys(self, self._find, SEARCH_KEYS)

    def show_count(self, shown: int, of: int) -> None:
        """Say how many are shown, where it is not all."""
        self.count.setText("" if shown == of else f"{shown} of {of}")

    @Slot()
    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()
