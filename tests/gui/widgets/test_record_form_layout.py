"""How a form is laid out: columns, order, room for what it says, and nothing left behind."""

import gc
import weakref

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.widgets.child_table import Children
from gui.widgets.field_grid import FieldGrid
from gui.widgets.findings import FindingList
from gui.widgets.record_form import RecordForm
from gui.workspace import Workspace
from models.records import KINDS
from tests.gui.widgets.forms import Listener, beside, form


def test_fields_stand_in_two_columns_only_where_there_is_room(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    made = form(qtbot, workspace, patient, "mrd", columns=2)
    grid = made.findChild(FieldGrid)
    assert grid is not None
    seen = []
    for width in (1100, 560):
        made.resize(width, 500)
        QApplication.processEvents()
        seen.append(grid.columns)
        assert grid.width() <= made.width()
    assert seen == [2, 1]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_record_fits_a_narrow_window(qtbot: QtBot, workspace: Workspace, patient: int, kind: str) -> None:
    made = form(qtbot, workspace, patient, kind)
    assert made.minimumSizeHint().width() <= 560
    grid = made.findChild(FieldGrid)
    assert grid is not None
    assert grid.minimumSizeHint().width() <= 540


def test_tab_goes_through_the_fields_in_the_order_of_declaration(
    qtbot: QtBot, workspace: Workspace, patient: int
) -> None:
    made = form(qtbot, workspace, patient, "sample")
    made.focus_first()
    seen = []
    for _ in KINDS["sample"].fields:
        at = QApplication.focusWidget()
        assert at is not None
        seen.append(at.objectName())
        qtbot.keyClick(at, Qt.Key.Key_Tab)
    assert seen == [f"sample_{name}" for name in KINDS["sample"].fields]


def test_a_form_that_is_gone_leaves_nothing_in_memory(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    made = RecordForm(workspace, KINDS["mrd"], patient, children=[Children(KINDS["replicate"], suggested=[{}])])
    made.show()
    made.editor("comment").set_typed("nothing")
    alive = weakref.ref(made), weakref.ref(made.editor("comment"))
    with qtbot.waitSignal(made.destroyed):
        made.close()
        made.deleteLater()
    del made
    gc.collect()
    assert [each() for each in alive] == [None, None]


def test_no_sentence_is_cut_when_findings_appear_below_a_field(
    qtbot: QtBot, workspace: Workspace, patient: int
) -> None:
    made = form(qtbot, workspace, patient, "adverse_event", columns=2, defaults={"version": "5.0"})
    made.resize(800, 700)
    made.focus_first()
    QApplication.processEvents()
    assert not made.save()
    grid = made.findChild(FieldGrid)
    assert grid is not None

    def cut() -> list[str]:
        cells = (each.parentWidget() for each in grid.findChildren(FindingList) if each.isVisible())
        return [cell.objectName() for cell in cells if cell and cell.height() < cell.heightForWidth(cell.width())]

    qtbot.waitUntil(lambda: not cut())


def test_an_empty_required_field_is_called_missing_and_nothing_else(
    qtbot: QtBot, workspace: Workspace, patient: int
) -> None:
    made = form(qtbot, workspace, patient, "phase")
    assert not made.save()
    assert beside(made, "phase") == "“Phase” is missing."


def test_leaving_a_field_with_help_moves_nothing(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    made = form(qtbot, workspace, patient, "exposure")
    places = []
    for name in ("dose", "comment"):
        made.editor(name).setFocus()
        QApplication.processEvents()
        places.append(made.editor("reason").mapTo(made, QPoint(0, 0)).y())
    assert places[0] == places[1]


def test_the_panel_stands_below_the_fields_in_a_narrow_window(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    side = Listener()
    made = form(qtbot, workspace, patient, "mrd", side=side)
    grid = made.findChild(FieldGrid)
    assert grid is not None
    seen = []
    for width in (980, 640):
        made.resize(width, 500)
        QApplication.processEvents()
        seen.append(side.x() > grid.x() + grid.width())
        assert side.x() + side.width() <= made.width()
    assert seen == [True, False]
