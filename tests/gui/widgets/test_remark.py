from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.card import Card
from gui.widgets.header import PageHeader, make_button

LONG = "63 enrolled · 5 on treatment · 41 in follow-up · 14 off study"


@pytest.fixture(params=["card", "header"])
def owner(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Card | PageHeader]:
    """A heading with a remark and a button, in a wide page."""
    page = QWidget()
    qtbot.addWidget(page)
    made: Card | PageHeader
    if request.param == "card":
        made = Card("Patients", LONG)
        made.corner.addWidget(make_button("add", "Add a patient"))
    else:
        made = PageHeader("Patients", LONG)
        made.add_button("add", "Add a patient")
    column = QVBoxLayout(page)
    column.addWidget(made)
    column.addStretch(1)
    page.resize(1200, 300)
    page.show()
    qtbot.waitExposed(page)
    yield made
    page.close()  # until here the page is held


def narrow(owner: Card | PageHeader, qtbot: QtBot, width: int) -> None:
    owner.window().resize(width, 300)
    qtbot.wait(20)


def test_a_remark_stands_beside_its_heading_where_it_has_room(owner: Card | PageHeader, qtbot: QtBot) -> None:
    assert owner.remark.whole == ""
    assert owner.remark.width() >= owner.remark.fontMetrics().horizontalAdvance(LONG)
    narrow(owner, qtbot, 420)
    narrow(owner, qtbot, 1200)
    assert owner.remark.whole == ""


def test_where_it_has_none_it_is_whole_below(owner: Card | PageHeader, qtbot: QtBot) -> None:
    before = owner.height()
    narrow(owner, qtbot, 420)
    assert owner.remark.whole == owner.remark.text() == LONG
    assert owner.remark.toolTip() == ""
    assert owner.height() > before
    owner.remark.setText(f"{LONG} · 1 dead")
    qtbot.wait(20)
    assert owner.remark.whole.endswith("1 dead")
    owner.remark.setText("none")
    qtbot.wait(20)
    assert owner.remark.whole == ""
