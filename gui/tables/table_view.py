"""The table of the house: whole rows are chosen, Enter opens one, and it is never wider than its window."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStackedLayout,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui.tables.rows_model import Column, RowsModel
from gui.text import named
from gui.widgets.empty import Empty

_SAMPLE = 60
"""Rows that are measured for the widths of the columns."""
_NARROWEST = 44
"""Pixels below which no column shrinks."""
_CROWDED = 1.02
"""How much more than the room the columns may need before spare ones are left out."""


class RowsView(QTableView):
    """The table itself. `opened` carries the row object on Enter or a double click."""

    opened = Signal(object)

    def __init__(self, model: RowsModel[Any], parent: QWidget | None = None) -> None:
        """Shows `model`, sorted as it stands until a heading is clicked."""
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 13)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        copy = QAction("Copy", self)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy_row)
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.doubleClicked.connect(self._open_index)
        model.modelReset.connect(self.fit_columns)

    def chosen(self) -> Any:  # noqa: ANN401 - whatever the rows are
        """The row chosen, None if there is none."""
        selection = self.selectionModel().selectedRows()
        return self._rows.row(selection[0].row()) if selection else None

    @Slot()
    def copy_row(self) -> None:
        """Copy the row chosen, its cells parted by tabs as spreadsheets want them."""
        row = self.chosen()
        if row is not None:
            cells = (column.text(row).replace("\t", " ").replace("\n", " ") for column in self._rows.columns)
            QApplication.clipboard().setText("\t".join(cells))

    @Slot()
    def fit_columns(self) -> None:
        """Give every column what it needs; stretching columns share what is left, and give way first."""
        columns, room = self._rows.columns, self.viewport().width()
        needed = self._needed_widths(room)
        over = sum(needed.values()) - room
        giving = [place for place in needed if columns[place].stretch] or list(needed)
        if over < 0:
            shares = sum(columns[place].stretch or 1 for place in giving)
            for place in giving:
                needed[place] += -over * (columns[place].stretch or 1) // shares
        for places in (giving, list(needed)):
            over = sum(needed.values()) - room
            spare = sum(needed[place] - _NARROWEST for place in places)
            if over > 0 and spare > 0:
                for place in places:
                    needed[place] -= -(-min(over, spare) * (needed[place] - _NARROWEST) // spare)
        for place, width in needed.items():
            self.setColumnWidth(place, max(width, _NARROWEST))

    def _needed_widths(self, room: int) -> dict[int, int]:
        """What the columns need that are shown in that room: spare ones are left out while it is far too little."""
        columns = self._rows.columns
        for place in range(len(columns)):
            self.setColumnHidden(place, False)
        needed = {place: max(self._needed(place), _NARROWEST) for place in range(len(columns))}
        for place in sorted((place for place in needed if columns[place].spare), key=lambda p: -columns[p].spare):
            if sum(needed.values()) <= room * _CROWDED:
                break
            del needed[place]
            self.setColumnHidden(place, True)
        return needed

    def _needed(self, place: int) -> int:
        """The width of the heading and of the widest of the first rows."""
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        delegate = self.itemDelegateForIndex(self._rows.index(0, place))
        shown = range(min(_SAMPLE, self._rows.rowCount()))
        widths = (delegate.sizeHint(option, self._rows.index(row, place)).width() for row in shown)
        return max(self.horizontalHeader().sectionSizeHint(place), *widths, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open_index(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self.fit_columns()

    @Slot(QModelIndex)
    def _open_index(self, index: QModelIndex) -> None:
        row = self._rows.row(index.row())
        if row is not None:
            self.opened.emit(row)


class Table(QWidget):
    """A table with what it shows while it is empty: what belongs there, and the button that puts the first one there.

    `opened` carries the row object, `offered` follows the button of the empty table.
    """

    opened = Signal(object)
    offered = Signal()

    def __init__(
        self,
        name: str,
        label: str,
        columns: Sequence[Column[Any]],
        *,
        empty: tuple[str, str, str] = ("Nothing here yet", "", ""),
        parent: QWidget | None = None,
    ) -> None:
        """`name` and `label` name the table; `empty` is heading, sentence and button text ("" for none) while empty."""
        super().__init__(parent)
        self.model: RowsModel[Any] = RowsModel(columns, self)
        self.view = named(RowsView(self.model), name, label)
        heading, sentence, button = empty
        self._empty = Empty(heading, sentence, button, f"{name}_offer")
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.view)
        self.view.opened.connect(self.opened)
        if self._empty.button:
            self._empty.button.clicked.connect(self.offered)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows; the one chosen stays chosen where it is still among them."""
        before = self.view.chosen()
        self.model.set_rows(rows)
        self._stack.setCurrentWidget(self.view if rows else self._empty)
        self.choose(before)

    def chosen(self) -> Any:  # noqa: ANN401 - whatever the rows are
        """The row chosen, None if there is none."""
        return self.view.chosen() if self._stack.currentWidget() is self.view else None

    def empty_height(self) -> int:
        """The height at which nothing is cut of what the empty table says."""
        return self._empty.minimumSizeHint().height()

    def choose(self, row: object) -> None:
        """Choose a row, if it is there."""
        place = next((number for number, each in enumerate(self.model.rows) if each == row), -1)
        if row is not None and place >= 0:
            self.view.selectRow(place)
