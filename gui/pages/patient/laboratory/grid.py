"""The grid of tests by sample: as many samples as there is room for, the newest first in view."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui.pages.patient.laboratory.presenter import LabGrid, cell_tip, cell_tone, cell_words
from gui.tables.rows_model import TONE_ROLE
from gui.text import named, plain_tip
from gui.theme import colour
from gui.widgets.review_sign import Sign, paint_signs
from gui.widgets.review_state import PatientReview
from models.chart.laboratory import LabView
from models.domain.notation import Desk, unit_beside
from models.records.laboratory import LabResult

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_FIXED = 2
"""Columns before the samples: test, range."""
_LETTERS = 15
"""Letters that a sample's column needs: "21 Sep 2026" in bold, or "10.2 g/dL  G2"."""
SIGNS_ROLE = Qt.ItemDataRole.UserRole + 3
"""The small signs of a cell: what monitor and site say about its value."""
_TEST_LETTERS, _RANGE_LETTERS = 28, 14


class GridModel(QAbstractTableModel):
    """Tests as rows; test, range and the samples in view as columns."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Nothing to show yet."""
        super().__init__(parent)
        self.desk = desk
        self.grid = LabGrid()
        self.first = 0
        self.room = 1
        self.review: PatientReview | None = None

    @property
    def shown(self) -> int:
        """How many samples are in view."""
        return max(0, min(self.room, len(self.grid.samples) - self.first))

    def show_grid(self, grid: LabGrid, desk: Desk) -> None:
        """Show another grid with its newest samples in view."""
        self.beginResetModel()
        self.grid, self.desk = grid, desk
        self.first = max(0, len(grid.samples) - self.room)
        self.endResetModel()

    def show_samples(self, first: int, room: int) -> None:
        """Show `room` samples from the given one on."""
        last = max(0, len(self.grid.samples) - room)
        if (min(max(first, 0), last), room) == (self.first, self.room):
            return
        self.beginResetModel()
        self.first, self.room = min(max(first, 0), last), room
        self.endResetModel()

    def view_at(self, index: Index) -> LabView | None:
        """The value in a cell; for the name of a test, its newest value."""
        if not index.isValid():
            return None
        if index.column() >= _FIXED:
            return self.grid.cell(index.row(), self.first + index.column() - _FIXED)
        values = (self.grid.cell(index.row(), sample) for sample in reversed(range(len(self.grid.samples))))
        return next((value for value in values if value), None)

    def _signs(self, view: LabView) -> tuple[Sign, ...]:
        """What monitor and site say about a value or its record; that it is not verified yet is said in its form."""
        if self.review is None:
            return ()
        kind, record = LabResult.kind.name, view.record.id
        signs = (*self.review.signs(kind, record, "value"), *self.review.signs(kind, record))
        return tuple(sign for sign in signs if sign.shape != "unverified")[:1]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The tests measured."""
        return 0 if parent.isValid() else len(self.grid.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Test, range and the samples in view."""
        return 0 if parent.isValid() else _FIXED + self.shown

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Words, tip and tone of a cell."""
        row = self.grid.rows[index.row()]
        if index.column() < _FIXED:
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                named_ = ", ".join(filter(None, (row.label, unit_beside(row.unit))))
                return named_ if index.column() == 0 else row.range
            return None
        view = self.view_at(index)
        if view is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_words(view, row.unit, self.desk)
        if role == SIGNS_ROLE:
            return self._signs(view)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join((cell_tip(view, self.desk), *(sign.words for sign in self._signs(view)))))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(str(self.data(index, Qt.ItemDataRole.ToolTipRole)).splitlines())
        if role == TONE_ROLE:
            return cell_tone(view)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Dates with their study days over the samples."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            if section < _FIXED:
                return ("Test", "Range")[section]
            return self.grid.samples[self.first + section - _FIXED].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = Qt.AlignmentFlag.AlignRight if section >= _FIXED else Qt.AlignmentFlag.AlignLeft
            return right | Qt.AlignmentFlag.AlignVCenter
        return None


class _Cell(QStyledItemDelegate):
    """A value at the right of its cell, an abnormal one on the tint of its grade."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, tint and words."""
        self.initStyleOption(option, index)
        words, option.text = option.text, ""
        widget: QWidget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        area = option.rect
        tone = index.data(TONE_ROLE)
        painter.save()
        if tone:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(f"{tone}_tint"))
            painter.drawRoundedRect(QRectF(area).adjusted(3, 3, -3, -4), 4, 4)
            font = painter.font()
            font.setBold(True)
            painter.setFont(font)
        fixed = index.column() < _FIXED
        if not fixed:
            paint_signs(painter, index.data(SIGNS_ROLE) or (), QRectF(area), at_left=True)
        painter.setPen(colour(tone or ("muted" if index.column() == 1 else "text")))
        side = Qt.AlignmentFlag.AlignLeft if fixed else Qt.AlignmentFlag.AlignRight
        room = area.adjusted(8, 0, -10, 0)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(0, 0, -1, -2))
        painter.restore()


