"""Where there is far too little room, the columns that a table can spare are left out."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.tables.rows_model import Column
from gui.tables.table_view import Table


def _text(row: str) -> str:
    return row


def shown(qtbot: QtBot, width: int) -> tuple[Table, list[str]]:
    columns = [Column("First", _text), Column("Second", _text, spare=1), Column("Third", _text, spare=2)]
    table = Table("spare_table", "Spare", columns)
    qtbot.addWidget(table)
    table.resize(width, 200)
    table.set_rows(["a rather long text that needs its room"])
    table.show()
    return table, headings(table)


def headings(table: Table) -> list[str]:
    return [
        str(table.model.headerData(place, Qt.Orientation.Horizontal))
        for place in range(3)
        if not table.view.isColumnHidden(place)
    ]


def test_with_room_every_column_is_shown(qtbot: QtBot) -> None:
    assert shown(qtbot, 1200)[1] == ["First", "Second", "Third"]


def test_the_highest_number_goes_first(qtbot: QtBot) -> None:
    assert shown(qtbot, 560)[1] == ["First", "Second"]


def test_a_column_that_is_not_spare_stays_however_narrow_it_gets(qtbot: QtBot) -> None:
    assert shown(qtbot, 120)[1] == ["First"]


def test_columns_come_back_with_the_room(qtbot: QtBot) -> None:
    table, _ = shown(qtbot, 120)
    table.resize(1200, 200)
    qtbot.waitUntil(lambda: headings(table) == ["First", "Second", "Third"])
