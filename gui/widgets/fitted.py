"""Tables that are as high as their rows, for pages that scroll as a whole."""

from gui.tables.table_view import Table

_EMPTY = 118
"""Pixels for what an empty table says."""
_MOST = 12
"""Rows from which on the table scrolls by itself."""


def fit_height(table: Table, most: int = _MOST) -> None:
    """Give a table the height of its rows, up to `most` of them."""
    rows = len(table.model.rows)
    if not rows:
        table.setFixedHeight(_EMPTY)
        return
    view = table.view
    height = view.horizontalHeader().sizeHint().height() + min(rows, most) * view.verticalHeader().defaultSectionSize()
    table.setFixedHeight(height + 2 * view.frameWidth() + 4)
