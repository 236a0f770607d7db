"""A long page with an index of its parts."""

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.widgets.sections import Sections


def test_scrolling_marks_the_part_in_view_also_after_one_was_asked_for_that_was_there_already(qtbot: QtBot) -> None:
    sections = Sections("parts", "Parts")
    qtbot.addWidget(sections)
    for name in ("first", "second", "third"):
        part = QLabel(name)
        part.setFixedHeight(600)
        sections.add(name, name, part)
    sections.resize(1400, 400)
    sections.show()
    bar = sections.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 700)
    sections.show_part("first")
    QApplication.processEvents()
    bar.setValue(700)
    assert sections.index.currentRow() == 1
