"""A table of the cohort on the screen: cells are chosen one by one, and a number opens the patients it counts."""

from itertools import takewhile
from textwrap import wrap
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QColor, QFont, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from gui.keys import unmodified
from gui.pages.cohort.banded_header import BandedHeader
from gui.tables.frozen_columns import FrozenColumns
from gui.text import named, plain_tip
from gui.theme import colour
from models.cohort.grouping import EVERYBODY
from models.cohort.table import Cell, Column, Form, Row, Table, shown
from models.domain.notation import Desk

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_HEAD_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
_HEAD_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
_WIDEST = 250
"""Pixels beyond which words go on on a further line."""
_WRAPPED, _LIMITS = 140, 93
_TIGHT = 100
"""Pixels of words on several lines where the table would be wider than the window otherwise."""
_LEAST = 130
_EDGES = 18
"""Pixels of a cell beside its text."""
_ABOVE_AND_BELOW = 10
"""Pixels of a line above and below its text."""
_HEADING_LETTERS = 10
_NOTE_LETTERS = 12
_SAMPLE = 80
"""Lines that are measured for the widths of the columns."""


class Place(NamedTuple):
    """A cell of the table shown."""

    row: Row
    column: Column
    cell: Cell

    @property
    def link(self) -> bool:
        """Whether it is a value that counts patients."""
        return bool(self.cell.patients) and self.cell.values[0] is not None

    @property
    def nobody(self) -> bool:
        """Whether it is a number of patients, and there are none."""
        return self.column.form is Form.COUNT and self.cell.values[0] == 0


