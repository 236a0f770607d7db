"""A kind of record is reviewed, added to, withdrawn from, and its history read, from its declaration alone."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gui.widgets.history import HistoryDialog
from gui.widgets.record_dialog import RecordDialog
from gui.widgets.record_list import RecordList
from gui.workspace import Workspace
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records import KINDS
from models.records.treatment import Medication
from models.study import Context, Edit
from tests.gui.widgets.conftest import Person

BY = Context("A. Bianchi")


@pytest.fixture
def medications(qtbot: QtBot, workspace: Workspace, patient: int) -> RecordList:
    for name, dose, began in (("Aciclovir", "400", PartialDate(2026, 1, 9)), ("Calcium", "1000", PartialDate(2025))):
        values = {"name": name, "dose": Quantity(Decimal(dose), "mg"), "began": began}
        workspace.study.save(patient, [Edit("medication", values)], BY)
    made = RecordList(workspace, KINDS["medication"], ("name", "dose", "began"))
    qtbot.addWidget(made)
    made.show_chart(workspace.study.chart(patient))
    made.resize(700, 300)
    made.show()
    return made


def press(qtbot: QtBot, made: RecordList, name: str) -> None:
    button = made.findChild(QPushButton, f"medication_list_{name}")
    assert button is not None
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(made: RecordList, name: str) -> Medication:
    record = next(row for row in made.table.model.rows if row.name == name)
    made.table.choose(record)
    assert isinstance(record, Medication)
    return record


def window(kind: type) -> object:
    return next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible())


def test_the_columns_show_the_declared_fields_as_the_desk_writes_them(medications: RecordList) -> None:
    model = medications.table.model
    rows = [[column.text(row) for column in model.columns] for row in model.rows]
    assert ["Aciclovir", "400 mg", "9 Jan 2026"] in rows
    assert ["Calcium", "1000 mg", "2025"] in rows


def test_doses_are_ordered_by_size(medications: RecordList) -> None:
    medications.table.model.sort(1)
    assert [row.name for row in medications.table.model.rows] == ["Aciclovir", "Calcium"]


def test_nothing_can_be_withdrawn_before_a_record_is_chosen(medications: RecordList) -> None:
    button = medications.findChild(QPushButton, "medication_list_withdraw")
    assert button is not None
    assert not button.isEnabled()


def test_a_record_is_withdrawn_with_a_reason_and_named_in_the_question(
    qtbot: QtBot, medications: RecordList, workspace: Workspace, patient: int, person: Person
) -> None:
    person.reason = "Entered twice"
    choose(medications, "Calcium")
    press(qtbot, medications, "withdraw")
    assert "Calcium, 1000 mg" in person.asked[0][0]
    assert [m.name for m in workspace.study.chart(patient).of(Medication)] == ["Aciclovir"]
    assert [changes.kinds for changes in person.broadcast] == [frozenset({"medication"})]


def test_a_record_stays_when_no_reason_is_given(
    qtbot: QtBot, medications: RecordList, workspace: Workspace, patient: int, person: Person
) -> None:
    person.reason = None
    choose(medications, "Calcium")
    press(qtbot, medications, "withdraw")
    assert len(workspace.study.chart(patient).of(Medication)) == 2


def test_enter_opens_the_form_of_the_record(qtbot: QtBot, medications: RecordList) -> None:
    record = choose(medications, "Aciclovir")
    qtbot.keyClick(medications.table.view, Qt.Key.Key_Return)
    dialog = window(RecordDialog)
    assert isinstance(dialog, RecordDialog)
    assert dialog.form.record == record
    dialog.close()


def test_the_history_names_who_changed_what_and_why(
    qtbot: QtBot, medications: RecordList, workspace: Workspace, patient: int
) -> None:
    record = choose(medications, "Aciclovir")
    change = Edit("medication", {"dose": Quantity(Decimal(800), "mg")}, record.id)
    workspace.study.save(patient, [change], Context("C. Rossi", "Typing error"))
    press(qtbot, medications, "history")
    dialog = window(HistoryDialog)
    assert isinstance(dialog, HistoryDialog)
    model = dialog.table.model
    assert [column.text(model.rows[0]) for column in model.columns][1:] == [
        "C. Rossi", "Dose", "400 mg", "800 mg", "Typing error",
    ]  # fmt: skip
    dialog.close()


def test_an_empty_list_offers_the_first_record(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    made = RecordList(workspace, KINDS["history"], ("term", "began"))
    qtbot.addWidget(made)
    made.show_chart(workspace.study.chart(patient))
    made.show()
    offer = made.findChild(QPushButton, "history_table_offer")
    assert offer is not None
    assert offer.text() == "Add medical history"
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    dialog = window(RecordDialog)
    assert isinstance(dialog, RecordDialog)
    dialog.close()


def test_withdrawn_records_are_shown_on_demand_with_reason_person_and_time(
    qtbot: QtBot, medications: RecordList, workspace: Workspace, patient: int, person: Person
) -> None:
    toggle = medications.findChild(QPushButton, "medication_list_withdrawn")
    assert toggle is not None
    assert not toggle.isVisible()
    record = choose(medications, "Calcium")
    workspace.study.void(patient, "medication", record.id, Context("C. Rossi", "Entered twice"))
    medications.show_chart(workspace.study.chart(patient))
    assert not medications.withdrawn.isVisible()
    press(qtbot, medications, "withdrawn")
    held, said = (each for each in medications.withdrawn.findChildren(QLabel) if each.isVisible())
    assert held.text() == "Calcium · 1000 mg · 2025"
    assert held.property("withdrawn") is True
    assert said.text() == "Withdrawn 2 Oct 2026, 09:00 UTC+01:00 by C. Rossi: Entered twice"
    assert toggle.text() == "Hide withdrawn"
    press(qtbot, medications, "withdrawn")
    assert not medications.withdrawn.isVisible()


def test_the_history_of_a_withdrawn_record_opens_from_its_line(
    qtbot: QtBot, medications: RecordList, workspace: Workspace, patient: int
) -> None:
    record = choose(medications, "Calcium")
    workspace.study.void(patient, "medication", record.id, Context("C. Rossi", "Entered twice"))
    medications.show_chart(workspace.study.chart(patient))
    press(qtbot, medications, "withdrawn")
    button = medications.findChild(QPushButton, f"medication_withdrawn_{record.id}")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = window(HistoryDialog)
    assert isinstance(dialog, HistoryDialog)
    assert dialog.table.model.rows[0].reason == "Entered twice"
    dialog.close()
