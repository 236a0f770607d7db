"""A text is removed from the audit trail where its history is read: by who may, with a reason, after a warning."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.settings import SettingsFile
from gui.widgets.history import HistoryDialog, ValueRef
from gui.widgets.redact_dialog import RedactDialog
from gui.workspace import Workspace
from models.domain.clock import FixedClock
from models.domain.context import Context
from models.persistence.redaction import BLACK
from models.study import Edit, Study
from tests.gui.fakes import workspace_of
from tests.gui.widgets.conftest import shown
from tests.study_fixtures import open_as

NAMED = "Mr Esposito's sister"
COMMENT = ValueRef("history", 1, "comment")


@pytest.fixture
def desk_settings(tmp_path: Path) -> SettingsFile:
    """The settings of a desk."""
    return SettingsFile(tmp_path / "settings.json")


@pytest.fixture
def corrected(study: Study, patient: int) -> Study:
    """A comment that named somebody, and was corrected."""
    study.save(patient, [Edit("history", {"term": "Gout", "comment": NAMED})], Context("C. Rossi", "Told late"))
    study.save(patient, [Edit("history", {"comment": "A sister"}, 1)], Context("C. Rossi", "Names Mr Esposito"))
    return study


@pytest.fixture
def investigator(corrected: Study, clock: FixedClock, desk_settings: SettingsFile) -> Iterator[Workspace]:
    """The desk of the investigator."""
    corrected.close()
    with open_as(corrected.path, clock, "I. Bianchi") as study:
        yield workspace_of(study, desk_settings)


def history(qtbot: QtBot, workspace: Workspace, ref: ValueRef = COMMENT) -> HistoryDialog:
    dialog = HistoryDialog(workspace, ref)
    shown(qtbot, dialog)
    return dialog


def asked(qtbot: QtBot, dialog: HistoryDialog) -> RedactDialog:
    dialog.remove.click()
    (found,) = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, RedactDialog)]
    return found


def old_values(dialog: HistoryDialog) -> list[str]:
    [column] = [column for column in dialog.table.model.columns if column.title == "Old value"]
    return [column.text(row) for row in dialog.table.model.rows]


def test_a_former_text_is_removed_with_a_reason_and_the_history_shows_that(
    qtbot: QtBot, investigator: Workspace
) -> None:
    dialog = history(qtbot, investigator)
    assert NAMED in old_values(dialog)
    question = asked(qtbot, dialog)
    assert not question.remove.isEnabled()
    question.why.box.setPlainText("Names somebody")
    question.remove.click()
    assert old_values(dialog)[0] == BLACK
    newest = investigator.study.trail.lines()[0]
    assert (newest.act, newest.reason) == ("redaction", "Names somebody")


def test_the_reason_of_a_line_can_be_chosen_instead(qtbot: QtBot, investigator: Workspace) -> None:
    dialog = history(qtbot, investigator)
    question = asked(qtbot, dialog)
    assert [choice.text() for choice in question.choices.buttons()] == [
        "Every former text of Comment",
        "The reason of this line: Names Mr Esposito",
    ]
    question.choices.button(1).click()
    question.why.box.setPlainText("Names somebody")
    question.remove.click()
    assert dialog.table.model.rows[0].reason == BLACK
    assert old_values(dialog)[0] == NAMED


def test_what_cannot_be_removed_is_said_in_the_dialog(qtbot: QtBot, investigator: Workspace) -> None:
    dialog = history(qtbot, investigator)
    first = asked(qtbot, dialog)
    first.why.box.setPlainText("Names somebody")
    first.remove.click()
    second = RedactDialog(investigator, dialog.table.model.rows[0].of)
    qtbot.addWidget(second)
    second.why.box.setPlainText("Again")
    second.remove.click()
    assert second.failure.text.text().startswith("Not removed. The audit trail holds no former value of this field.")


def test_a_value_that_is_no_text_and_was_entered_without_a_reason_has_nothing_to_remove(
    qtbot: QtBot, investigator: Workspace
) -> None:
    assert not history(qtbot, investigator, ValueRef("patient", 1, "sex")).remove.isEnabled()


def test_who_may_not_remove_a_text_reads_who_may(qtbot: QtBot, corrected: Study, desk_settings: SettingsFile) -> None:
    dialog = history(qtbot, workspace_of(corrected, desk_settings))
    assert not dialog.remove.isEnabled()
    assert "may not remove texts from the audit trail" in dialog.remove.toolTip()
    assert "investigator" in dialog.remove.toolTip()
