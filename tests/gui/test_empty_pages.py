"""What stands where nothing is recorded yet: what belongs there, and one button that puts the first one there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.application import Application
from gui.pages.patient.tab import TABS
from gui.study_view import StudyView
from gui.widgets.empty import Empty
from gui.widgets.header import Button
from gui.workspace import Target
from models.domain.clock import FixedClock
from models.study import Study
from tests.gui.pages.desk import view_of
from tests.gui.signing_in import opened
from tests.study_fixtures import BY

PAGES = ("today", "patients", "adverse_events", "queries", "cohort")


def sit_down(at_start: Application, study: Study, clock: FixedClock, login: str = BY.actor) -> StudyView:
    study.close()
    at_start.admit(opened(study.path, clock, login))
    return view_of(at_start)


def offered(qtbot: QtBot, view: StudyView, target: Target) -> list[Button]:
    """The buttons of all empty places of a page that stand on the screen."""
    view.show_target(target)
    page = view.page
    assert page is not None
    qtbot.waitUntil(lambda: not view.workspace.jobs.running, timeout=30_000)
    QApplication.sendPostedEvents()
    return [empty.button for empty in page.findChildren(Empty) if not empty.button.visibleRegion().isEmpty()]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_a_new_study_offers_to_enrol_the_first_patient(
    at_start: Application, study: Study, clock: FixedClock, qtbot: QtBot, page: str
) -> None:
    view = sit_down(at_start, study, clock)
    (button,) = offered(qtbot, view, Target(page))
    assert button.text() == button.accessibleName() == "Enrol a patient"
    button.click()
    assert view.target.page == "enrolment"


@pytest.mark.parametrize("page", PAGES)
def test_who_may_not_enrol_is_told_who_may(
    at_start: Application, study: Study, clock: FixedClock, qtbot: QtBot, page: str
) -> None:
    (button,) = offered(qtbot, sit_down(at_start, study, clock, "M. Neri"), Target(page))
    assert not button.isEnabled()
    assert "may not enter or correct data" in button.toolTip()


@pytest.mark.parametrize("page", PAGES)
def test_what_is_offered_is_in_view_on_a_magnified_screen(
    at_start: Application, study: Study, clock: FixedClock, qtbot: QtBot, page: str
) -> None:
    at_start.window.resize(683, 384)
    (button,) = offered(qtbot, sit_down(at_start, study, clock), Target(page))
    qtbot.waitUntil(lambda: button.visibleRegion().boundingRect() == button.rect())


@pytest.mark.parametrize("page", ["adverse_events", "queries"])
def test_where_patients_have_nothing_of_the_sort_one_of_them_is_to_be_chosen(
    at_start: Application, study: Study, patient: int, clock: FixedClock, qtbot: QtBot, page: str
) -> None:
    view = sit_down(at_start, study, clock)
    (button,) = offered(qtbot, view, Target(page))
    assert button.text() == "Choose the patient"
    button.click()
    panel = at_start.window.palette_panel
    assert panel.titles == ["042-001"]
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    assert view.patient == patient


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("mrd", "Add MRD result"),
        ("adverse_events", "Add adverse event"),
        ("laboratory", "Enter values"),
        ("documents", "Add a document"),
        ("treatment", "Add dose"),
    ],
)
def test_a_tab_of_a_patient_offers_its_first_record(
    at_start: Application, study: Study, patient: int, clock: FixedClock, qtbot: QtBot, tab: str, words: str
) -> None:
    view = sit_down(at_start, study, clock)
    buttons = offered(qtbot, view, Target("patient", patient, tab))
    assert words in {button.text() for button in buttons}
    assert all(button.isEnabled() for button in buttons)


@pytest.mark.parametrize("tab", [tab.name for tab in TABS])
def test_nothing_is_offered_on_a_tab_to_who_may_only_read(
    at_start: Application, study: Study, patient: int, clock: FixedClock, qtbot: QtBot, tab: str
) -> None:
    buttons = offered(qtbot, sit_down(at_start, study, clock, "M. Neri"), Target("patient", patient, tab))
    assert [button.text() for button in buttons if button.isEnabled() or not button.toolTip()] == []
