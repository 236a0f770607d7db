"""The one table model: what it answers, and how it sorts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester

from gui.tables.rows_model import POINTS_ROLE, TONE_ROLE, Column, RowsModel

Row = tuple[str, int]
ROWS: list[Row] = [("b", 2), ("a", 10), ("C", 1)]


def name(row: Row) -> str:
    return row[0]


def number(row: Row) -> int:
    return row[1]


def words(row: Row) -> str:
    return str(row[1])


def tone(row: Row) -> str:
    return "urgent" if row[1] > 5 else ""


@pytest.fixture
def model(qapp: QApplication) -> RowsModel[Row]:
    numbers = Column("Number", words, sort=number, right=True, tone=tone)
    made: RowsModel[Row] = RowsModel([Column("Name", name), numbers])
    made.set_rows(ROWS)
    return made


def test_the_model_keeps_to_the_rules_of_qt(model: RowsModel[Row], qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.set_rows([])
    model.set_rows(ROWS)


def test_a_column_without_a_sort_is_ordered_by_its_words_without_regard_to_capitals(model: RowsModel[Row]) -> None:
    model.sort(0)
    assert [row[0] for row in model.rows] == ["a", "b", "C"]


def test_numbers_are_ordered_by_size_and_not_by_their_words(model: RowsModel[Row]) -> None:
    model.sort(1)
    assert [row[1] for row in model.rows] == [1, 2, 10]


def test_new_rows_come_in_the_order_asked_for_before(model: RowsModel[Row]) -> None:
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.set_rows([("x", 3), ("y", 30)])
    assert [row[1] for row in model.rows] == [30, 3]


def test_what_is_chosen_stays_chosen_through_sorting(model: RowsModel[Row]) -> None:
    selection = QItemSelectionModel(model)
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    selection.select(model.index(1, 0), flags)
    kept = QPersistentModelIndex(model.index(1, 1))
    model.sort(1)
    assert [model.row(index.row()) for index in selection.selectedRows()] == [("a", 10)]
    assert model.row(kept.row()) == ("a", 10)


def test_roles_that_mean_nothing_are_answered_with_nothing(model: RowsModel[Row]) -> None:
    index = model.index(0, 0)
    assert model.data(index, Qt.ItemDataRole.DecorationRole) is None
    assert model.data(index, POINTS_ROLE) is None
    assert model.data(index, Qt.ItemDataRole.ToolTipRole) == "b"
    assert model.data(model.index(1, 1), TONE_ROLE) == "urgent"


@given(st.lists(st.tuples(st.text(max_size=3), st.integers(0, 9))))
def test_sorting_is_stable_and_loses_no_row(qapp: QApplication, rows: list[Row]) -> None:
    model: RowsModel[Row] = RowsModel([Column("Number", words, sort=number)])
    model.set_rows(rows)
    model.sort(0)
    assert list(model.rows) == sorted(rows, key=number)
    model.deleteLater()


def test_exact_decimals_are_ordered_exactly(qapp: QApplication) -> None:
    low, high = Decimal("0.00210000000000000001"), Decimal("0.00210000000000000002")
    model: RowsModel[Decimal] = RowsModel([Column("Ratio", str, sort=Decimal)])
    model.set_rows([high, low])
    model.sort(0)
    assert list(model.rows) == [low, high]
