"""What a keystroke in the search costs: rows are laid out only where others are found, and painted once."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.pages.patients.roster import Roster
from gui.pages.patients.table import PatientRows, PatientView
from gui.workspace import Workspace
from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.study import Edit, Study
from tests.gui.pages.desk import Keyboard
from tests.gui.pages.patients.test_patients_page import cells, page_of, screened
from tests.gui.pages.patients.test_roster import someone

CURVE = PatientRows.NAMES.index("curve")


class Paintings(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[PatientView]:
    """A table that forty patients do not fit into."""
    model = PatientRows()
    model.roster = Roster([someone(number) for number in range(1, 41)])
    made = PatientView(model)
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    model.show_places(range(40))
    _work()
    yield made
    model.deleteLater()


def _work() -> None:
    """Until nothing waits to be done: a painting may ask for another."""
    for _ in range(3):
        QApplication.processEvents()


def curve(view: PatientView) -> QImage:
    return view.viewport().grab(view.visualRect(view.model().index(0, CURVE))).toImage()


@pytest.mark.parametrize(("before", "after"), [(40, 2), (2, 40), (40, 30)])
def test_rows_are_painted_once_though_the_scroll_bar_comes_or_goes(view: PatientView, before: int, after: int) -> None:
    model = view.model()
    assert isinstance(model, PatientRows)
    model.show_places(range(before))
    _work()
    paintings = Paintings()
    view.viewport().installEventFilter(paintings)
    model.show_places(range(after))
    _work()
    view.viewport().removeEventFilter(paintings)
    assert paintings.count == 1
    assert view.verticalScrollBar().isVisible() == (after > 2)
    widths = sum(view.columnWidth(place) for place in range(len(PatientRows.NAMES)))
    assert view.viewport().width() - len(PatientRows.NAMES) < widths <= view.viewport().width()


def test_a_key_that_finds_the_same_patients_leaves_the_rows_as_they_are(
    bare: Workspace, qtbot: QtBot, study: Study, patient: int, keyboard: Keyboard
) -> None:
    screened(study, 7)
    page = page_of(bare, qtbot)
    qtbot.waitUntil(lambda: keyboard.focus.objectName() == "patients_search")
    laid_out = QSignalSpy(page.model.modelReset)
    keyboard.type("042-0")
    assert (laid_out.count(), cells(page, "number")) == (0, ["042-001", "S042-007"])
    keyboard.type("07")
    assert cells(page, "number") == ["S042-007"]
    assert page.header.remark.text() == "1 of 2"


@pytest.mark.parametrize("chosen", [0, 6])
def test_a_key_that_finds_the_same_patients_goes_back_to_the_first(
    bare: Workspace, qtbot: QtBot, study: Study, patient: int, keyboard: Keyboard, chosen: int
) -> None:
    for number in range(2, 8):
        screened(study, number)
    page = page_of(bare, qtbot)
    page.resize(1150, 260)
    page.view.choose_row(chosen)
    page.view.scrollToBottom()
    page.bar.search.setFocus()
    keyboard.type("0")
    assert page.view.currentIndex().row() == 0
    assert page.view.rowAt(0) == 0


def test_a_saved_result_is_in_the_curve_though_the_same_patients_are_found(
    bare: Workspace, qtbot: QtBot, study: Study, patient: int, keyboard: Keyboard
) -> None:
    def save(day: PartialDate, copies: int) -> None:
        result = {
            "collected": day, "specimen": "BONE MARROW", "transcript": "p190", "lab_category": "positive",
            "target_copies": Quantity(Decimal(copies), "copies"), "control_copies": Quantity(Decimal(40000), "copies"),
        }  # fmt: skip
        bare.changed(study.save(patient, [Edit("mrd", result)], Context("C. Rossi", "Checked")))

    save(PartialDate(2026, 3, 30), 4000)
    page = page_of(bare, qtbot)
    page.resize(1400, 700)
    page.bar.search.setFocus()
    keyboard.type("042")
    qtbot.waitUntil(lambda: cells(page, "class") == ["Positive"])
    one_result = curve(page.view)
    save(PartialDate(2026, 5, 30), 40)
    page.refresh(None)
    assert curve(page.view) != one_result
