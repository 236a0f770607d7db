"""The fields of a form in one column, or in two where there is room, and never wider than the window."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from gui.widgets.field_row import FieldRow

_LABEL_LETTERS = 22
"""Letters after which a label goes on in a second line."""
_COLUMN_LETTERS = 52
"""Letters that a column of labels and editors needs to be comfortable."""


class FieldGrid(QWidget):
    """Labels at the right of their column, editors beside them. Reads down the first column, then the second."""

    def __init__(self, rows: Sequence[FieldRow], columns: int = 1, parent: QWidget | None = None) -> None:
        """`columns` is the most it may have (1 or 2)."""
        super().__init__(parent)
        self._rows = tuple(rows)
        self._like: tuple[FieldGrid, ...] = ()
        self._most = columns
        self._columns = 0
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(20)
        self._grids = [self._new_grid() for _ in range(columns)]
        self._arrange(1)

    @property
    def columns(self) -> int:
        """How many columns there are now."""
        return self._columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many columns as there is room for."""
        super().resizeEvent(event)
        letter = self.fontMetrics().averageCharWidth()
        room = event.size().width() // (_COLUMN_LETTERS * letter)
        self._arrange(max(1, min(self._most, room)))

    def _new_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self._across.addLayout(grid)
        return grid

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for grid in self._grids:
            for row in self._rows:  # not takeAt: the items it leaves alive keep outdated heights of wrapped text
                grid.removeWidget(row.label)
                grid.removeWidget(row.cell)
        per_column = -(-len(self._rows) // columns)
        for column, grid in enumerate(self._grids):
            self._across.setStretch(column, int(column < columns))
            shown = self._rows[column * per_column : (column + 1) * per_column] if column < columns else ()
            width = self._label_width(shown)
            for line, row in enumerate(shown):
                row.label.setFixedWidth(width)
                grid.addWidget(row.label, line, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(row.cell, line, 1)  # no alignment: aligned cells do not grow with their text
            for line in range(len(self._rows) + 1):
                grid.setRowStretch(line, int(line == len(shown)))
        self._across.setSpacing(20 if columns > 1 else 0)

    def share_labels(self, grids: "Sequence[FieldGrid]") -> None:
        """Give the labels one width over all these grids, which stand below each other."""
        self._like = tuple(grids)
        columns, self._columns = self._columns, 0
        self._arrange(columns)

    def _label_width(self, rows: Sequence[FieldRow]) -> int:
        if self._like and rows:
            rows = [row for grid in self._like for row in grid._rows]  # noqa: SLF001 - its like
        letter = self.fontMetrics().averageCharWidth()
        longest = max((row.label.fontMetrics().horizontalAdvance(row.label.text()) for row in rows), default=0)
        return min(longest + 4, _LABEL_LETTERS * letter)
