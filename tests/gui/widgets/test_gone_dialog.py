"""A record that was withdrawn, where something still leads to it."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from gui.widgets.form_draft import draft_key
from gui.widgets.gone_dialog import GoneDialog
from gui.workspace import Workspace
from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.study import Edit
from tests.gui.showing import in_front

BY = Context("C. Rossi", "Entered twice")


@pytest.fixture
def medication(workspace: Workspace, patient: int) -> int:
    """The id of one that was withdrawn."""
    saved = workspace.study.save(patient, [Edit("medication", {"name": "Aciclovir"})], BY)
    ((_, record),) = saved.records
    workspace.study.void(patient, "medication", record, BY)
    return record


def dialog(qtbot: QtBot, workspace: Workspace, patient: int) -> GoneDialog:
    (gone,) = workspace.study.withdrawn(patient, "medication")
    made = GoneDialog(workspace, patient, gone)
    in_front(qtbot, made)
    return made


def said(made: GoneDialog) -> list[str]:
    return [each.text() for each in made.findChildren(QLabel)]


@pytest.mark.usefixtures("medication")
def test_it_says_by_whom_when_and_why_and_offers_nothing_to_discard(
    qtbot: QtBot, workspace: Workspace, patient: int
) -> None:
    made = dialog(qtbot, workspace, patient)
    assert "Withdrawn 2 Oct 2026, 09:00 UTC+01:00 by C. Rossi: Entered twice" in said(made)
    assert made.findChild(QPushButton, "gone_discard") is None


def test_what_was_typed_and_asked_is_shown_and_stays_until_it_is_discarded(
    qtbot: QtBot, workspace: Workspace, patient: int, medication: int
) -> None:
    study = workspace.study
    study.save_draft(draft_key("medication", patient, medication), {"route": "oral"})
    study.save_draft(f"ask/{patient}/medication/{medication}/name", {"question": "Which dose?"})
    study.save_draft(draft_key("medication", patient), {"route": "of a new one"})
    made = dialog(qtbot, workspace, patient)
    texts = said(made)
    for name, typed in (("Route", "oral"), ("Question", "Which dose?")):
        assert texts[texts.index(name) + 1] == typed
    made.reject()
    assert len(study.drafts()) == 3
    again = dialog(qtbot, workspace, patient)
    button = again.findChild(QPushButton, "gone_discard")
    assert button is not None
    button.click()
    assert [draft.key for draft in study.drafts()] == [draft_key("medication", patient)]


@pytest.mark.parametrize(("words", "scrolls"), [(1, False), (2_000, True)])
def test_long_typing_scrolls_and_the_buttons_stay_on_the_screen(
    qtbot: QtBot, workspace: Workspace, patient: int, medication: int, words: int, scrolls: bool
) -> None:
    workspace.study.save_draft(draft_key("medication", patient, medication), {"comment": "nausea " * words})
    made = dialog(qtbot, workspace, patient)
    told = made.findChild(QScrollArea, "gone_told")
    assert told is not None
    assert made.height() <= made.screen().availableGeometry().height()
    assert (told.verticalScrollBar().maximum() > 0) is scrolls


def test_of_what_was_begun_for_the_record_only_what_was_typed_is_shown(
    qtbot: QtBot, workspace: Workspace, patient: int
) -> None:
    study = workspace.study
    day = PartialDate(2026, 9, 20)
    grade = Edit("ae_grade", {"grade": "2", "since": day})
    values = {"version": "5.0", "term": "Fever", "began": day}
    event = study.save(patient, [Edit("adverse_event", values, children=(grade,))], BY).records[0][1]
    study.void(patient, "adverse_event", event, BY)
    study.save_draft(draft_key("ae_grade", patient, 0, event), {"since": "21 Sep 2026", "grade": ""})
    made = GoneDialog(workspace, patient, study.withdrawn(patient, "adverse_event")[0])
    in_front(qtbot, made)
    texts = said(made)
    assert texts[texts.index("Adverse event: withdrawn") :].count("21 Sep 2026") == 1
    assert "nothing" not in texts
