"""Saving a list from its page: what is in the file, what the page says of it, and what the trail keeps."""

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui import saving
from gui.settings import SettingsFile
from gui.workspace import Workspace
from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.study import Edit, Study
from tests import workbooks
from tests.gui.fakes import workspace_of
from tests.study_fixtures import SitDown, sit_down

__all__ = ["sit_down"]


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Every place asked for is given, in a folder of the test; the names offered."""
    offered: list[str] = []

    def give(_parent: QWidget, _title: str, name: str, _kind: str) -> Path:
        offered.append(name)
        return tmp_path / name

    monkeypatch.setattr(saving, "ask_where", give)
    return offered


def settle(qtbot: QtBot, workspace: Workspace) -> None:
    qtbot.waitUntil(lambda: not workspace.jobs.running)


def opened(qtbot: QtBot, workspace: Workspace, name: str) -> QWidget:
    from importlib import import_module

    page: QWidget = import_module(f"gui.pages.{name}.page").Page(workspace)
    qtbot.addWidget(page)
    page.refresh(None)  # type: ignore[attr-defined] # every page can
    settle(qtbot, workspace)
    return page


def press(page: QWidget, name: str) -> None:
    entry = page.findChild(QAction, name)
    assert entry is not None, [action.objectName() for action in page.findChildren(QAction)]
    entry.trigger()


def an_event(study: Study, patient: int, term: str, grade: str) -> None:
    day = PartialDate(2026, 5, 1)
    grades = (Edit("ae_grade", {"since": day, "grade": grade}),)
    values = {"term": term, "version": "4.03", "began": day, "serious": False, "comment": "=cmd|' /C calc'!A0"}
    study.save(patient, [Edit("adverse_event", values, children=grades)], Context("C. Rossi", "Not known yet"))


def test_the_events_that_fit_are_saved_as_a_workbook(
    qtbot: QtBot, bare: Workspace, patient: int, answered: list[str], tmp_path: Path
) -> None:
    for term, grade in (("Fatigue", "1"), ("Lung infection", "3")):
        an_event(bare.study, patient, term, grade)
    page = opened(qtbot, bare, "adverse_events")
    page.line.search.setText("lung")  # type: ignore[attr-defined]
    press(page, "site_events_export_menu_adverse_events_xlsx")
    settle(qtbot, bare)
    [name] = answered
    assert name == f"adverse-events-{bare.study.today.isoformat()}.xlsx"
    [line] = workbooks.lines(tmp_path / name)
    assert (line["Adverse event"], line["Worst grade"]) == ("Lung infection", 3)
    assert line["Comment"] == "=cmd|' /C calc'!A0"
    assert page.result.text.text() == f"1 line written to {tmp_path / name}"  # type: ignore[attr-defined]


def test_the_queries_that_fit_are_saved_with_every_step(
    qtbot: QtBot, sit_down: SitDown, patient: int, desk_settings: SettingsFile, answered: list[str], tmp_path: Path
) -> None:
    monitor = sit_down("M. Neri")
    for question in ("58 or 59?", "Which?"):
        monitor.review.ask(patient, "patient", patient, "age", question, "coordinator")
    workspace = workspace_of(sit_down("C. Rossi"), desk_settings)
    page = opened(qtbot, workspace, "queries")
    page.line.search.setText("Which")  # type: ignore[attr-defined]
    press(page, "queries_export_menu_queries_xlsx")
    settle(qtbot, workspace)
    [line] = workbooks.lines(tmp_path / answered[0])
    assert (line["Patient"], line["Field"]) == ("042-001", "Age at consent")
    assert (line["By"], line["Words"]) == ("M. Neri", "Which?")


@pytest.mark.parametrize(("what", "columns"), [("patients", "Last class"), ("MRD_results", "Ratio percent")])
def test_patients_and_their_results_are_saved_without_who_they_are(
    qtbot: QtBot, bare: Workspace, patient: int, answered: list[str], tmp_path: Path, what: str, columns: str
) -> None:
    result = {"collected": PartialDate(2026, 3, 30), "specimen": "BONE MARROW", "transcript": "p190"}
    bare.study.save(patient, [Edit("mrd", result)], Context("C. Rossi", "The report has no copies"))
    name = Edit("identity", {"family_name": "Zanardi-Test"}, 1)
    bare.study.save(patient, [name], Context("C. Rossi", "Typing error"))
    page = opened(qtbot, bare, "patients")
    press(page, f"patients_export_menu_{what}_xlsx")
    settle(qtbot, bare)
    [line] = workbooks.lines(tmp_path / answered[0])
    assert columns in line
    assert "042-001" in line.values()
    assert "Zanardi-Test" not in str(line)


def test_the_trail_says_which_list_was_saved(qtbot: QtBot, bare: Workspace, patient: int, answered: list[str]) -> None:
    press(opened(qtbot, bare, "patients"), "patients_export_menu_patients_csv")
    settle(qtbot, bare)
    assert bare.study.trail.lines(limit=1)[0].details == {
        "what": "Patients",
        "lines": 1,
        "as": "csv",
        "file": answered[0],
    }


def test_a_place_that_cannot_be_written_is_said_in_the_page(
    qtbot: QtBot, bare: Workspace, patient: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(saving, "ask_where", lambda *_: tmp_path / "absent" / "list.xlsx")
    page = opened(qtbot, bare, "patients")
    press(page, "patients_export_menu_patients_xlsx")
    settle(qtbot, bare)
    assert "cannot be written" in page.result.text.text()  # type: ignore[attr-defined]


def test_nothing_is_written_where_no_place_is_given(
    qtbot: QtBot, bare: Workspace, patient: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "ask_where", lambda *_: None)
    press(opened(qtbot, bare, "patients"), "patients_export_menu_patients_xlsx")
    assert not bare.jobs.running
