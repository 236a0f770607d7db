"""Every small dialog that is typed into keeps the typing until its question is answered."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from gui.pages.accounts.dialogs import CreateDialog, NameDialog
from gui.pages.accounts.training import TrainingDialog
from gui.pages.cohort.cut_dialogs import CutDialog
from gui.pages.enrolment.failure import FailureDialog
from gui.pages.patient.documents.add_dialog import AddDialog
from gui.settings import SettingsFile
from gui.widgets.editors.editor import Editor
from gui.widgets.redact_dialog import RedactDialog, Removable
from gui.workspace import Workspace
from models.domain.clock import FixedClock
from models.study import Study
from tests.gui.fakes import workspace_of
from tests.gui.showing import in_front
from tests.study_fixtures import open_as

Opening = Callable[[Workspace, int, QDialog], QDialog]
OF_A_LINE = Removable(3, 1, "consent", 1, (("comment", "Comment"),), "")


def failure(workspace: Workspace, _patient: int, parent: QDialog) -> QDialog:
    return FailureDialog(workspace, "S042-001", "", parent)


def document(workspace: Workspace, patient: int, parent: QDialog) -> QDialog:
    return AddDialog(workspace, workspace.study.chart(patient), parent=parent)


def cut(workspace: Workspace, _patient: int, parent: QDialog) -> QDialog:
    return CutDialog(workspace, parent)


def redaction(workspace: Workspace, _patient: int, parent: QDialog) -> QDialog:
    return RedactDialog(workspace, OF_A_LINE, parent)


def training(workspace: Workspace, _patient: int, parent: QDialog) -> QDialog:
    return TrainingDialog(workspace, workspace.study.accounts.lines(), parent)


def account(workspace: Workspace, _patient: int, parent: QDialog) -> QDialog:
    return CreateDialog(workspace, parent)


def printed_name(workspace: Workspace, _patient: int, parent: QDialog) -> QDialog:
    return NameDialog(workspace, workspace.study.accounts.lines()[1], parent)


@pytest.mark.parametrize(
    ("login", "opening", "name"),
    [
        ("C. Rossi", failure, "screen_failure_reason"),
        ("C. Rossi", document, "document_title"),
        ("C. Rossi", cut, "cohort_cut_comment"),
        ("I. Bianchi", redaction, "redact_why"),
        ("A. Verdi", training, "newTraining_comment"),
        ("A. Verdi", account, "newAccount_User"),
        ("A. Verdi", account, "newAccount_Name"),
        ("A. Verdi", printed_name, "correctName_name"),
    ],
)
def test_what_was_typed_comes_back_until_the_dialog_has_done_its_work(
    qtbot: QtBot, study: Study, clock: FixedClock, tmp_path: Path, patient: int, login: str, opening: Opening, name: str
) -> None:
    study.close()
    settings = SettingsFile(tmp_path / "settings.json")
    owner = QDialog()
    qtbot.addWidget(owner)

    def opened() -> tuple[QDialog, Editor]:
        dialog = opening(workspace_of(sitting, settings), patient, owner)
        in_front(qtbot, dialog)
        editor = dialog.findChild(Editor, name) or dialog.findChild(Editor, f"{name}_editor")
        assert editor is not None
        return dialog, editor

    with open_as(study.path, clock, login) as sitting:
        dialog, editor = opened()
        before = editor.typed()
        qtbot.keyClicks(editor.focusProxy(), "Some words")
        typed = editor.typed()
        assert typed != before
        dialog.reject()
        assert sitting.drafts() == ()
    with open_as(study.path, clock, login) as sitting:
        dialog, editor = opened()
        assert editor.typed() == typed
        dialog.accept()
        assert opened()[1].typed() == before


def test_of_a_new_account_everything_comes_back_but_the_password(
    qtbot: QtBot, study: Study, clock: FixedClock, tmp_path: Path
) -> None:
    study.close()
    settings = SettingsFile(tmp_path / "settings.json")
    with open_as(study.path, clock, "A. Verdi") as sitting:
        owner = QDialog()
        qtbot.addWidget(owner)
        dialog = CreateDialog(workspace_of(sitting, settings), owner)
        in_front(qtbot, dialog)
        dialog.role.set_value("monitor")
        dialog.fields.printed.set_typed("Giulia Blu")
        for secret in (dialog.fields.pair.first, dialog.fields.pair.again):
            qtbot.keyClicks(secret.line, "never to be kept")
        qtbot.keyClicks(dialog.fields.user.line, "g.blu")
        qtbot.waitUntil(lambda: sitting.draft("account") is not None)  # nobody closes the dialog: it is killed
        kept = sitting.draft("account")
        assert kept is not None
        assert not any("never" in text for text in kept.values())
    with open_as(study.path, clock, "A. Verdi") as sitting:
        again = CreateDialog(workspace_of(sitting, settings), owner)
        in_front(qtbot, again)
        came_back = again.role.value(), again.fields.user.typed(), again.fields.printed.typed()
        assert came_back == ("monitor", "g.blu", "Giulia Blu")
        assert again.fields.pair.password == ""
