"""A record dialog says who entered the record, when, and how long after the event."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gui.widgets.history import HistoryDialog
from gui.widgets.record_dialog import RecordDialog, open_record
from gui.workspace import Workspace
from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.study import Edit


def dialog_of(qtbot: QtBot, workspace: Workspace, patient: int, **values: object) -> RecordDialog:
    edit = Edit("visit", {"code": "D22", "status": "DONE", **values})
    [(_, id_)] = workspace.study.save(patient, [edit], Context("C. Rossi", "Out of its window")).records[:1]
    made = open_record(workspace, "visit", patient, id_)
    qtbot.addWidget(made)
    return made


def entered(made: RecordDialog) -> str:
    line = made.findChild(QLabel, "entered")
    assert line is not None
    return str(line.text())


def test_a_late_entry_says_how_late_it_is(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    made = dialog_of(qtbot, workspace, patient, date=PartialDate(2026, 9, 29))
    assert entered(made) == "Entered 2 Oct 2026, 09:00 UTC+01:00 by C. Rossi, 3 days after the event"


def test_an_entry_on_the_day_itself_is_not_called_late(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    made = dialog_of(qtbot, workspace, patient, date=PartialDate(2026, 10, 2))
    assert entered(made) == "Entered 2 Oct 2026, 09:00 UTC+01:00 by C. Rossi"


def test_a_new_record_has_not_been_entered(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    made = open_record(workspace, "visit", patient)
    qtbot.addWidget(made)
    assert made.findChild(QLabel, "entered") is None


def test_the_history_of_the_whole_record_is_one_button_away(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    made = dialog_of(qtbot, workspace, patient, date=PartialDate(2026, 10, 2))
    button = made.findChild(QPushButton, "visit_record_history")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    (history,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, HistoryDialog) and w.isVisible()]
    qtbot.addWidget(history)
    assert history.accessibleName() == "History: Visit · Day 22, 2 Oct 2026 · 042-001"
