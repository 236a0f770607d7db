"""Queries and verification at the value itself: the menu, the keys, and the signs behind a field and in a table."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from gui.settings import SettingsFile
from gui.tables.rows_model import Column
from gui.tables.table_view import Table
from gui.widgets.ask_dialog import AskDialog
from gui.widgets.history import ValueRef
from gui.widgets.record_dialog import RecordDialog
from gui.widgets.record_form import RecordForm
from gui.widgets.review_sign import ReviewSign, Sign
from gui.widgets.review_state import age_words, read_review
from gui.widgets.value_history import focus_value
from gui.widgets.value_review import askable
from gui.workspace import Workspace
from models.domain.context import Context
from models.domain.notation import Desk
from models.records import KINDS
from models.study import Edit, Study
from tests.gui.fakes import NotingHost, workspace_of
from tests.study_fixtures import SitDown, sit_down

__all__ = ["sit_down"]


def desk_of(study: Study, tmp_path: Path) -> Workspace:
    return workspace_of(study, SettingsFile(tmp_path / "settings.json"))


def patient_form(qtbot: QtBot, workspace: Workspace, patient: int) -> RecordDialog:
    chart = workspace.study.chart(patient)
    dialog = RecordDialog(RecordForm(workspace, KINDS["patient"], patient, chart.patient), "Patient")
    dialog.show()
    qtbot.addWidget(dialog)
    return dialog


def sign_of(dialog: QWidget, name: str) -> ReviewSign:
    sign = dialog.findChild(ReviewSign, name)
    assert sign is not None
    return sign


def shapes(dialog: QWidget, name: str) -> list[str]:
    return [sign.shape for sign in sign_of(dialog, name).signs]


def entry(menu: QMenu, name: str) -> QAction:
    action = menu.findChild(QAction, name)
    assert action is not None
    return action


def menu_of(widget: QWidget) -> QMenu:
    widget.customContextMenuRequested.emit(QPoint(2, 2))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def ask(study: Study, patient: int, field: str = "age") -> int:
    changes = study.review.ask(patient, "patient", patient, field, "58 or 59?", "coordinator")
    return next(id_ for kind, id_ in changes.records if kind == "query")


def test_the_site_sees_a_sign_only_behind_what_was_asked_about(
    qtbot: QtBot, sit_down: SitDown, patient: int, tmp_path: Path
) -> None:
    ask(sit_down("M. Neri"), patient)
    dialog = patient_form(qtbot, desk_of(sit_down("C. Rossi"), tmp_path), patient)
    assert shapes(dialog, "patient_age_review") == ["query"]
    assert "asked today by M. Neri: 58 or 59?" in sign_of(dialog, "patient_age_review").toolTip()
    assert shapes(dialog, "patient_sex_review") == []


def test_an_answered_query_has_another_sign(qtbot: QtBot, sit_down: SitDown, patient: int, tmp_path: Path) -> None:
    query = ask(sit_down("M. Neri"), patient)
    study = sit_down("C. Rossi")
    study.review.answer(query, "58")
    dialog = patient_form(qtbot, desk_of(study, tmp_path), patient)
    assert shapes(dialog, "patient_age_review") == ["answered"]
    assert "answered by C. Rossi: 58" in sign_of(dialog, "patient_age_review").toolTip()


def test_a_monitor_sees_what_is_verified_what_is_not_and_what_has_changed(
    qtbot: QtBot, sit_down: SitDown, patient: int, tmp_path: Path
) -> None:
    sit_down("M. Neri").review.verify(patient, "patient", patient, ("age", "sex"))
    site = sit_down("C. Rossi")
    site.save(patient, [Edit("patient", {"age": 59}, patient)], Context("", "Typing error"))
    dialog = patient_form(qtbot, desk_of(sit_down("M. Neri"), tmp_path), patient)
    assert shapes(dialog, "patient_age_review") == ["changed"]
    assert "changed by C. Rossi" in sign_of(dialog, "patient_age_review").toolTip()
    assert shapes(dialog, "patient_sex_review") == ["verified"]
    assert shapes(dialog, "patient_screened_review") == ["unverified"]
    assert shapes(dialog, "patient_screen_failure_review") == [], "an empty field holds nothing to verify"


def test_the_signs_follow_what_happens_while_the_form_is_open(
    qtbot: QtBot, sit_down: SitDown, patient: int, tmp_path: Path
) -> None:
    workspace = desk_of(sit_down("M. Neri"), tmp_path)
    dialog = patient_form(qtbot, workspace, patient)
    workspace.changed(workspace.study.review.verify(patient, "patient", patient))
    assert shapes(dialog, "patient_age_review") == ["verified"]
    assert shapes(dialog, "patient_review") == ["verified"]


def test_a_sign_opens_the_menu_of_its_value(qtbot: QtBot, sit_down: SitDown, patient: int, tmp_path: Path) -> None:
    workspace = desk_of(sit_down("M. Neri"), tmp_path)
    dialog = patient_form(qtbot, workspace, patient)
    sign_of(dialog, "patient_age_review").click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    entry(menu, "value_verify").trigger()
    menu.close()
    mark = workspace.study.review.verification(patient).of("patient", patient, "age")
    assert mark is not None
    assert (mark.field, mark.by) == ("age", "M. Neri")


def test_whoever_may_not_verify_reads_who_may(qtbot: QtBot, sit_down: SitDown, patient: int, tmp_path: Path) -> None:
    dialog = patient_form(qtbot, desk_of(sit_down("C. Rossi"), tmp_path), patient)
    line = dialog.form.editor("age").focusProxy()
    assert line is not None
    menu = menu_of(line)
    assert entry(menu, "value_ask").isEnabled()
    assert not entry(menu, "value_verify").isEnabled()
    assert "monitor" in entry(menu, "value_verify").toolTip()
    menu.close()


def test_a_verification_is_taken_back_with_a_reason(
    qtbot: QtBot, sit_down: SitDown, patient: int, tmp_path: Path
) -> None:
    workspace = desk_of(sit_down("M. Neri"), tmp_path)
    workspace.study.review.verify(patient, "patient", patient, ("age",))
    dialog = patient_form(qtbot, workspace, patient)
    menu = menu_of(sign_of(dialog, "patient_age_review"))
    entry(menu, "value_take_back").trigger()
    menu.close()
    assert workspace.study.review.verification(patient).of("patient", patient, "age") is None


def test_a_question_is_put_to_the_role_chosen(qtbot: QtBot, sit_down: SitDown, patient: int, tmp_path: Path) -> None:
    workspace = desk_of(sit_down("M. Neri"), tmp_path)
    dialog = AskDialog(workspace, patient, ValueRef("patient", patient, "age"))
    qtbot.addWidget(dialog)
    assert not dialog.send.isEnabled()
    dialog.question.set_typed("58 or 59?")
    dialog.question.edited.emit()
    dialog.assigned.setCurrentIndex(dialog.assigned.findData("investigator"))
    dialog.send.click()
    [query] = workspace.study.review.queries()
    assert (query.field, query.assigned_to, query.asked.words) == ("age", "investigator", "58 or 59?")


def test_nobody_is_offered_who_cannot_answer(qtbot: QtBot, sit_down: SitDown, patient: int, tmp_path: Path) -> None:
    dialog = AskDialog(desk_of(sit_down("M. Neri"), tmp_path), patient, ValueRef("patient", patient))
    qtbot.addWidget(dialog)
    assert [dialog.assigned.itemData(n) for n in range(dialog.assigned.count())] == ["coordinator", "investigator"]


def test_a_question_that_was_not_asked_comes_back(
    qtbot: QtBot, sit_down: SitDown, patient: int, tmp_path: Path
) -> None:
    workspace = desk_of(sit_down("M. Neri"), tmp_path)
    ref = ValueRef("patient", patient, "age")
    dialog = AskDialog(workspace, patient, ref)
    dialog.show()
    dialog.question.set_typed("58 or")
    dialog.reject()
    again = AskDialog(workspace, patient, ref)
    qtbot.addWidget(again)
    assert again.question.typed() == "58 or"


def test_a_value_of_a_form_that_is_only_read_takes_the_cursor_too(
    qtbot: QtBot, sit_down: SitDown, patient: int, tmp_path: Path
) -> None:
    dialog = patient_form(qtbot, desk_of(sit_down("M. Neri"), tmp_path), patient)
    assert focus_value(dialog, ValueRef("patient", patient, "age"))
    assert dialog.focusWidget().objectName() == "patient_age_held"
    assert not focus_value(dialog, ValueRef("patient", patient, "birth_date"))  # not of this form


def test_nothing_is_asked_about_records_of_the_study_or_of_the_review() -> None:
    assert askable("mrd")
    assert askable("identity")
    assert not any(askable(name) for name, kind in KINDS.items() if kind.of_study or kind.review)


@pytest.mark.parametrize(("days", "words"), [(0, "today"), (1, "1 day"), (12, "12 days")])
def test_an_age_is_told_in_words(days: int, words: str) -> None:
    assert age_words(days) == words


def test_a_cell_of_a_table_tells_of_the_query_about_its_value(qtbot: QtBot, sit_down: SitDown, patient: int) -> None:
    study = sit_down("M. Neri")
    ask(study, patient)
    table = Table("people", "People", [Column("Sex", str), Column("Age", str, field="age")])
    qtbot.addWidget(table)
    table.stand_for("patient", int)
    table.set_rows([patient])
    table.show()
    table.show_review(read_review(study, patient, Desk.ENGLISH))
    first, age = (table.model.index(0, column) for column in (0, 1))
    assert [sign.shape for sign in table.model.signs(age)] == ["query"]
    assert [sign.shape for sign in table.model.signs(first)] == ["unverified"]
    assert "58 or 59?" in str(table.model.data(age, 3))  # the role of a tip
    assert not table.view.grab().isNull()


def test_a_table_of_no_records_shows_no_signs(qtbot: QtBot, sit_down: SitDown, patient: int) -> None:
    study = sit_down("M. Neri")
    table = Table("sums", "Sums", [Column("Sum", str)])
    qtbot.addWidget(table)
    table.set_rows([1])
    table.show_review(read_review(study, patient, Desk.ENGLISH))
    assert not table.model.signed


def test_every_sign_says_itself_to_a_screen_reader(qtbot: QtBot) -> None:
    sign = ReviewSign("age_review", "Age")
    qtbot.addWidget(sign)
    sign.show_signs([Sign("query", "Query to the coordinator"), Sign("changed", "Changed since it was verified")])
    assert sign.accessibleName() == "Age: Query to the coordinator\nChanged since it was verified"
    assert not sign.grab().isNull()
    sign.show_signs([])
    assert sign.isHidden()


def test_an_administrator_reads_no_review(sit_down: SitDown, patient: int) -> None:
    review = read_review(sit_down("A. Verdi"), patient, Desk.ENGLISH)
    assert review.queries == ()
    assert review.signs("patient", patient, "age") == ()


def test_the_host_is_told_when_something_was_asked(
    qtbot: QtBot, sit_down: SitDown, patient: int, tmp_path: Path
) -> None:
    workspace = desk_of(sit_down("M. Neri"), tmp_path)
    dialog = AskDialog(workspace, patient, ValueRef("patient", patient))
    qtbot.addWidget(dialog)
    dialog.question.set_typed("Is all of this from the paper chart?")
    dialog.question.edited.emit()
    dialog.send.click()
    assert isinstance(workspace.host, NotingHost)
    assert workspace.host.said == ["Query asked"]