class GridView(QTableView):
    """The grid itself. Arrow keys go from cell to cell, and on to earlier or later samples at its edges.

    `chosen` follows the cell in view with its `LabView` or None, `opened` a double click or Enter on a value;
    `samples_changed` says that other samples are in view.
    """

    chosen = Signal(object)
    opened = Signal(object)
    samples_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Nothing to show yet."""
        super().__init__(parent)
        named(self, "lab_grid", "Laboratory values by test and date")
        self.rows = GridModel(desk, self)
        self.setModel(self.rows)
        self.setItemDelegate(_Cell(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 11)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.selectionModel().currentChanged.connect(self._moved)
        self.doubleClicked.connect(self._open)

    def show_grid(self, grid: LabGrid, desk: Desk) -> None:
        """Show other values; a cell chosen by test and sample stays chosen where it still exists."""
        record = self._chosen_id()
        self.rows.show_grid(grid, desk)
        self._fit(self.rows.first)
        if record:
            self.choose(record)

    def show_review(self, review: PatientReview) -> None:
        """Show beside the values what monitor and site say about them."""
        self.rows.review = review
        self.viewport().update()

    def choose(self, record: int) -> bool:
        """Choose the cell of a record, bringing it into view; whether there is one."""
        grid = self.rows.grid
        for (code, sample), view in grid.cells.items():
            if view.record.id == record:
                if not self.rows.first <= sample < self.rows.first + self.rows.shown:
                    self._fit(sample - self.rows.room + 1)
                row = next(place for place, each in enumerate(grid.rows) if each.code == code)
                self.setCurrentIndex(self.rows.index(row, _FIXED + sample - self.rows.first))
                return True
        return False

    def forget_choice(self) -> None:
        """Choose nothing, as before another patient is shown."""
        self.setCurrentIndex(QModelIndex())

    def choose_first(self) -> None:
        """Choose the newest value of the first test, where nothing is chosen yet."""
        if self.rows.grid.rows and not self.currentIndex().isValid():
            newest = self.rows.view_at(self.rows.index(0, 0))
            if newest:
                self.choose(newest.record.id)

    def current(self) -> LabView | None:
        """The value chosen."""
        return self.rows.view_at(self.currentIndex())

    @property
    def earlier(self) -> int:
        """How many samples lie before those in view."""
        return self.rows.first

    @property
    def later(self) -> int:
        """How many lie after them."""
        return len(self.rows.grid.samples) - self.rows.first - self.rows.shown

    @Slot()
    def show_earlier(self) -> None:
        """Go back by as many samples as are in view."""
        self._fit(self.rows.first - self.rows.room)

    @Slot()
    def show_later(self) -> None:
        """Go on by as many samples as are in view."""
        self._fit(self.rows.first + self.rows.room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many samples as there is room for; the newest ones stay."""
        super().resizeEvent(event)
        last = self.rows.first + self.rows.shown
        self._fit(last - self._room())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; the arrow keys go past the edge to other samples."""
        key, index = event.key(), self.currentIndex()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(index)
        elif key == Qt.Key.Key_Left and index.column() == _FIXED and self.earlier:
            self._step(-1)
        elif key == Qt.Key.Key_Right and index.column() == self.rows.columnCount() - 1 and self.later:
            self._step(1)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        index = self.currentIndex()
        row, column = index.row(), index.column()
        self._fit(self.rows.first + by)
        self.setCurrentIndex(self.rows.index(row, column))

    def _room(self) -> int:
        letter = self.fontMetrics().averageCharWidth()
        free = self.viewport().width() - (_TEST_LETTERS + _RANGE_LETTERS) * letter
        return max(1, free // (_LETTERS * letter))

    def _fit(self, first: int) -> None:
        record = self._chosen_id()
        room = self._room()
        self.rows.show_samples(first, room)
        letter = self.fontMetrics().averageCharWidth()
        fixed = (_TEST_LETTERS * letter, _RANGE_LETTERS * letter)
        for column, width in enumerate(fixed):
            self.setColumnWidth(column, width)
        free = self.viewport().width() - sum(fixed)
        for column in range(_FIXED, self.rows.columnCount()):
            self.setColumnWidth(column, max(40, free // room))
        if record and not self.currentIndex().isValid():
            self._choose_if_shown(record)
        self.samples_changed.emit()

    def _choose_if_shown(self, record: int) -> None:
        for row in range(self.rows.rowCount()):
            for column in range(_FIXED, self.rows.columnCount()):
                view = self.rows.view_at(self.rows.index(row, column))
                if view and view.record.id == record:
                    self.setCurrentIndex(self.rows.index(row, column))
                    return

    def _chosen_id(self) -> int:
        view = self.current()
        return view.record.id if view else 0

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self.rows.view_at(now))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        view = self.rows.view_at(index)
        if view and index.column() >= _FIXED:
            self.opened.emit(view)
