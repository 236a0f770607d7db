"""A form in a dialog of its own closes when it is done, and keeps the typing however it is closed."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from gui.widgets.form_draft import draft_key
from gui.widgets.record_dialog import RecordDialog, open_record
from gui.workspace import Workspace
from models.domain.quantities import Quantity
from models.records.treatment import Medication


def opened(qtbot: QtBot, workspace: Workspace, patient: int, **more: object) -> RecordDialog:
    dialog = open_record(workspace, "medication", patient, **more)  # type: ignore[arg-type]
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_the_cursor_stands_in_the_first_field(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    dialog = opened(qtbot, workspace, patient)
    at = QApplication.focusWidget()
    assert at is not None
    assert at.objectName() == "medication_name"
    assert (dialog.windowTitle(), dialog.accessibleName()) == ("Other medication", "Other medication · 042-001")
    dialog.close()


def test_save_and_next_saves_closes_and_asks_for_the_next(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    dialog = opened(qtbot, workspace, patient, offer_next=True)
    dialog.form.editor("name").set_typed("Aciclovir")
    with qtbot.waitSignals([dialog.saved, dialog.next_wanted, dialog.finished], order="none"):
        qtbot.mouseClick(dialog.findChild(QPushButton, "medication_next"), Qt.MouseButton.LeftButton)
    medication = workspace.study.chart(patient).one(Medication)
    assert medication is not None
    assert medication.name == "Aciclovir"


@pytest.mark.parametrize("how", ["escape", "close", "cancel"])
def test_closing_without_saving_keeps_the_typing(qtbot: QtBot, workspace: Workspace, patient: int, how: str) -> None:
    dialog = opened(qtbot, workspace, patient)
    name = dialog.form.editor("name").focusProxy()
    qtbot.keyClicks(name, "Aciclovir")
    with qtbot.waitSignal(dialog.destroyed):
        if how == "escape":
            qtbot.keyClick(name, Qt.Key.Key_Escape)
        elif how == "close":
            dialog.close()
        else:
            qtbot.mouseClick(dialog.findChild(QPushButton, "medication_cancel"), Qt.MouseButton.LeftButton)
    assert (workspace.study.draft(draft_key("medication", patient)) or {})["name"] == "Aciclovir"


def test_a_stored_record_opens_by_its_id(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    first = opened(qtbot, workspace, patient, defaults={"name": "Aciclovir", "dose": Quantity(Decimal(400), "mg")})
    assert first.form.save()
    medication = workspace.study.chart(patient).one(Medication)
    assert medication is not None
    again = opened(qtbot, workspace, patient, record=medication.id)
    assert again.form.editor("dose").value() == Quantity(Decimal(400), "mg")
    again.close()


def test_the_dialog_grows_with_what_the_form_has_to_say(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    dialog = open_record(workspace, "phase", patient)
    qtbot.waitExposed(dialog)
    before = dialog.height()
    assert not dialog.form.save()
    qtbot.waitUntil(lambda: dialog.height() > before)
    dialog.close()


def test_a_dialog_made_smaller_by_hand_stays_small(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    dialog = open_record(workspace, "phase", patient)
    qtbot.waitExposed(dialog)
    QApplication.processEvents()
    whole = dialog.height()
    dialog.resize(dialog.width(), 180)
    QApplication.processEvents()
    assert not dialog.form.save()
    QApplication.processEvents()
    assert dialog.height() < whole
    dialog.close()
