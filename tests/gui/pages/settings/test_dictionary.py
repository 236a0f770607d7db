"""The import of NCI's workbook."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.official_text import official_term
from gui.pages.settings.dictionary import Section
from gui.settings import SettingsFile
from models.study import Study
from tests.gui.fakes import workspace_of


@pytest.fixture
def section(qtbot: QtBot, study: Study, tmp_path: Path) -> Section:
    made = Section(workspace_of(study, SettingsFile(tmp_path / "config" / "settings.json")))
    qtbot.addWidget(made)
    made.refresh(None)
    made.show()
    return made


def workbook(path: Path) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "CTCAE v6.0"
    grades = [f"Grade {grade}" for grade in range(1, 6)]
    sheet.append(["CTCAE v6.0 SOC", "CTCAE v6.0 Term", *grades, "Definition"])
    sheet.append(["General disorders", "Fever", "official one", "two", "three", "four", "Death", "A disorder"])
    book.save(path)
    return path


def test_an_imported_workbook_is_kept_and_read_from_then_on(section: Section, tmp_path: Path) -> None:
    section.import_workbook(workbook(tmp_path / "ctcae.xlsx"))
    assert "Imported: 1 terms of CTCAE 6.0." in section.message.text.text()
    found = official_term(section.folder, "6.0", "Fever")
    assert found is not None
    assert found.grades[1] == "official one"
    assert "missing in the workbook" in section.remarks.text()


def test_what_is_no_workbook_is_refused_in_a_sentence(section: Section, tmp_path: Path) -> None:
    path = tmp_path / "notes.xlsx"
    path.write_text("not a workbook")
    section.import_workbook(path)
    assert "not an Excel workbook" in section.message.text.text()
    assert official_term(section.folder, "6.0", "Fever") is None
