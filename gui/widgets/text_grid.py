"""A small table of wrapping plain texts, for what is read and not worked with."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.text import label
from gui.widgets.card import rule


class TextGrid(QWidget):
    """Rows divided by hairlines. Columns share the width by how much text they hold; the first is the strong one."""

    def __init__(self, headings: Sequence[str], rows: Sequence[Sequence[str]], parent: QWidget | None = None) -> None:
        """Without headings the first column names things and the second says them."""
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(5)
        line = 0
        for column, heading in enumerate(headings):
            grid.addWidget(label(heading, "small"), line, column)
        width = max((len(row) for row in rows), default=1)
        for row in rows:
            if line or headings:
                line += 1
                grid.addWidget(rule(), line, 0, 1, width)
            line += 1
            for column, text in enumerate(row):
                first = "strong" if headings else "muted"
                term = not headings and not column
                cell = label(text, "" if column else first, wrap=not term, selectable=True)
                cell.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                grid.addWidget(cell, line, column, Qt.AlignmentFlag.AlignTop)
        for column in range(0 if headings else 1, width):
            longest = sorted(len(row[column]) for row in rows)
            grid.setColumnStretch(column, min(60, max(10, longest[len(longest) * 9 // 10])))
