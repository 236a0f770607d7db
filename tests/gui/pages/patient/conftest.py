"""A patient with a molecular course, and an open study that shows him."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.jobs import Jobs
from gui.pages.patient.page import Page
from gui.settings import SettingsFile
from gui.study_view import StudyView
from gui.widgets.why import WhyPanel
from gui.workspace import Target, Workspace
from models.domain.context import Context
from models.domain.findings import Finding
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.study import Edit, Study
from tests.gui.showing import in_front

BY = Context("C. Rossi")
COURSE = (
    ("D22", "2026-01-30", 4100, 100_000),
    ("D57", "2026-03-06", 36, 40_000),
    ("D85", "2026-04-03", 9, 43_800),
)
"""Visit, day, BCR::ABL1 and ABL1 copies; day 1 is 9 January 2026."""


class Reasons:
    """Answers every question for a reason, and keeps the questions."""

    def __init__(self) -> None:
        self.answer: str | None = "Typing error"
        self.asked: list[tuple[str, tuple[Finding, ...]]] = []

    def __call__(self, parent: QWidget, question: str, findings: Sequence[Finding], workspace: Workspace) -> str | None:
        self.asked.append((question, tuple(findings)))
        return self.answer


def result(visit: str, day: str, target: int, control: int, **more: object) -> Edit:
    values = {
        "visit": visit,
        "collected": PartialDate.from_iso(day),
        "specimen": "BONE MARROW",
        "transcript": "p190",
        "target_copies": Quantity(Decimal(target), "copies"),
        "control_copies": Quantity(Decimal(control), "copies"),
        "laboratory": "Central",
        **more,
    }
    return Edit("mrd", {name: value for name, value in values.items() if value is not None})


def visit(code: str, day: str) -> Edit:
    return Edit("visit", {"code": code, "status": "DONE", "date": PartialDate.from_iso(day)})


@pytest.fixture
def treated(study: Study, patient: int) -> int:
    """The patient of `study_fixtures`, with three visits, their results and a running cycle 1."""
    baseline = result("BL", "2026-01-03", 64_000, 100_000)
    edits = [baseline]
    for code, day, target, control in COURSE:
        edits += [visit(code, day), result(code, day, target, control)]
    edits += [
        Edit("phase", {"phase": "blina-1", "began": PartialDate(2026, 4, 10), "ended": PartialDate(2026, 5, 7)}),
        visit("C1", "2026-05-18"),
    ]
    study.save(patient, edits, Context("C. Rossi", "Checked against the source document"))
    return patient


@pytest.fixture
def reasons() -> Reasons:
    return Reasons()


@pytest.fixture
def view(qtbot: QtBot, study: Study, reasons: Reasons, tmp_path: Path) -> Iterator[StudyView]:
    """The open study, as large as on a ward's screen."""
    settings = SettingsFile(tmp_path / "config" / "settings.json")
    settings.change(theme="light")
    jobs = Jobs()
    made = StudyView(study, jobs, settings, reasons)
    made.resize(1366, 730)
    in_front(qtbot, made)
    yield made
    for window in QApplication.topLevelWidgets():
        if window is not made:
            window.close()


@pytest.fixture
def open_at(view: StudyView) -> Callable[..., Page]:
    """Opens a patient at a tab, or at a record."""

    def open_it(patient: int, tab: str = "", record: tuple[str, int] | None = None, **values: object) -> Page:
        view.show_target(Target("patient", patient, tab, record, values))
        page = view.page
        assert isinstance(page, Page)
        return page

    return open_it


def type_on(qtbot: QtBot, *answers: str) -> None:
    """Type each answer where the cursor is and go on with Tab, as a person does; "" goes on only."""
    for answer in answers:
        at = QApplication.focusWidget()
        assert at is not None
        if answer:
            qtbot.keyClicks(at, answer)
        qtbot.keyClick(QApplication.activePopupWidget() or at, Qt.Key.Key_Tab)


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the cursor is."""
    at = QApplication.focusWidget()
    assert at is not None
    qtbot.keyClick(at, key, modifier)


def answer() -> str:
    """All that the panel says that answers why, and close it."""
    panel = next(w for w in QApplication.topLevelWidgets() if isinstance(w, WhyPanel) and w.isVisible())
    said = " | ".join(each.text() for each in panel.findChildren(QLabel))
    panel.close()
    return said
