"""The adverse events of the whole site."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.pages.adverse_events.page import Page
from gui.pages.adverse_events.presenter import Filter, passing, site_events, unreported
from gui.settings import SettingsFile
from gui.workspace import Target, Workspace
from models.domain.context import Changes, Context
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.records.safety import AdverseEvent
from models.study import Edit, Study
from tests.backup_fixtures import HandClock
from tests.builders import a_patient
from tests.gui.fakes import NotingHost, workspace_of

NOW = datetime(2026, 10, 2, 9, 0, tzinfo=UTC)


def _events() -> list[str]:
    chart = (
        a_patient()
        .event("Fever", 30, 40, grade=2)
        .event("Fatigue", 20, grade=1)
        .event("Lung infection", 10, 15, grade=3, serious=True)
        .chart()
    )
    return [e.term for e in site_events([chart], Desk.ENGLISH)]


def test_what_must_be_reported_comes_first_then_what_goes_on() -> None:
    assert _events() == ["Lung infection", "Fatigue", "Fever"]


def test_of_what_must_be_reported_the_clock_that_ran_out_first_comes_first() -> None:
    chart = a_patient().chart()
    events = []
    for hours in (2, 30, None):
        day, aware = PartialDate.from_date(NOW.date()), NOW - timedelta(hours=hours) if hours else None
        events.append(AdverseEvent(term="Sepsis", version="5.0", began=day, serious=True, aware=aware))
    chart = replace(chart, records={AdverseEvent.kind.name: tuple(events)})
    found = site_events([chart], Desk.ENGLISH)
    words = [event.state(NOW, Desk.ENGLISH) for event in found]
    assert [each and each.short for each in words] == ["clock cannot run", "6 h overdue", "22 h left"]


@pytest.mark.parametrize(
    ("wanted", "terms"),
    [
        (Filter(), ["Lung infection", "Fatigue"]),
        (Filter(least=3), ["Lung infection"]),
        (Filter(serious=True), ["Lung infection"]),
        (Filter(open=True), ["Fatigue"]),
        (Filter("042-017 fat"), ["Fatigue"]),
        (Filter("FATIGUÉ"), ["Fatigue"]),
        (Filter("nothing"), []),
    ],
)
def test_filters_let_through_what_fits(wanted: Filter, terms: list[str]) -> None:
    chart = a_patient().event("Fatigue", 20, grade=1).event("Lung infection", 10, 15, grade=3, serious=True).chart()
    events = site_events([chart], Desk.ENGLISH)
    assert [event.term for event in passing(events, wanted)] == terms
    assert unreported(events) == 1


@pytest.fixture
def workspace(study: Study, patient: int, tmp_path: Path) -> Workspace:
    for term, grade, serious in (("Fatigue", "1", False), ("Lung infection", "3", True)):
        day = PartialDate(2026, 5, 1)
        values = {"term": term, "version": "4.03", "began": day, "serious": serious}
        grades = (Edit("ae_grade", {"since": day, "grade": grade}),)
        study.save(patient, [Edit("adverse_event", values, children=grades)], Context("C. Rossi", "Not known yet"))
    return workspace_of(study, SettingsFile(tmp_path / "settings.json"))


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace) -> Page:
    made = Page(workspace)
    qtbot.addWidget(made)
    made.refresh(None)
    made.show()
    return made


def shown(page: Page) -> list[str]:
    return [row.term for row in page.table.model.rows]


def test_search_and_boxes_narrow_the_list(qtbot: QtBot, page: Page) -> None:
    assert shown(page) == ["Lung infection", "Fatigue"]
    qtbot.keyClicks(page.line.search, "fati")
    assert shown(page) == ["Fatigue"]
    assert page.line.count.text() == "1 of 2"
    page.line.search.clear()
    page.serious.click()
    assert shown(page) == ["Lung infection"]
    page.serious.click()
    page.grade.setCurrentIndex(2)
    assert shown(page) == ["Lung infection"]


def test_the_badge_counts_what_must_be_reported(page: Page, workspace: Workspace) -> None:
    assert isinstance(workspace.host, NotingHost)
    assert workspace.host.badges["adverse_events"] == (1, "urgent")


def test_a_running_clock_is_told_as_it_stands_when_it_is_looked_at(
    qtbot: QtBot, workspace: Workspace, study: Study, patient: int
) -> None:
    study.clock = clock = HandClock(study.clock.now())
    aware = clock.now() - timedelta(hours=15)
    study.save(patient, [Edit("adverse_event", {"aware": aware}, 2)], Context("C. Rossi", "Not known yet"))
    page = Page(workspace)
    qtbot.addWidget(page)
    page.refresh(None)
    state = page.table.model.index(0, 4)
    assert state.data() == "Serious, 9 h left"
    clock.go(hours=2)
    assert state.data() == "Serious, 7 h left"


def test_enter_opens_the_event_at_its_patient(qtbot: QtBot, page: Page, workspace: Workspace, patient: int) -> None:
    page.table.view.selectRow(0)
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    assert isinstance(workspace.host, NotingHost)
    target = workspace.host.targets[-1]
    assert (target.page, target.patient, target.tab) == ("patient", patient, "adverse_events")
    assert target.record is not None
    assert target.record[0] == "adverse_event"


def test_a_change_of_something_else_reads_nothing(page: Page, workspace: Workspace, patient: int) -> None:
    workspace.study.void(patient, "adverse_event", 1, Context("C. Rossi", "Entered twice"))
    page.refresh(Changes(patient, frozenset({"mrd"})))
    assert len(shown(page)) == 2
    page.refresh(Changes(patient, frozenset({"adverse_event"})))
    assert len(shown(page)) == 1


def test_a_filter_that_lets_nothing_through_is_taken_back_from_the_empty_table(page: Page) -> None:
    page.line.search.setText("no such event")
    page.serious.setChecked(True)
    assert (shown(page), page.table.offer.text()) == ([], "Show all events")
    page.table.offer.click()
    assert len(shown(page)) == 2


def test_an_event_is_added_for_a_patient_who_is_asked_for(page: Page, workspace: Workspace) -> None:
    page.add_button.click()
    assert isinstance(workspace.host, NotingHost)
    assert workspace.host.asked == [Target("patient", 0, "adverse_events", ("adverse_event", 0))]
