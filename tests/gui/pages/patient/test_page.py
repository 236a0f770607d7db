"""The frame of the patient page: head, tabs, the menu of what can be recorded."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.actions import RECORDS
from gui.pages.patient.page import Page
from gui.pages.patient.tab import TABS, tab_of
from gui.study_view import StudyView
from gui.widgets.gone_dialog import GoneDialog
from gui.workspace import Target
from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.services.about import ASKABLE
from models.study import Edit, Study
from tests.gui.pages.patient.conftest import BY, Reasons, answer, press

OpenAt = Callable[..., Page]


def made(page: Page) -> set[str]:
    return {tab.name for tab in TABS if page.findChild(QWidget, f"frame_tab_{tab.name}")}


def test_the_head_says_who_it_is_and_where_the_patient_stands(open_at: OpenAt, treated: int) -> None:
    header = open_at(treated).header
    assert header.number.text() == "042-001"
    assert header.facts.text() == "F · 58 y · p190 ·"
    assert [pill.text() for pill in header.pills] == ["MRD positive since day −6", "After blinatumomab cycle 1"]


def test_the_response_in_the_head_answers_why_by_key(qtbot: QtBot, open_at: OpenAt, treated: int) -> None:
    why = open_at(treated).header.response_why
    why.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    said = answer()
    for part in ("MRD positive since day −6", "3 Apr 2026, decides", "bone marrow", "Rule D-ALBA, version 1"):
        assert part in said


def test_only_the_tab_in_view_is_made(open_at: OpenAt, treated: int) -> None:
    page = open_at(treated)
    assert made(page) == {"overview"}
    page.show_tab("mrd")
    assert made(page) == {"overview", "mrd"}


@pytest.mark.parametrize(("key", "name"), [(Qt.Key.Key_2, "visits"), (Qt.Key.Key_3, "mrd")])
def test_control_and_a_digit_open_a_tab(
    qtbot: QtBot, open_at: OpenAt, treated: int, view: StudyView, key: Qt.Key, name: str
) -> None:
    page = open_at(treated)
    qtbot.keyClick(view, key, Qt.KeyboardModifier.ControlModifier)
    assert page.tab is not None
    assert page.tab.objectName() == f"tab_{name}"


def test_a_tab_follows_a_change_when_it_is_shown_next(open_at: OpenAt, treated: int, view: StudyView) -> None:
    page = open_at(treated, "visits")
    page.show_tab("overview")
    view.workspace.changed(
        view.workspace.study.save(
            treated, [Edit("visit", {"code": "C1D1", "status": "DONE", "date": PartialDate(2026, 4, 10)})], BY
        )
    )
    page.show_tab("visits")
    assert "10 Apr 2026" in [row.date for row in page.tab.table.model.rows]  # type: ignore[union-attr]


def test_a_change_of_another_patient_is_not_read(open_at: OpenAt, treated: int) -> None:
    page = open_at(treated)
    before = page.chart
    page.refresh(type("Changes", (), {"patient": treated + 1})())
    assert page.chart is before


def test_another_patient_opens_at_the_overview(open_at: OpenAt, treated: int, study: Study) -> None:
    open_at(treated, "mrd")
    values = {"screening_number": "S042-002", "screened": PartialDate(2026, 9, 1), "sex": "M", "age": 44}
    other = study.screen([Edit("patient", values)], BY).patient
    page = open_at(other)
    assert page.header.number.text() == "S042-002"
    assert page.tab is not None
    assert page.tab.objectName() == "tab_overview"


def test_a_record_opens_in_the_tab_of_its_kind_whatever_tab_was_named(open_at: OpenAt, treated: int) -> None:
    page = open_at(treated, "overview", ("mutation", 0))
    assert page.tab is not None
    assert page.tab.objectName() == "tab_mrd"


def test_every_kind_of_the_menu_and_every_kind_that_can_be_asked_about_has_a_tab() -> None:
    assert all(tab_of(kind) for kind in {*(action.kind for action in RECORDS), *ASKABLE})


def test_patients_leads_back_to_the_list(qtbot: QtBot, open_at: OpenAt, treated: int, view: StudyView) -> None:
    page = open_at(treated)
    back = page.findChild(QPushButton, "patientList")
    assert back is not None
    back.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert view.target == Target("patients")


def test_the_page_needs_no_more_width_than_a_ward_screen_at_double_scale(
    open_at: OpenAt, treated: int, reasons: Reasons
) -> None:
    page = open_at(treated)
    for tab in ("overview", "visits", "mrd"):
        page.show_tab(tab)
    page.window().resize(683, 350)
    assert page.minimumSizeHint().width() <= 683 - 60


def test_a_record_that_was_withdrawn_opens_as_what_it_is(
    open_at: OpenAt, treated: int, study: Study, view: StudyView
) -> None:
    result = study.chart(treated).records["mrd"][-1].id
    study.void(treated, "mrd", result, Context("C. Rossi", "Entered twice"))
    open_at(treated, "", ("mrd", result))
    assert view.window().findChild(GoneDialog, "gone_dialog") is not None
