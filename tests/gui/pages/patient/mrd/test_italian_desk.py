"""At a desk that writes 12,5 for twelve and a half, no sentence about a result writes it another way."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.pages.patient.page import Page
from gui.study_view import StudyView
from gui.widgets.findings import FindingList
from gui.widgets.why import WhyPanel
from models.domain.notation import Desk
from tests.gui.pages.patient.conftest import type_on
from tests.gui.pages.patient.mrd.test_tab import dialog, side, tab

OpenAt = Callable[..., Page]
_POINT = re.compile(r"\d\.\d")


@pytest.fixture(autouse=True)
def italian(view: StudyView) -> None:
    view.workspace.settings.change(language=Desk.ITALIAN.value)


def test_the_panel_beside_the_form_and_its_why(qtbot: QtBot, open_at: OpenAt, treated: int) -> None:
    open_at(treated, "mrd", ("mrd", 0))
    made = dialog(qtbot)
    type_on(qtbot, "12,5", "45310")
    panel = side(made)
    assert "0,02759 %" in panel.reason.text()
    panel.why.explain()
    opened = panel.why.findChild(WhyPanel)
    assert opened is not None
    said = [each.text() for each in opened.findChildren(QLabel)]
    assert "12,5" in said
    assert not [each for each in (*said, panel.reason.text(), panel.alert.text.text()) if _POINT.search(each)]
    opened.close()
    made.form.discard()


def test_the_doubt_below_the_field(qtbot: QtBot, open_at: OpenAt, treated: int) -> None:
    open_at(treated, "mrd", ("mrd", 0))
    made = dialog(qtbot)
    type_on(qtbot, "12,345", "45310")

    def doubts() -> str:
        return " ".join(each.text() for each in made.form.findChildren(FindingList) if each.isVisible())

    qtbot.waitUntil(lambda: "two ways" in doubts())
    assert "Doubtful: 12,345 BCR::ABL1 copies can be read in two ways: 12,34 copies, or 12" in doubts()
    made.form.discard()


def test_the_reasons_below_the_list(qtbot: QtBot, open_at: OpenAt, treated: int) -> None:
    page = open_at(treated, "mrd")
    said = [each.text() for each in tab(page).reason.findChildren(QLabel)]
    assert any("0,01 %" in each for each in said)
    assert not [each for each in said if _POINT.search(each)]
