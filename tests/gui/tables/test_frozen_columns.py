"""The first columns of a wide table stay in view."""

import pytest
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QTableView
from pytestqt.qtbot import QtBot

from gui.tables.frozen_columns import FrozenColumns

COLUMNS, ROWS = 12, 60


@pytest.fixture
def table(qtbot: QtBot) -> QTableView:
    view = QTableView()
    qtbot.addWidget(view)
    model = QStandardItemModel(ROWS, COLUMNS, view)
    for row in range(ROWS):
        for column in range(COLUMNS):
            model.setItem(row, column, QStandardItem(f"{row}/{column}"))
    view.setModel(model)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    for column in range(COLUMNS):
        view.setColumnWidth(column, 100)
    view.resize(420, 300)
    view.show()
    return view


@pytest.fixture
def frozen(table: QTableView) -> FrozenColumns:
    held = FrozenColumns(table)
    held.hold(1)
    return held


def test_the_columns_held_lie_over_the_left_edge_of_a_table_that_scrolls(frozen: FrozenColumns) -> None:
    assert frozen.isVisible()
    assert frozen.width() == 100
    assert [frozen.isColumnHidden(column) for column in (0, 1, COLUMNS - 1)] == [False, True, True]


def test_where_everything_has_room_nothing_is_held(table: QTableView, frozen: FrozenColumns) -> None:
    table.resize(COLUMNS * 110, 300)
    assert not frozen.isVisible()


def test_lines_and_columns_held_go_up_and_down_together(table: QTableView, frozen: FrozenColumns) -> None:
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    assert frozen.rowAt(5) == table.rowAt(5)
    frozen.verticalScrollBar().setValue(0)
    assert table.rowAt(5) == 0


def test_a_column_made_wider_is_held_as_wide(table: QTableView, frozen: FrozenColumns) -> None:
    table.setColumnWidth(0, 140)
    assert frozen.width() == 140
    assert frozen.columnWidth(0) == 140


def test_a_column_that_is_hidden_is_not_held(table: QTableView, frozen: FrozenColumns) -> None:
    table.setColumnHidden(0, True)
    frozen.hold(2)
    assert frozen.isColumnHidden(0)
    assert frozen.width() == 100


def test_a_cell_below_the_columns_held_is_uncovered(table: QTableView, frozen: FrozenColumns) -> None:
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    index = table.model().index(0, 3)
    table.scrollTo(index)
    assert table.visualRect(index).left() < frozen.width()
    frozen.uncover(index)
    assert table.visualRect(index).left() == frozen.width()


def test_the_cursor_stays_with_the_table(table: QTableView, frozen: FrozenColumns) -> None:
    table.setCurrentIndex(table.model().index(2, 0))
    assert frozen.currentIndex().row() == 2
    assert not frozen.hasFocus()