class CellsModel(QAbstractTableModel):
    """The cells as the desk reads them. A number with patients looks like a link."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No table yet."""
        super().__init__(parent)
        self._table: Table | None = None
        self._desk = Desk.ENGLISH

    @property
    def table(self) -> Table | None:
        """The table shown."""
        return self._table

    def show_table(self, table: Table, desk: Desk) -> None:
        """Show another table."""
        self.beginResetModel()
        self._table, self._desk = table, desk
        self.endResetModel()

    def place(self, row: int, column: int) -> Place | None:
        """The cell at that place."""
        table = self._table
        if table is None or not (0 <= row < len(table.rows) and 0 <= column < len(table.columns)):
            return None
        return Place(table.rows[row], table.columns[column], table.rows[row].cells[column])

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The number of lines; none below a cell."""
        return 0 if parent.isValid() or self._table is None else len(self._table.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """The number of columns; none below a cell."""
        return 0 if parent.isValid() or self._table is None else len(self._table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Text, alignment, and the look of a link."""
        place = self.place(index.row(), index.column()) if index.isValid() else None
        if place is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._on_two_lines(place) if place.column.limits else shown(place.cell, place.column, self._desk)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(place))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{place.column.label}: {self._tip(place)}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if place.column.form is Form.TEXT else _RIGHT
        if role == Qt.ItemDataRole.ForegroundRole:
            return _ink(place)
        if role == Qt.ItemDataRole.FontRole:
            return _font(place)
        return None

    def _on_two_lines(self, place: Place) -> str:
        """An estimate, or why there is none, above its limits."""
        words = shown(place.cell, place.column, self._desk)
        if all(value is None for value in place.cell.values):
            return "\n".join(wrap(words, _NOTE_LETTERS))
        return words.replace(" (", "\n(")

    def _tip(self, place: Place) -> str:
        words = shown(place.cell, place.column, self._desk)
        if place.nobody:
            return f"{words}. Enter tells the rule."
        return f"{words}. Enter lists the patients." if place.link else words

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The headings on as many lines as they need, aligned as their columns."""
        if orientation != Qt.Orientation.Horizontal or self._table is None or section >= len(self._table.columns):
            return None
        column = self._table.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return "\n".join(wrap(column.head or column.label, _HEADING_LETTERS, break_long_words=False))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(column.label)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return column.label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _HEAD_LEFT if column.form is Form.TEXT else _HEAD_RIGHT
        return None


def _ink(place: Place) -> QColor | None:
    if place.link:
        return colour("accent")
    return colour("muted") if place.cell.values[0] in (None, 0) else None


def _font(place: Place) -> QFont | None:
    if not place.link:
        return None
    font = QFont()
    font.setUnderline(True)
    return font


class CellsView(QTableView):
    """The table. `chosen` carries the `Place` of a number that was clicked, or reached with the arrows and Enter."""

    chosen = Signal(object)

    def __init__(self, name: str, accessible: str, parent: QWidget | None = None) -> None:
        """Empty until `show_table`."""
        super().__init__(parent)
        named(self, name, accessible)
        self.cells = CellsModel(self)
        self.setModel(self.cells)
        self._header = BandedHeader(self)
        self.setHorizontalHeader(self._header)
        self.frozen = FrozenColumns(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setCornerWidget(QWidget(self))
        copy = QAction("Copy", self)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy_cell)
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._held = 0
        self.clicked.connect(self._choose)
        self.entered.connect(self._point)

    def show_table(self, table: Table, desk: Desk) -> None:
        """Show another table; of one with the same lines and columns the cell with the cursor stays."""
        at = self.currentIndex()
        before = self.cells.place(at.row(), at.column())
        self.cells.show_table(table, desk)
        self._header.show_bands([column.band for column in table.columns])
        everybody = all(row.cells[0].values[0] == EVERYBODY for row in table.rows)
        for place, column in enumerate(table.columns):
            of_everybody = everybody and column.code == "group"
            self.setColumnHidden(place, of_everybody or table.says_nothing(column.code))
        self._fit_columns()
        if before:
            self.go_to(before.row.key, before.column.code)

    def go_to(self, row: str, column: str) -> bool:
        """Put the cursor into a cell, and say whether there is one that is shown."""
        table = self.cells.table
        place = table and next(
            (
                (number, at)
                for number, each in enumerate(table.rows)
                if each.key == row
                for at, one in enumerate(table.columns)
                if one.code == column and not self.isColumnHidden(at)
            ),
            None,
        )
        if place:
            self.setCurrentIndex(self.cells.index(*place))
        return bool(place)

    def choose_current(self) -> None:
        """Choose the number with the cursor."""
        self._choose(self.currentIndex())

    @Slot()
    def copy_cell(self) -> None:
        """Copy the text of the cell with the cursor."""
        text = self.cells.data(self.currentIndex())
        if text:
            QApplication.clipboard().setText(str(text).replace("\n", " "))

    def whole_height(self) -> int:
        """The height of the heading and of all lines."""
        rows = self.verticalHeader().length() or self.verticalHeader().defaultSectionSize()
        bar = self.horizontalScrollBar()
        room = bar.sizeHint().height() if bar.maximum() else 0
        heading = self.horizontalHeader().sizeHint().height()
        return heading + rows + 2 * self.frameWidth() + room + 2

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Never leave the cell with the cursor below the columns that are held in view."""
        super().scrollTo(index, hint)
        self.frozen.uncover(index)

    def minimumSizeHint(self) -> QSize:
        """A heading and three lines."""
        return QSize(120, min(self.whole_height(), _LEAST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the space bar choose the number."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and unmodified(event):
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """What every column needs; words that go on on further lines take what room is left.

        Where that would be wider than the window, the columns of words are narrow.
        """
        table = self.cells.table
        if table is None:
            return
        shown = [place for place in range(len(table.columns)) if not self.isColumnHidden(place)]
        natural = {place: self._needed(place) for place in shown}
        room = self.viewport().width()
        words, lines = (_WRAPPED, 2) if any(column.limits for column in table.columns) else (_WIDEST, 1)
        widths = self._least(table, natural, words)
        if sum(widths.values()) > room:
            widths = self._least(table, natural, _TIGHT)
        spare = room - sum(widths.values())
        for place in shown:
            more = min(natural[place] - widths[place], spare)
            if more > 0:
                widths[place] += more
                spare -= more
        self._freeze(table, widths)
        for place, width in widths.items():
            self.setColumnWidth(place, width)
        short = [place for place in shown if table.columns[place].form is Form.TEXT and widths[place] < natural[place]]
        self.frozen.hold(self._held)
        self._fit_rows(lines, short)

    def _freeze(self, table: Table, widths: dict[int, int]) -> None:
        """Hold the columns of words that name a line in view, as long as they leave half the room for the numbers."""
        room = self.viewport().width() // 2
        self._held = 0
        for place in takewhile(lambda place: table.columns[place].form is Form.TEXT, widths):
            if self._held and room < widths[place]:
                break
            if sum(widths.values()) > 2 * room:
                widths[place] = min(widths[place], max(room, self.horizontalHeader().sectionSizeHint(place)))
            room -= widths[place]
            self._held = place + 1

    def _needed(self, place: int) -> int:
        """The width of the heading and of the longest line of a cell."""
        advance = self.fontMetrics().horizontalAdvance
        widest = max((advance(part) for text in self._texts(place) for part in text.split("\n")), default=0) + _EDGES
        return max(widest, self.horizontalHeader().sectionSizeHint(place))

    def _fit_rows(self, lines: int, short: list[int]) -> None:
        """Give every line room for that many lines of text, and for the words of these columns, which are narrow."""
        metrics, wrapped = self.fontMetrics(), Qt.TextFlag.TextWordWrap
        least = metrics.lineSpacing() * lines
        columns = [(QRect(0, 0, self.columnWidth(place) - _EDGES, 0), self._texts(place)) for place in short]
        heights = [
            max([least, *(metrics.boundingRect(room, wrapped, texts[row]).height() for room, texts in columns)])
            for row in range(min(self.cells.rowCount(), _SAMPLE))
        ]
        for view in (self, self.frozen):
            view.verticalHeader().setDefaultSectionSize(least + _ABOVE_AND_BELOW)
            for row, height in enumerate(heights):
                view.setRowHeight(row, height + _ABOVE_AND_BELOW)

    def _texts(self, place: int) -> list[str]:
        return [str(self.cells.data(self.cells.index(row, place)) or "") for row in range(_SAMPLE)]

    def _least(self, table: Table, natural: dict[int, int], words: int) -> dict[int, int]:
        """The widths at which everything can still be read; `words` is the one of columns of words."""
        found = {}
        for place, width in natural.items():
            column = table.columns[place]
            least = words if column.form is Form.TEXT else _LIMITS if column.limits else width
            found[place] = max(min(width, least), self.horizontalHeader().sectionSizeHint(place))
        return found

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        place = self.cells.place(index.row(), index.column())
        if place and (place.link or place.nobody):
            self.chosen.emit(place)

    @Slot(QModelIndex)
    def _point(self, index: QModelIndex) -> None:
        place = self.cells.place(index.row(), index.column())
        link = place is not None and (place.link or place.nobody)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)
