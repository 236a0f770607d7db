"""No table scrolls sideways in a window of 1366 by 768; in a smaller one the words of a line stay in view."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import theme
from gui.pages.cohort.exhibits import VIEWS
from gui.pages.cohort.page import Page
from gui.workspace import Target
from models.cohort.grouping import EVERYBODY
from tests.gui.pages.cohort.conftest import settle

SIDEBAR = 176
WIDE = 1366 - SIDEBAR


def dressed() -> None:
    """The faces and edges of the real window: the widths follow from them."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.use_font(app)
    theme.apply(app, "light")


def turn(qtbot: QtBot, page: Page, view: str, choice: str = "", by: str = "") -> None:
    page.show_target(Target("cohort", values={"view": view, "choice": choice, "by": by}))
    settle(qtbot, page)


def sideways(page: Page) -> int:
    return page.content.cells.horizontalScrollBar().maximum()


@pytest.fixture
def wide(page: Page) -> Page:
    dressed()
    page.resize(WIDE, 720)
    return page


@pytest.mark.parametrize("by", ["", "ikzf1"])
def test_no_table_scrolls_sideways(qtbot: QtBot, wide: Page, by: str) -> None:
    seen = set()
    for view in VIEWS:
        turn(qtbot, wide, view.name, by=by)
        assert wide.shown is not None
        for choice in [one.code for one in wide.shown.choices] if view.name != "levels" else [""]:
            turn(qtbot, wide, view.name, choice, by)
            assert sideways(wide) == 0, (view.name, choice)
            seen.add((view.name, choice))
    assert len(seen) > 30


def test_patients_and_events_by_grade_stand_under_a_head_each(qtbot: QtBot, wide: Page) -> None:
    turn(qtbot, wide, "toxicity")
    cells = wide.content.cells.cells
    assert cells.table is not None
    bands = [column.band for column in cells.table.columns]
    assert list(dict.fromkeys(bands)) == ["", "Patients by worst grade", "Events by worst grade"]
    heads = [cells.headerData(place, Qt.Orientation.Horizontal) for place in range(8)]
    assert heads == ["Term", "Treated", "All", "1", "2", "3", "4", "5"]
    label = cells.headerData(5, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert label == "Patients, grade 3"


@pytest.mark.parametrize("width", [735, 507])
@pytest.mark.parametrize("view", ["toxicity", "survival", "response"])
def test_in_a_small_window_the_words_of_a_line_stay_in_view(qtbot: QtBot, wide: Page, view: str, width: int) -> None:
    turn(qtbot, wide, view, by="ikzf1")
    wide.resize(width, 500)
    cells = wide.content.cells
    cells.horizontalScrollBar().setValue(cells.horizontalScrollBar().maximum())
    assert sideways(wide) > 0
    assert cells.frozen.isVisible()
    assert cells.frozen.width() <= cells.viewport().width() * 0.6


@pytest.mark.parametrize(
    ("view", "choice", "by"),
    [
        ("levels", "", ""),
        ("flow", "flow", ""),
        ("flow", "baseline", "ikzf1"),
        ("completeness", "visit", ""),
        ("completeness", "form", ""),
        ("waterfall", "", ""),
        ("changes", "", ""),
    ],
)
def test_words_on_two_lines_spare_a_small_window_the_scrolling(
    qtbot: QtBot, wide: Page, view: str, choice: str, by: str
) -> None:
    turn(qtbot, wide, view, choice, by)
    wide.resize(735, 500)
    assert sideways(wide) == 0


@pytest.mark.parametrize(
    ("view", "width", "words"),
    [
        ("changes", WIDE, "Primary endpoint: molecular response after cycle 2"),
        ("toxicity", 610, "Cytokine release syndrome"),
        ("flow", 610, "Lack of response 1"),
    ],
)
def test_words_that_name_a_line_are_never_cut(qtbot: QtBot, wide: Page, view: str, width: int, words: str) -> None:
    turn(qtbot, wide, view, by="sex" if view == "changes" else "")
    wide.resize(width, 500)
    QApplication.processEvents()
    cells = wide.content.cells
    table = cells.cells.table
    assert table is not None
    places = [
        (row, column)
        for row in range(len(table.rows))
        for column in range(len(table.columns))
        if words in str(cells.cells.index(row, column).data())
    ]
    assert places
    for row, column in places:
        room = QRect(0, 0, cells.columnWidth(column) - 18, 0)
        text = cells.cells.index(row, column).data()
        needed = cells.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, text)
        assert needed.height() <= cells.rowHeight(row), text


def test_why_there_is_no_estimate_stands_on_two_lines(qtbot: QtBot, wide: Page) -> None:
    turn(qtbot, wide, "survival")
    cells = wide.content.cells
    assert cells.go_to(EVERYBODY, "at_48_months")
    assert cells.currentIndex().data() == "not observed\nso long"


def test_a_column_that_says_nothing_is_not_shown(qtbot: QtBot, wide: Page) -> None:
    turn(qtbot, wide, "survival")
    cells = wide.content.cells
    assert not cells.go_to(EVERYBODY, "p")
    turn(qtbot, wide, "survival", by="ikzf1")
    assert cells.go_to(EVERYBODY, "p")
    assert not cells.go_to(EVERYBODY, "left_out")


def test_the_columns_held_stand_line_by_line_beside_their_numbers(qtbot: QtBot, wide: Page) -> None:
    turn(qtbot, wide, "toxicity")
    for width in (600, 680, 660):  # also where the columns were fitted before
        wide.resize(width, 600)
        QApplication.processEvents()
    cells = wide.content.cells
    assert len({cells.rowHeight(row) for row in range(cells.cells.rowCount())}) > 1
    for row in range(cells.cells.rowCount()):
        index = cells.cells.index(row, 0)
        assert cells.frozen.rowHeight(row) == cells.rowHeight(row)
        held = cells.frozen.viewport().mapTo(cells, cells.frozen.visualRect(index).topLeft())
        assert held == cells.viewport().mapTo(cells, QPoint(0, cells.visualRect(index).top()))


def test_a_number_chosen_with_the_keyboard_never_lies_below_them(qtbot: QtBot, wide: Page) -> None:
    turn(qtbot, wide, "toxicity")
    wide.resize(600, 600)
    cells = wide.content.cells
    for code in ("events_serious", "patients"):
        assert cells.go_to("Any adverse event", code)
    assert cells.visualRect(cells.currentIndex()).left() >= cells.frozen.width() - 1
