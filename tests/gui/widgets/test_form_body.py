"""The scrolling part of a form, at several widths."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.form_body import FormBody
from gui.widgets.side_panel import SidePanel


class _Panel(SidePanel):
    def __init__(self) -> None:
        super().__init__()
        self.beside = False

    def stand(self, *, beside: bool) -> None:
        self.beside = beside


@pytest.mark.parametrize(
    ("fields", "room", "beside"),
    [(60, 140, True), (60, 110, False), (110, 140, False), (110, 170, True)],
)
def test_the_panel_stands_beside_the_fields_only_where_they_leave_room_for_its_words(
    qtbot: QtBot, fields: int, room: int, *, beside: bool
) -> None:
    panel, wide = _Panel(), QWidget()
    body = FormBody(panel)
    qtbot.addWidget(body)
    letter = body.fontMetrics().averageCharWidth()
    wide.setMinimumSize(fields * letter, 40)
    body.fields.addWidget(wide)
    body.resize(room * letter, 400)
    body.show()
    QApplication.processEvents()
    assert panel.beside is beside
