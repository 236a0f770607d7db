"""The card of a kind of which a patient has one record."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.widgets.record_card import RecordCard
from gui.workspace import Workspace
from models.records.disease import Disease


def test_what_is_not_recorded_is_named_with_its_abbreviations_as_they_are(
    qtbot: QtBot, workspace: Workspace, patient: int
) -> None:
    card = RecordCard(workspace, Disease.kind)
    qtbot.addWidget(card)
    card.show_chart(workspace.study.chart(patient))
    remark = next(each.text() for each in card.findChildren(QLabel) if each.text().startswith("Not recorded: "))
    assert "blood blasts, CNS status, disease outside the marrow, ECOG, " in remark
