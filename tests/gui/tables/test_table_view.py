"""The table of the house: opening with Enter, copying, never wider than its window, and what it says while empty."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from gui.tables.delegates import PillDelegate, SparklineDelegate, SparkPoint
from gui.tables.rows_model import Column
from gui.tables.table_view import Table

LONG = "A remark that is much longer than any window of this world is wide, and goes on"


def first(row: str) -> str:
    return row


def remark(row: str) -> str:
    return LONG


def record_of(row: str) -> int:
    return int(row.partition(" ")[0])


def tone(row: str) -> str:
    return "complete"


def points(row: str) -> tuple[SparkPoint, ...]:
    return (SparkPoint(0, 1, "positive"), SparkPoint(0.5, 0.4, "not_evaluable"), SparkPoint(1, 0, "complete"))


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = Table(
        "patients_table",
        "Patients",
        [Column("Patient", first), Column("Remark", remark, stretch=2), Column("Other", remark, stretch=1)],
        empty=("No patients yet", "Patients in screening stand here.", "Enrol a patient"),
    )
    qtbot.addWidget(made)
    made.resize(640, 300)
    made.show()
    return made


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier),
    ],
)
def test_either_enter_opens_the_row_chosen(
    qtbot: QtBot, table: Table, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    table.set_rows(["042-001", "042-002"])
    table.choose("042-002")
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table.view, key, modifier)
    assert opened.args == ["042-002"]


@pytest.mark.parametrize("width", [1200, 640, 340])
def test_the_columns_never_need_scrolling_sideways(qtbot: QtBot, table: Table, width: int) -> None:
    table.set_rows(["042-001"])
    table.resize(width, 300)
    qtbot.waitUntil(lambda: table.width() == width)
    columns = sum(table.view.columnWidth(place) for place in range(3))
    assert columns <= table.view.viewport().width()
    assert columns >= table.view.viewport().width() - 3
    assert table.view.columnWidth(0) >= table.view.fontMetrics().horizontalAdvance("042-001")


def test_an_empty_table_says_what_belongs_there_and_offers_it(qtbot: QtBot, table: Table) -> None:
    table.set_rows([])
    assert not table.view.isVisible()
    offer = table.findChild(QPushButton, "patients_table_offer")
    assert offer is not None
    with qtbot.waitSignal(table.offered):
        qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)


def test_the_row_chosen_stays_chosen_when_the_rows_are_read_again(table: Table) -> None:
    table.set_rows(["042-001", "042-002"])
    table.choose("042-002")
    table.set_rows(["042-000", "042-001", "042-002"])
    assert table.chosen() == "042-002"


def test_the_row_of_a_record_stays_chosen_when_the_record_was_corrected(table: Table) -> None:
    table.stand_for("visit", record_of)
    table.set_rows(["1 aciclovir", "2 bactrim", "3 omeprazole"])
    table.view.setCurrentIndex(table.model.index(1, 2))
    table.set_rows(["1 aciclovir", "2 cotrimoxazole", "3 omeprazole"])
    assert table.chosen() == "2 cotrimoxazole"
    assert table.view.currentIndex().column() == 2


def test_a_row_is_copied_with_tabs_between_its_cells(qtbot: QtBot, table: Table) -> None:
    table.set_rows(["042-001"])
    table.choose("042-001")
    table.view.copy_row()
    assert QApplication.clipboard().text() == f"042-001\t{LONG}\t{LONG}"


def test_clicking_a_heading_sorts_and_the_first_order_is_the_one_given(qtbot: QtBot, table: Table) -> None:
    table.set_rows(["b", "a"])
    assert list(table.model.rows) == ["b", "a"]
    header = table.view.horizontalHeader()
    middle = QPoint(header.sectionViewportPosition(0) + header.sectionSize(0) // 2, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert list(table.model.rows) == ["a", "b"]


def test_pills_and_curves_put_ink_into_their_cells(qtbot: QtBot) -> None:
    def picture(*, painted: bool) -> QPixmap:
        made = Table("t", "Patients", [Column("Class", first, tone=tone), Column("Curve", str, points=points)])
        qtbot.addWidget(made)
        if painted:
            made.view.setItemDelegateForColumn(0, PillDelegate(made))
            made.view.setItemDelegateForColumn(1, SparklineDelegate(parent=made))
        made.set_rows(["Complete"])
        made.resize(300, 100)
        made.show()
        return made.view.viewport().grab()

    assert picture(painted=True).toImage() != picture(painted=False).toImage()


def test_no_heading_is_cut_while_the_longest_cells_give_way(qtbot: QtBot) -> None:
    table = Table("t", "T", [Column("A long heading", tone, stretch=1), Column("Other words", remark, stretch=3)])
    qtbot.addWidget(table)
    table.set_rows([LONG])
    header = table.view.horizontalHeader()
    table.resize(header.sectionSizeHint(0) + header.sectionSizeHint(1) + 30, 120)
    table.show()
    assert all(header.sectionSize(place) >= header.sectionSizeHint(place) for place in (0, 1))
