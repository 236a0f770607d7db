"""What an investigator asks in front of the demo study is answered with a click each; the first opens the page."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.pages.cohort.exhibits import VIEWS
from gui.pages.cohort.page import Page
from tests.gui.pages.cohort.conftest import listed, rows, settle, turn


def click_tab(qtbot: QtBot, page: Page, name: str) -> None:
    place = next(number for number, view in enumerate(VIEWS) if view.name == name)
    qtbot.mouseClick(page.tabs, Qt.MouseButton.LeftButton, pos=page.tabs.tabRect(place).center())
    settle(qtbot, page)


def test_the_five_questions_take_five_clicks(qtbot: QtBot, page: Page) -> None:
    # 1: the page opens on the response
    (after_two,) = (row for row in rows(page) if "After cycle 2" in row)
    assert "33" in after_two

    # 2: who they are
    cells = page.content.cells
    assert cells.go_to("all patients/C2", "response")
    place = cells.visualRect(cells.currentIndex()).center()
    qtbot.mouseClick(cells.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(listed(page)) == 33

    # 3: how IKZF1plus does
    click_tab(qtbot, page, "survival")
    assert "IKZF1plus" in [row[0] for row in rows(page)]

    # 4: whether we are inside the safety boundary
    click_tab(qtbot, page, "boundary")
    assert page.shown is not None
    assert page.shown.cohort.monitoring[0].state.startswith("Inside the boundary: ")

    # 5: what changed since the last cut
    click_tab(qtbot, page, "changes")
    assert page.shown.changes
    assert "held against Safety board" in page.controls.remark.text()


def test_survival_is_divided_by_the_ikzf1_class_until_somebody_chooses(qtbot: QtBot, page: Page) -> None:
    click_tab(qtbot, page, "survival")
    assert page.controls.by == "ikzf1"
    page.controls.groups.setCurrentIndex(page.controls.groups.findData("sex"))
    settle(qtbot, page)
    click_tab(qtbot, page, "response")
    assert page.controls.by == "sex"
    click_tab(qtbot, page, "survival")
    assert page.controls.by == "sex"


def test_another_endpoint_leaves_the_subgroups_of_the_other_tabs_alone(qtbot: QtBot, page: Page) -> None:
    click_tab(qtbot, page, "survival")
    page.controls.choice.setCurrentIndex(page.controls.choice.findData("OS"))
    settle(qtbot, page)
    assert page.controls.by == "ikzf1"
    click_tab(qtbot, page, "response")
    assert page.controls.by == ""


def test_subgroups_that_were_asked_for_stay_when_the_tab_is_turned(qtbot: QtBot, page: Page) -> None:
    turn(qtbot, page, "response", by="age")
    click_tab(qtbot, page, "survival")
    assert page.controls.by == "age"
