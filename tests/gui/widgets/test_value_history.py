"""Every value opens its own history: by the keyboard where it has the focus, and from its context menu."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.child_table import Children
from gui.widgets.history import HistoryDialog, ValueRef
from gui.widgets.record_card import RecordCard
from gui.widgets.record_form import RecordForm
from gui.widgets.record_list import RecordList
from gui.widgets.review_sign import ReviewSign
from gui.widgets.value_history import focus_value
from gui.workspace import Workspace
from models.domain.clock import FixedClock
from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records import KINDS
from models.records.kind import Record
from models.study import Edit
from tests.gui.widgets.conftest import shown
from tests.gui.widgets.forms import form
from tests.study_fixtures import open_as

WHY = Context("C. Rossi", "Typing error")


@pytest.fixture
def medication(workspace: Workspace, patient: int) -> Record:
    """Aciclovir, whose dose was corrected twice, and whose route nobody has entered."""
    study = workspace.study
    values = {"name": "Aciclovir", "dose": Quantity(Decimal(40), "mg")}
    [(_, id_)] = study.save(patient, [Edit("medication", values)], Context("C. Rossi")).records
    for dose in (400, 800):
        study.save(patient, [Edit("medication", {"dose": Quantity(Decimal(dose), "mg")}, id_)], WHY)
    stored = study.chart(patient).record("medication", id_)
    assert stored is not None
    return stored


def opened(qtbot: QtBot) -> HistoryDialog:
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, HistoryDialog) and w.isVisible()]
    (dialog,) = dialogs
    qtbot.addWidget(dialog)
    return dialog


def rows(dialog: HistoryDialog) -> list[tuple[str, ...]]:
    model = dialog.table.model
    return [tuple(column.text(row) for column in model.columns if column.title != "When") for row in model.rows]


def stop() -> QWidget:
    """What has the focus."""
    at = QApplication.focusWidget()
    assert at is not None
    return at


def menu_of(qtbot: QtBot, widget: QWidget) -> QMenu:
    widget.customContextMenuRequested.emit(QPoint(2, 2))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose_history(menu: QMenu) -> None:
    action = menu.findChild(QAction, "value_history")
    assert action is not None
    assert action.text() == "History of this value…"
    action.trigger()
    menu.close()


@pytest.fixture
def made(qtbot: QtBot, workspace: Workspace, patient: int, medication: Record) -> RecordForm:
    """The form of that medication."""
    return form(qtbot, workspace, patient, "medication", record=medication)


def focus(made: RecordForm, field: str) -> QWidget:
    """Give a field the focus; returns what has it then."""
    made.editor(field).setFocus()
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press_ctrl_h(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.keyClick(widget, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)


def test_the_keyboard_shows_every_old_and_new_value_who_and_why(qtbot: QtBot, made: RecordForm) -> None:
    press_ctrl_h(qtbot, focus(made, "dose"))
    assert rows(opened(qtbot)) == [
        ("C. Rossi", "400 mg", "800 mg", "Typing error"),
        ("C. Rossi", "40 mg", "400 mg", "Typing error"),
        ("C. Rossi", "", "40 mg", "First entry"),
    ]


def test_a_field_left_empty_has_no_history_and_says_so(qtbot: QtBot, made: RecordForm) -> None:
    press_ctrl_h(qtbot, focus(made, "indication"))
    dialog = opened(qtbot)
    assert rows(dialog) == []
    assert "Nothing entered" in [each.text() for each in dialog.findChildren(QLabel)]


def test_the_context_menu_keeps_copy_and_paste_and_opens_the_history(qtbot: QtBot, made: RecordForm) -> None:
    line = made.editor("name").focusProxy()
    assert line is not None
    menu = menu_of(qtbot, line)
    assert any("Paste" in action.text() for action in menu.actions())
    choose_history(menu)
    assert rows(opened(qtbot)) == [("C. Rossi", "", "Aciclovir", "First entry")]


def test_shift_f10_shows_the_menu_of_the_value_with_the_focus(qtbot: QtBot, made: RecordForm) -> None:
    qtbot.keyClick(focus(made, "dose"), Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    choose_history(menu)
    assert len(rows(opened(qtbot))) == 3


def test_the_label_of_a_field_that_may_only_be_read_opens_it_too(qtbot: QtBot, made: RecordForm) -> None:
    caption = next(each for each in made.findChildren(QLabel) if each.text() == "Dose")
    choose_history(menu_of(qtbot, caption))
    assert len(rows(opened(qtbot))) == 3


@pytest.fixture
def reading(workspace: Workspace, medication: Record, clock: FixedClock) -> Iterator[Workspace]:
    """The desk of the monitor, who may enter nothing."""
    workspace.study.close()
    with open_as(workspace.study.path, clock, "M. Neri") as study:
        yield replace(workspace, study=study)


@pytest.mark.parametrize("name", ["name", "began", "ongoing", "adverse_event"])
def test_the_right_mouse_button_opens_the_history_of_a_field_that_is_greyed(
    qtbot: QtBot, reading: Workspace, patient: int, medication: Record, name: str
) -> None:
    made = form(qtbot, reading, patient, "medication", record=medication)
    made.resize(700, 700)
    editor = made.editor(name)
    qtbot.waitUntil(lambda: not editor.visibleRegion().isEmpty())
    at = editor.mapTo(made, QPoint(12, editor.height() // 2))
    window = made.windowHandle()
    assert window is not None
    QTest.mouseClick(window, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, at)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    choose_history(menu)
    assert opened(qtbot).isVisible()


def test_the_tab_key_reaches_every_greyed_field_and_its_keys_work(
    qtbot: QtBot, reading: Workspace, patient: int, medication: Record
) -> None:
    made = form(qtbot, reading, patient, "medication", record=medication)
    editors = [made.editor(name) for name in KINDS["medication"].fields]
    editors[0].setFocus()
    for editor in editors:
        assert editor.isAncestorOf(stop())
        while editor.isAncestorOf(stop()) or isinstance(stop(), ReviewSign):
            qtbot.keyClick(stop(), Qt.Key.Key_Tab)
    made.editor("dose").setFocus()
    qtbot.keyClick(stop(), Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert len(rows(opened(qtbot))) == 3


def test_a_greyed_field_takes_no_typing_and_says_its_value_to_a_screen_reader(
    qtbot: QtBot, reading: Workspace, patient: int, medication: Record
) -> None:
    made = form(qtbot, reading, patient, "medication", record=medication)
    made.editor("name").setFocus()
    qtbot.keyClicks(stop(), "x")
    assert made.editor("name").typed() == "Aciclovir"
    assert (stop().accessibleName(), stop().accessibleDescription()) == ("Medicine", "Aciclovir, cannot be changed now")


def test_the_cursor_is_put_on_a_greyed_value_that_a_query_leads_to(
    qtbot: QtBot, reading: Workspace, patient: int, medication: Record
) -> None:
    made = form(qtbot, reading, patient, "medication", record=medication)
    assert focus_value(made, ValueRef("medication", medication.id, "dose"))
    assert made.editor("dose").isAncestorOf(stop())


def test_a_new_record_has_no_history_to_offer(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    made = form(qtbot, workspace, patient, "medication")
    press_ctrl_h(qtbot, focus(made, "name"))
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, HistoryDialog) and w.isVisible()]


def test_a_line_of_what_belongs_to_the_record_opens_its_own_history(
    qtbot: QtBot, workspace: Workspace, patient: int
) -> None:
    study, count = workspace.study, Quantity(Decimal(9), "copies")
    child = Edit("replicate", {"number": 1, "target_copies": count})
    values = {
        "collected": PartialDate(2026, 3, 6),
        "specimen": "BLOOD",
        "transcript": "p190",
        "target_copies": count,
        "control_copies": count,
    }
    saved = study.save(patient, [Edit("mrd", values, children=(child,))], Context("C. Rossi", "Seen")).records
    chart = study.chart(patient)
    record = chart.record("mrd", dict(saved)["mrd"])
    replicates = Children(KINDS["replicate"], chart.records["replicate"])
    made = form(qtbot, workspace, patient, "mrd", record=record, children=(replicates,))
    table = made.findChild(QWidget, "replicate_0_number")
    assert table is not None
    table.setFocus()
    press_ctrl_h(qtbot, table)
    assert rows(opened(qtbot)) == [("C. Rossi", "", "1", "Seen")]


def test_a_cell_of_a_table_opens_the_history_of_its_column(
    qtbot: QtBot, workspace: Workspace, patient: int, medication: Record
) -> None:
    made = RecordList(workspace, KINDS["medication"], ("name", "dose"))
    shown(qtbot, made)
    made.show_chart(workspace.study.chart(patient))
    made.table.view.setFocus()
    qtbot.waitUntil(made.table.view.hasFocus)
    made.table.view.setCurrentIndex(made.table.model.index(0, 1))
    press_ctrl_h(qtbot, made.table.view)
    assert len(rows(opened(qtbot))) == 3


def test_a_value_of_a_card_opens_its_history_and_can_still_be_copied(
    qtbot: QtBot, workspace: Workspace, patient: int
) -> None:
    made = RecordCard(workspace, KINDS["disease"])
    qtbot.addWidget(made)
    made.show_chart(workspace.study.chart(patient))
    made.show()
    value = next(each for each in made.findChildren(QLabel) if each.text().startswith("p190"))
    menu = menu_of(qtbot, value)
    menu.actions()[0].trigger()
    assert QApplication.clipboard().text() == value.text()
    choose_history(menu)
    assert rows(opened(qtbot)) == [("C. Rossi", "", value.text(), "First entry")]


def test_the_title_of_the_window_names_no_patient(qtbot: QtBot, made: RecordForm) -> None:
    press_ctrl_h(qtbot, focus(made, "dose"))
    dialog = opened(qtbot)
    assert dialog.windowTitle() == "History"
    assert "Dose · Other medication · Aciclovir · 042-001" in [each.text() for each in dialog.findChildren(QLabel)]
