"""The History tab: one patient's trail, by part of the record, kind and field; each line opens its record."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from gui.pages.patient.history.tab import Tab
from gui.pages.patient.page import Page
from gui.study_view import StudyView
from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.study import Edit, Study

BY = Context("C. Rossi", "Typing error")


@pytest.fixture
def history(qtbot: QtBot, study: Study, treated: int, view: StudyView, open_at: Callable[..., Page]) -> Tab:
    visit = study.chart(treated).records["visit"][0]
    study.save(treated, [Edit("visit", {"date": PartialDate(2026, 1, 31)}, visit.id)], BY)
    tab = open_at(treated, "history").tab
    assert isinstance(tab, Tab)
    settle(qtbot, view)
    return tab


def settle(qtbot: QtBot, view: StudyView) -> None:
    qtbot.waitUntil(lambda: not view.workspace.jobs.running)


def whats(tab: Tab) -> list[str]:
    return [row.what for row in tab.list.table.model.rows]


def choose(qtbot: QtBot, view: StudyView, box: QComboBox, words: str) -> None:
    assert box.findText(words) >= 0
    box.setCurrentIndex(box.findText(words))
    settle(qtbot, view)


def test_it_shows_this_patients_trail_newest_first(history: Tab, treated: int) -> None:
    assert whats(history)[0] == "Visit: Date"
    assert {row.patient_id for row in history.list.table.model.rows} == {treated}


def test_it_can_show_only_the_records_of_one_tab(qtbot: QtBot, view: StudyView, history: Tab) -> None:
    choose(qtbot, view, history.part, "Tab MRD")
    assert set(whats(history)) == {"MRD result entered"}


def test_it_can_show_one_field_only(qtbot: QtBot, view: StudyView, history: Tab) -> None:
    assert not history.field.isEnabled()
    choose(qtbot, view, history.kind, "Visit")
    choose(qtbot, view, history.field, "Date")
    rows = history.list.table.model.rows
    assert whats(history)[0] == "Visit: Date"
    assert (rows[0].old, rows[0].new) == ("30 Jan 2026", "31 Jan 2026")
    assert all("Date: " in row.new for row in rows[1:])


def test_the_kinds_offered_are_those_of_the_part(qtbot: QtBot, view: StudyView, history: Tab) -> None:
    choose(qtbot, view, history.part, "Tab Laboratory")
    offered = [history.kind.itemText(place) for place in range(history.kind.count())]
    assert offered == ["Any", "Laboratory value", "Vital signs"]


def test_prints_stand_among_the_events(qtbot: QtBot, view: StudyView, history: Tab, study: Study, treated: int) -> None:
    study.trail.note("visit summary printed", {"visit": "D22", "pages": 1}, treated)
    choose(qtbot, view, history.part, "Prints, signatures and other events")
    assert whats(history) == ["Visit summary printed"]


def test_a_line_opens_its_record(qtbot: QtBot, view: StudyView, history: Tab) -> None:
    qtbot.keyClick(history.list.table.view, Qt.Key.Key_Return)
    page = view.page
    assert isinstance(page, Page)
    assert page.tab is not None
    assert page.tab.objectName() == "tab_visits"
