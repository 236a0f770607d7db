"""A panel is typed from top to bottom, and every line says what its value means."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from gui.tables.entry_grid import EntryGrid, EntryRow
from tests.gui.showing import in_front

ROWS = (
    EntryRow("HGB", "Haemoglobin", "g/dL", "12.0 – 16.0"),
    EntryRow("PLAT", "Platelets", "10^9/L", "150 – 400"),
    EntryRow("ALT", "ALT", "U/L", text="30"),
)


def judge(row: EntryRow, text: str) -> tuple[str, str]:
    return (f"{row.name} grade 2", "grade2") if text == "9" else ("not a number", "urgent") if text == "x" else ("", "")


@pytest.fixture
def grid(qtbot: QtBot) -> EntryGrid:
    made = EntryGrid("panel", ROWS, judge)
    in_front(qtbot, made)
    return made


def line(grid: EntryGrid, name: str) -> QLineEdit:
    found = grid.findChild(QLineEdit, f"panel_{name}")
    assert found is not None
    return found


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down])
def test_enter_and_down_go_to_the_next_line(qtbot: QtBot, grid: EntryGrid, key: Qt.Key) -> None:
    grid.focus_row("HGB")
    qtbot.keyClick(line(grid, "HGB"), key)
    assert QApplication.focusWidget() is line(grid, "PLAT")
    qtbot.keyClick(line(grid, "PLAT"), Qt.Key.Key_Up)
    assert QApplication.focusWidget() is line(grid, "HGB")


def test_a_line_says_what_its_value_means_while_it_is_typed(qtbot: QtBot, grid: EntryGrid) -> None:
    with qtbot.waitSignal(grid.edited) as edited:
        qtbot.keyClicks(line(grid, "HGB"), "9")
    assert edited.args == ["HGB"]
    assert line(grid, "HGB").accessibleDescription() == "HGB grade 2"


def test_typing_that_cannot_be_right_is_marked(qtbot: QtBot, grid: EntryGrid) -> None:
    qtbot.keyClicks(line(grid, "PLAT"), "x")
    assert line(grid, "PLAT").property("invalid") is True
    qtbot.keyClick(line(grid, "PLAT"), Qt.Key.Key_Backspace)
    assert line(grid, "PLAT").property("invalid") is False


def test_the_whole_panel_is_read_and_put_back(grid: EntryGrid) -> None:
    grid.set_texts({"HGB": "9", "unknown": "1"})
    assert grid.texts() == {"HGB": "9", "PLAT": "", "ALT": "30"}


def test_a_screen_reader_hears_test_and_unit(grid: EntryGrid) -> None:
    assert line(grid, "HGB").accessibleName() == "Haemoglobin, g/dL"


def test_a_unit_with_a_power_of_ten_is_heard_as_it_is_printed(qtbot: QtBot) -> None:
    made = EntryGrid("panel", [EntryRow("PLAT", "Platelets", "10^9/L")], judge)
    qtbot.addWidget(made)
    assert line(made, "PLAT").accessibleName() == "Platelets, 10⁹/L"
