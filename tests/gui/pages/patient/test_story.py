"""The main story, with the keyboard alone: find the patient, type the result, see the class, save, print."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.application import Application
from gui.pages.patient.mrd.side import MrdSide
from gui.pages.patient.overview.tab import Tab
from gui.pages.patient.page import Page
from gui.pages.print.preview import PrintPreview
from gui.settings import SettingsFile
from gui.widgets.record_dialog import RecordDialog
from models.domain.clock import FixedClock
from models.study import Study
from tests.gui.pages.patient.conftest import press, type_on
from tests.gui.showing import in_front
from tests.gui.signing_in import signed_in

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def application(qtbot: QtBot, tmp_path: Path, clock: FixedClock, study: Study, treated: int) -> Iterator[Application]:
    study.close()
    settings = SettingsFile(tmp_path / "config" / "settings.json")
    settings.change(theme="light")
    made = signed_in(study.path, clock, settings)
    made.window.resize(1366, 768)
    in_front(qtbot, made.window)
    yield made
    for window in QApplication.topLevelWidgets():
        if window is not made.window:
            window.close()
    made.jobs.wait(5)
    made.close_study()


def opened(qtbot: QtBot, kind: type) -> object:
    """The dialog of that type, once it takes keys."""
    qtbot.waitUntil(lambda: any(isinstance(w, kind) and w.isVisible() for w in QApplication.topLevelWidgets()))
    found = next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())
    found.activateWindow()
    qtbot.waitUntil(found.isActiveWindow)
    return found


def test_from_the_find_box_to_the_printed_summary(qtbot: QtBot, application: Application) -> None:
    window = application.window
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(window.palette_panel.line, "042-001")
    qtbot.keyClick(window.palette_panel.line, Qt.Key.Key_Return)
    assert window.view is not None
    page = window.view.page
    assert isinstance(page, Page)
    assert isinstance(page.tab, Tab)
    page.tab.curve.canvas.grab()
    before = [hit for hit in page.tab.curve.canvas.hits if hit.kind == "mrd"]

    qtbot.keyClick(window, Qt.Key.Key_M, CONTROL)
    dialog = opened(qtbot, RecordDialog)
    assert isinstance(dialog, RecordDialog)
    type_on(qtbot, "0", "45310")
    side = dialog.findChild(MrdSide)
    assert side is not None
    assert side.pill.text() == "Complete molecular response"
    with qtbot.waitSignal(dialog.saved):
        press(qtbot, Qt.Key.Key_Return, CONTROL)

    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert page.header.pills[0].text() == "Complete molecular response since day 130"
    qtbot.keyClick(window, Qt.Key.Key_1, CONTROL)
    page.tab.curve.canvas.grab()
    after = [hit for hit in page.tab.curve.canvas.hits if hit.kind == "mrd"]
    assert len(after) == len(before) + 1

    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL)
    preview = opened(qtbot, PrintPreview)
    assert isinstance(preview, PrintPreview)
    assert preview.visit.currentText() == "After cycle 1, 18 May 2026"
    assert preview.paper.count
    with qtbot.waitSignal(preview.finished):
        press(qtbot, Qt.Key.Key_Escape)
