"""A small curve is drawn once and kept, and never shown for other points than its own."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import theme
from gui.tables import delegates
from gui.tables.delegates import SparklineDelegate, SparkPoint
from gui.tables.rows_model import Column
from gui.tables.table_view import Table

FALL = (SparkPoint(0, 1, "positive"), SparkPoint(0.5, 0.4, "non_quantifiable"), SparkPoint(1, 0, "complete"))
RISE = (SparkPoint(0, 0, "complete"), SparkPoint(1, 1, "positive"))


def points(row: list[SparkPoint]) -> tuple[SparkPoint, ...]:
    return tuple(row)


def nothing(row: object) -> str:
    return ""


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = Table("curves", "Curves", [Column("Curve", nothing, points=points)])
    qtbot.addWidget(made)
    made.view.setItemDelegateForColumn(0, SparklineDelegate(parent=made))
    made.resize(300, 100)
    made.show()
    return made


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The points of every curve drawn, in order."""
    noted: list[object] = []
    draw = delegates.draw_curve

    def noting(points: tuple[SparkPoint, ...], *shape: object) -> QImage:
        noted.append(points)
        return draw(points, *shape)  # type: ignore[arg-type]

    monkeypatch.setattr(delegates, "draw_curve", noting)
    return noted


@pytest.fixture
def light(qapp: QApplication) -> Iterator[None]:
    before = theme.current_scheme()
    theme.apply(qapp, "light")
    yield
    theme.apply(qapp, before)


def picture(table: Table) -> QImage:
    return table.view.viewport().grab().toImage()


def test_a_curve_is_drawn_once_however_often_it_is_painted(table: Table, drawn: list[object]) -> None:
    table.set_rows([list(FALL)])
    assert picture(table) == picture(table)
    table.set_rows([list(FALL)])
    picture(table)
    assert drawn == [FALL]


def test_a_row_whose_points_have_changed_is_painted_with_its_new_curve(table: Table) -> None:
    row = list(FALL)
    table.set_rows([row])
    fall = picture(table)
    row[:] = RISE
    rise = picture(table)
    row[:] = FALL
    assert rise != fall
    assert picture(table) == fall


def test_a_wider_column_has_a_wider_curve(table: Table, drawn: list[object]) -> None:
    table.set_rows([list(FALL)])
    table.view.setColumnWidth(0, 120)
    picture(table)
    table.view.setColumnWidth(0, 200)
    picture(table)
    assert drawn[-2:] == [FALL, FALL]


def test_the_dark_scheme_draws_its_own_curve(
    qapp: QApplication, light: None, table: Table, drawn: list[object]
) -> None:
    table.set_rows([list(FALL)])
    picture(table)
    theme.apply(qapp, "dark")
    picture(table)
    assert drawn == [FALL, FALL]


def test_the_oldest_curve_makes_room_for_a_new_one(
    table: Table, drawn: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delegates, "_KEPT", 1)
    for curve in (FALL, RISE, FALL):
        table.set_rows([list(curve)])
        picture(table)
    assert drawn == [FALL, RISE, FALL]
