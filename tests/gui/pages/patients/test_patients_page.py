"""Finding a patient, seeing where each one stands, opening one."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.pages.patients import page as patients_page
from gui.pages.patients.page import Page
from gui.pages.patients.table import PatientRows
from gui.workspace import Workspace
from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.study import Edit, Study
from tests.gui.fakes import NotingHost
from tests.gui.pages.desk import Keyboard
from tests.gui.showing import in_front

BY = Context("C. Rossi")


def screened(study: Study, number: int) -> int:
    edits = (
        Edit("patient", {"screening_number": f"S042-{number:03d}", "screened": PartialDate(2026, 9, 1), "sex": "M",
                         "age": 30 + number}),
        Edit("identity", {"family_name": f"Verdi{number}"}),
    )  # fmt: skip
    patient = study.screen(edits, BY).patient
    assert patient is not None
    return patient


def page_of(bare: Workspace, qtbot: QtBot) -> Page:
    page = Page(bare)
    page.resize(1150, 700)
    in_front(qtbot, page)
    page.refresh(None)
    return page


def cells(page: Page, column: str) -> list[str]:
    place = PatientRows.NAMES.index(column)
    return [str(page.model.index(row, place).data()) for row in range(page.model.rowCount())]


def test_typing_finds_and_enter_opens_the_only_one(
    bare: Workspace, host: NotingHost, qtbot: QtBot, study: Study, patient: int, keyboard: Keyboard
) -> None:
    screened(study, 7)
    page = page_of(bare, qtbot)
    qtbot.waitUntil(lambda: keyboard.focus.objectName() == "patients_search")
    keyboard.type("042-001")
    assert cells(page, "number") == ["042-001"]
    keyboard.press(Qt.Key.Key_Return)
    assert (host.targets[-1].page, host.targets[-1].patient) == ("patient", patient)


def test_down_goes_from_the_search_into_the_list_and_enter_opens_a_row(
    bare: Workspace, host: NotingHost, qtbot: QtBot, study: Study, patient: int, keyboard: Keyboard
) -> None:
    screened(study, 7)
    page = page_of(bare, qtbot)
    qtbot.waitUntil(lambda: keyboard.focus.objectName() == "patients_search")
    keyboard.press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "…" not in cells(page, "status"))
    keyboard.press(Qt.Key.Key_Down)
    keyboard.press(Qt.Key.Key_Return)
    assert host.targets[-1].page == "enrolment"


def test_derived_cells_fill_in_when_they_come_into_view(
    bare: Workspace, qtbot: QtBot, study: Study, patient: int
) -> None:
    result = {
        "collected": PartialDate(2026, 3, 30),
        "specimen": "BONE MARROW",
        "transcript": "p190",
        "lab_category": "positive",
        "target_copies": Quantity(Decimal(120), "copies"),
        "control_copies": Quantity(Decimal(40000), "copies"),
    }
    study.save(patient, [Edit("mrd", result)], Context("C. Rossi", "Checked"))
    page = page_of(bare, qtbot)
    qtbot.waitUntil(lambda: cells(page, "status") == ["On treatment"])
    assert (cells(page, "class"), cells(page, "since")) == (["Positive"], ["30 Mar 2026"])


def test_a_filter_reads_everybody_and_narrows(bare: Workspace, qtbot: QtBot, study: Study, patient: int) -> None:
    screened(study, 7)
    page = page_of(bare, qtbot)
    page.bar.status.setCurrentIndex(page.bar.status.findData("SCREENING"))
    qtbot.waitUntil(lambda: cells(page, "number") == ["S042-007"])
    page.bar.clear.click()
    assert len(cells(page, "number")) == 2


def test_sorting_by_a_derived_column_reads_everybody(bare: Workspace, qtbot: QtBot, study: Study, patient: int) -> None:
    screened(study, 7)
    page = page_of(bare, qtbot)
    page.view.sortByColumn(PatientRows.NAMES.index("status"), Qt.SortOrder.AscendingOrder)
    qtbot.waitUntil(lambda: cells(page, "status") == ["Screening", "On treatment"])


def test_names_are_searched_and_shown_only_when_asked_for(bare: Workspace, qtbot: QtBot, study: Study) -> None:
    screened(study, 7)
    page = page_of(bare, qtbot)
    page.bar.search.setText("verdi")
    assert page.model.rowCount() == 0
    page.bar.names.setChecked(True)
    assert cells(page, "person") == ["Verdi7, M · 37 y"]


def test_a_name_that_is_corrected_while_names_are_shown_is_the_one_shown_and_found(
    bare: Workspace, qtbot: QtBot, study: Study
) -> None:
    person = screened(study, 7)
    page = page_of(bare, qtbot)
    page.bar.names.setChecked(True)
    identity = study.chart(person).identity
    assert identity is not None
    edit = Edit("identity", {"family_name": "Bruni"}, identity.id)
    bare.changed(study.save(person, [edit], Context("C. Rossi", "Typing error")))
    page.refresh(None)
    assert cells(page, "person") == ["Bruni, M · 37 y"]
    page.bar.search.setText("bruni")
    assert page.model.rowCount() == 1


def test_a_change_is_followed_without_reading_everybody_again(
    bare: Workspace, qtbot: QtBot, study: Study, patient: int
) -> None:
    page = page_of(bare, qtbot)
    new = screened(study, 7)
    bare.changed(study.save(new, [Edit("consent", {"version": "4.0", "signed": PartialDate(2026, 9, 1)})], BY))
    page.refresh(None)
    assert cells(page, "number") == ["042-001", "S042-007"]


def test_whoever_comes_back_from_a_patient_finds_the_list_at_that_patient(
    bare: Workspace, qtbot: QtBot, study: Study
) -> None:
    people = [screened(study, number) for number in range(8)]
    page = page_of(bare, qtbot)
    page.view.choose_row(6)
    bare.changed(study.save(people[6], [Edit("consent", {"version": "4.0", "signed": PartialDate(2026, 9, 1)})], BY))
    page.refresh(None)
    assert page.view.currentIndex().row() == 6


def test_a_big_study_is_read_as_a_job(
    bare: Workspace, qtbot: QtBot, study: Study, patient: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patients_page, "DIRECT_UP_TO", 0)
    page = page_of(bare, qtbot)
    assert page.model.rowCount() == 0
    qtbot.waitUntil(lambda: cells(page, "number") == ["042-001"])


def test_nobody_that_fits_offers_everybody(bare: Workspace, qtbot: QtBot, patient: int) -> None:
    page = page_of(bare, qtbot)
    page.bar.search.setText("no such number")
    button = page.findChild(type(page.enrol_button), "patients_everybody")
    assert button is not None
    assert button.isVisible()
    button.click()
    assert page.model.rowCount() == 1


def test_an_empty_study_offers_the_first_enrolment(bare: Workspace, host: NotingHost, qtbot: QtBot) -> None:
    page = page_of(bare, qtbot)
    button = page.findChild(type(page.enrol_button), "patients_first")
    assert button is not None
    button.click()
    assert host.targets[-1].page == "enrolment"


def test_an_italian_desk_reads_italian_dates(bare: Workspace, qtbot: QtBot, patient: int) -> None:
    bare.settings.change(language="it")
    page = page_of(bare, qtbot)
    qtbot.waitUntil(lambda: "…" not in cells(page, "status"))
    assert any(month in cells(page, "window")[0] for month in ("gen", "feb", "mar", "set", "ott"))
