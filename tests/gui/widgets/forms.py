"""Opening a form in a test, typing into it, and reading what it says beside a field."""

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gui.widgets.findings import FindingList
from gui.widgets.record_form import RecordForm
from gui.widgets.side_panel import SidePanel
from gui.workspace import Workspace
from models.records import KINDS
from tests.gui.showing import in_front


class Listener(SidePanel):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []

    def show_values(self, values: object) -> None:
        self.heard.append(values)


def form(qtbot: QtBot, workspace: Workspace, patient: int, kind: str = "mrd", **more: object) -> RecordForm:
    made = RecordForm(workspace, KINDS[kind], patient, **more)  # type: ignore[arg-type]
    in_front(qtbot, made)
    return made


def type_into(qtbot: QtBot, made: RecordForm, name: str, text: str) -> None:
    part = made.editor(name).focusProxy()
    assert part is not None
    part.setFocus()
    qtbot.keyClicks(part, text)


def beside(made: RecordForm, name: str) -> str:
    found = made.findChild(FindingList, f"{made.kind.name}_{name}_editor_findings")
    assert found is not None
    return found.text() if found.isVisible() else ""


def banner(made: RecordForm) -> str:
    label = made.findChild(QPushButton, f"{made.kind.name}_failureButton").parent().text  # type: ignore[union-attr]
    return str(label.text())
