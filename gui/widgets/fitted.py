"""Tables that are as high as their rows, for pages that scroll as a whole."""

from PySide6.QtWidgets import QPushButton

from gui.tables.table_view import Table
from gui.text import set_property

_EMPTY = 110
"""Pixels below which an empty table looks lost."""
_MOST = 12
"""Rows from which on the table scrolls by itself."""


def fit_height(table: Table, most: int = _MOST) -> None:
    """Give a table the height of its rows, up to `most` of them."""
    rows = len(table.model.rows)
    if not rows:
        for button in table.findChildren(QPushButton):
            set_property(button, "look", "")  # one main button a page, and here are many empty tables
        table.setFixedHeight(max(_EMPTY, table.empty_height()))
        return
    view = table.view
    height = view.horizontalHeader().sizeHint().height() + min(rows, most) * view.verticalHeader().defaultSectionSize()
    table.setFixedHeight(height + 2 * view.frameWidth() + 4)
