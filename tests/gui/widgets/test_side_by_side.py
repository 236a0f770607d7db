"""Panels stand beside each other where there is room."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.widgets.side_by_side import SideBySide


@pytest.mark.parametrize(("letters_of_room", "beside"), [(60, True), (30, False)])
def test_panels_stand_beside_or_below(qtbot: QtBot, letters_of_room: int, beside: bool) -> None:
    left, right = QLabel("left"), QLabel("right")
    row = SideBySide((left, right), 50, (1, 2))
    qtbot.addWidget(row)
    row.resize(letters_of_room * row.fontMetrics().averageCharWidth(), 200)
    row.show()
    qtbot.waitUntil(lambda: (left.y() == right.y()) is beside)


def test_panels_beside_each_other_let_the_page_become_narrower(qtbot: QtBot) -> None:
    panels = [QLabel(text) for text in ("left", "right")]
    for panel in panels:
        panel.setMinimumWidth(200)
    row = SideBySide(panels, 50)
    qtbot.addWidget(row)
    row.resize(60 * row.fontMetrics().averageCharWidth() + 400, 200)
    row.show()
    assert row.minimumSizeHint().width() == 200
