"""The table of the house: whole rows are chosen, Enter opens one, and it is never wider than its window."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStackedLayout,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui.keys import unmodified
from gui.tables.rows_model import Column, RowsModel
from gui.text import named
from gui.widgets.empty import Empty
from gui.widgets.header import Button
from gui.widgets.review_sign import Sign, paint_signs, signs_width

if TYPE_CHECKING:
    from gui.widgets.review_state import PatientReview

_SAMPLE = 60
"""Rows that are measured for the widths of the columns."""
_NARROWEST = 44
"""Pixels below which no column shrinks."""
_IN_CELLS = frozenset({"query", "answered", "changed"})
"""Signs of single values that are shown in tables; that a whole record is verified stands once in its row."""
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
        """Give every column what it needs; stretching columns share what is left, and give way first.

        No heading is cut as long as there is room for all of them.
        """
        columns, room = self._rows.columns, self.viewport().width()
        needed = self._needed_widths(room)
        over = sum(needed.values()) - room
        giving = [place for place in needed if columns[place].stretch] or list(needed)
        if over < 0:
            shares = sum(columns[place].stretch or 1 for place in giving)
            for place in giving:
                needed[place] += -over * (columns[place].stretch or 1) // shares
        headings = {place: max(self.horizontalHeader().sectionSizeHint(place), _NARROWEST) for place in needed}
        narrowest = dict.fromkeys(needed, _NARROWEST)
        for places, least in ((giving, headings), (list(needed), headings), (list(needed), narrowest)):
            over = sum(needed.values()) - room
            spare = sum(needed[place] - least[place] for place in places)
            if over > 0 and spare > 0:
                for place in places:
                    needed[place] -= -(-min(over, spare) * (needed[place] - least[place]) // spare)
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
        cells = [self._rows.index(row, place) for row in shown]
        widths = (delegate.sizeHint(option, each).width() + signs_width(self._rows.signs(each)) for each in cells)
        return max(self.horizontalHeader().sectionSizeHint(place), *widths, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, and on those in view the signs of queries and verifications."""
        super().paintEvent(event)
        if not self._rows.signed:
            return
        painter = QPainter(self.viewport())
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        for row in range(max(first, 0), (last if last >= 0 else self._rows.rowCount() - 1) + 1):
            for column in range(self._rows.columnCount()):
                cell = self._rows.index(row, column)
                signs = () if self.isColumnHidden(column) else self._rows.signs(cell)
                if signs:
                    at_left = self._rows.columns[column].right
                    paint_signs(painter, signs, QRectF(self.visualRect(cell)), at_left=at_left)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and unmodified(event):
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
        self._kind = ""
        self._record_of: Callable[[Any], int] | None = None
        self._review: PatientReview | None = None
        self.view.opened.connect(self.opened)
        self._empty.button.clicked.connect(self.offered)

    def stand_for(self, kind: str, record_of: Callable[[Any], int]) -> None:
        """Say that each row shows a record of that kind, whose id `record_of` gives: see `show_review`."""
        self._kind, self._record_of = kind, record_of

    def show_review(self, review: "PatientReview") -> None:
        """Show beside the values what monitor and site say about them; a table of no records shows nothing."""
        self._review = review
        self.model.set_signs(self._signs_of if self._kind else None)
        self.view.fit_columns()
        self.view.viewport().update()

    def _signs_of(self, row: Any, field: str) -> Sequence[Sign]:  # noqa: ANN401 - whatever the rows are
        record = self._record_of(row) if self._record_of else 0
        if not record or self._review is None:
            return ()
        signs = self._review.signs(self._kind, record, field)
        return [sign for sign in signs if not field or sign.shape in _IN_CELLS]

    @property
    def offer(self) -> Button:
        """The button of the empty table, hidden where none was named."""
        return self._empty.button

    def say_empty(self, heading: str, sentence: str, button: str = "") -> None:
        """Say something else while the table is empty: it may be empty for more than one reason."""
        self._empty.say(heading, sentence, button)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows; the one chosen stays chosen where it is still among them, and the cursor in its column."""
        before, column = self.view.chosen(), max(self.view.currentIndex().column(), 0)
        self.model.set_rows(rows)
        self._stack.setCurrentWidget(self.view if rows else self._empty)
        self._choose(before, column)

    def chosen(self) -> Any:  # noqa: ANN401 - whatever the rows are
        """The row chosen, None if there is none."""
        return self.view.chosen() if self._stack.currentWidget() is self.view else None

    @property
    def current_field(self) -> str:
        """The field that the column with the cursor shows, "" where it shows none."""
        place = self.view.currentIndex().column()
        return self.model.columns[place].field if place >= 0 else ""

    def empty_height(self) -> int:
        """The height at which nothing is cut of what the empty table says."""
        return self._empty.minimumSizeHint().height()

    def choose(self, row: object) -> None:
        """Choose a row, if it is there; of rows that show records also the one that its record has now."""
        self._choose(row, 0)

    def _choose(self, row: object, column: int) -> None:
        if row is None:
            return
        rows = self.model.rows
        same = [place for place, each in enumerate(rows) if each == row]
        if not same and self._record_of and (record := self._record_of(row)):
            same = [place for place, each in enumerate(rows) if self._record_of(each) == record]
        if same:
            self.view.setCurrentIndex(self.model.index(same[0], column))
