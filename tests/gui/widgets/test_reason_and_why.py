"""A reason is given in the person's own words, and every derived value answers "why?"."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.reason_dialog import ReasonDialog
from gui.widgets.why import WhyButton, WhyPanel, WhyValue
from gui.workspace import Workspace
from models.domain.derived import Derived, Rule
from models.domain.findings import warning
from models.domain.notation import Desk
from tests.gui.showing import in_front

CLASS = Derived(
    "complete", Rule("mrd.dalba", "1", "Protocol 9.2"), (("ABL1 copies", "45 310"),), "0 copies in <b>45 310</b>."
)


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def test_a_reason_is_needed_before_it_can_be_saved(qtbot: QtBot, workspace: Workspace) -> None:
    dialog = ReasonDialog("MRD result: correct\nABL1 copies: 4531 → 45310", (), workspace)
    qtbot.addWidget(dialog)
    save = dialog.findChild(QPushButton, "reason_save")
    assert save is not None
    assert not save.isEnabled()
    qtbot.keyClicks(dialog.choice.box, "Typing error")
    qtbot.keyClicks(dialog.note.box, "450 was meant")
    assert save.isEnabled()
    assert dialog.reason() == "Typing error: 450 was meant"


def test_a_reason_of_ones_own_is_taken_as_it_is(qtbot: QtBot, workspace: Workspace) -> None:
    dialog = ReasonDialog("MRD result: correct", (), workspace)
    qtbot.addWidget(dialog)
    qtbot.keyClicks(dialog.choice.box, "Patient phoned")
    assert dialog.reason() == "Patient phoned"


def test_the_doubt_is_shown_where_its_reason_is_asked_for(qtbot: QtBot, workspace: Workspace) -> None:
    dialog = ReasonDialog(
        "MRD result", [warning("collected", "Collected lies after the date of death.", "x")], workspace
    )
    qtbot.addWidget(dialog)
    assert "Doubtful: Collected lies after the date of death." in texts(dialog)


@pytest.mark.parametrize("lines", [25, 200])
def test_of_many_corrections_all_can_be_read_before_a_reason_is_given(
    qtbot: QtBot, workspace: Workspace, lines: int
) -> None:
    dialog = ReasonDialog("\n".join(["Visit: correct", *(f"Field {n}: 1 → 2" for n in range(lines))]), (), workspace)
    in_front(qtbot, dialog)
    told = dialog.findChild(QScrollArea, "reason_told")
    assert told is not None
    shown = next(each for each in told.findChildren(QLabel) if "Field 0" in each.text())
    assert shown.height() >= shown.heightForWidth(shown.width())
    assert (told.verticalScrollBar().maximum() > 0) is (lines == 200)
    assert dialog.height() <= dialog.screen().availableGeometry().height()


def test_control_and_enter_finish_the_reason(qtbot: QtBot, workspace: Workspace) -> None:
    dialog = ReasonDialog("MRD result: correct", (), workspace)
    in_front(qtbot, dialog)
    qtbot.keyClicks(dialog.note.box, "Typing error")
    dialog.note.box.setFocus()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.note.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_reason_in_progress_comes_back_where_the_same_is_asked_again(qtbot: QtBot, workspace: Workspace) -> None:
    def opened(what: str) -> ReasonDialog:
        dialog = ReasonDialog(what, (), workspace)
        in_front(qtbot, dialog)
        return dialog

    first = opened("MRD result: correct\nABL1 copies: 4531 → 45310")
    qtbot.keyClicks(first.choice.box, "Typing error")
    qtbot.keyClicks(first.note.box, "450 was m")
    first.reject()
    assert opened("MRD result: correct\nABL1 copies: 1 → 2").reason() == ""
    again = opened("MRD result: correct\nABL1 copies: 4531 → 45310")
    assert again.reason() == "Typing error: 450 was m"
    assert again.save.isEnabled()
    assert workspace.study.drafts() == ()
    again.save.click()
    assert opened("MRD result: correct\nABL1 copies: 4531 → 45310").reason() == ""


def leave_empty(dialog: ReasonDialog, _: QtBot) -> None:
    dialog.reject()


def leave_half_typed(dialog: ReasonDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.note.box, "Weight was m")
    dialog.reject()


def answer(dialog: ReasonDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.note.box, "Weight was meant")
    dialog.save.click()
    assert dialog.result() == ReasonDialog.DialogCode.Accepted


@pytest.mark.parametrize(("leave", "comes_back"), [(leave_empty, ""), (leave_half_typed, "Weight was m"), (answer, "")])
def test_a_reason_in_progress_outlasts_another_question(
    qtbot: QtBot, workspace: Workspace, leave: Callable[[ReasonDialog, QtBot], None], comes_back: str
) -> None:
    def asked(what: str) -> ReasonDialog:
        dialog = ReasonDialog(what, (), workspace)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    first = asked("MRD result: correct")
    qtbot.keyClicks(first.note.box, "450 was meant")
    first.reject()
    leave(asked("Visit: correct"), qtbot)
    assert asked("MRD result: correct").reason() == "450 was meant"
    assert asked("Visit: correct").reason() == comes_back


@pytest.fixture
def why(qtbot: QtBot) -> WhyButton:
    made = WhyButton("mrd_class_why", "Response class")
    qtbot.addWidget(made)
    made.set_derived("Complete molecular response", CLASS, Desk.ENGLISH)
    return made


def test_the_panel_shows_value_reason_inputs_rule_version_and_source(qtbot: QtBot, why: WhyButton) -> None:
    qtbot.keyClick(why, Qt.Key.Key_Space)
    panel = why.findChild(WhyPanel)
    assert panel is not None
    shown = " | ".join(texts(panel))
    for word in ("Complete molecular response", "ABL1 copies", "45 310", "mrd.dalba, version 1", "Protocol 9.2"):
        assert word in shown
    with qtbot.waitSignal(panel.destroyed):
        qtbot.keyClick(panel, Qt.Key.Key_Escape)


def test_the_words_of_a_reason_are_never_read_as_markup(qtbot: QtBot, why: WhyButton) -> None:
    why.explain()
    panel = why.findChild(WhyPanel)
    assert panel is not None
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in panel.findChildren(QLabel))
    panel.close()


def test_there_is_no_button_without_a_value(why: WhyButton) -> None:
    why.set_derived("", None, Desk.ENGLISH)
    assert why.isHidden()
    assert QApplication.activePopupWidget() is None


def test_enter_asks_why_and_does_not_reach_what_is_around(qtbot: QtBot) -> None:
    around = Around()
    qtbot.addWidget(around)
    why = WhyButton("mrd_class_why", "Response class", around)
    why.set_derived("Complete", CLASS, Desk.ENGLISH)
    qtbot.keyClick(why, Qt.Key.Key_Return)
    panel = why.findChild(WhyPanel)
    assert panel is not None
    assert around.keys == []
    panel.close()


def test_a_value_that_is_its_own_link_shows_itself_and_says_what_it_is(qtbot: QtBot) -> None:
    value = WhyValue("ratio", "Ratio")
    qtbot.addWidget(value)
    value.set_derived("0.02 %", CLASS, Desk.ENGLISH)
    assert (value.text(), value.accessibleName()) == ("0.02 %", "0.02 %. Why? Ratio")


class Around(QWidget):
    """Notes the keys that what stands in it lets through."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys.append(event.key())
