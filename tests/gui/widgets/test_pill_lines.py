"""Pills in as many lines as they need."""

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.pill import Pill
from gui.widgets.pill_lines import PillLines
from tests.gui.showing import in_front

WORDS = ("MRD positive in marrow since day 677", "Post-consolidation", "MRD needs attention", "1 query")


def shown(qtbot: QtBot, width: int) -> tuple[QWidget, PillLines]:
    """The pills at the top of a page of that width."""
    page = QWidget()
    lines = PillLines()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(lines)
    column.addStretch(1)
    page.resize(width, 200)
    lines.show_pills([Pill(words) for words in WORDS])
    in_front(qtbot, page)
    return page, lines


def test_where_there_is_room_they_stand_on_one_line(qtbot: QtBot) -> None:
    page, lines = shown(qtbot, 900)
    assert {pill.y() for pill in lines.pills} == {0}
    assert page.width() == 900


def test_where_there_is_none_they_go_on_in_the_next_line_and_no_word_is_cut(qtbot: QtBot) -> None:
    page, lines = shown(qtbot, 330)
    assert page.width() == 330
    assert len({pill.y() for pill in lines.pills}) > 1
    assert [pill.shown() for pill in lines.pills] == list(WORDS)
    assert lines.height() == lines.pills[-1].geometry().bottom() + 1


def test_pills_that_are_added_stand_behind_those_that_were_there(qtbot: QtBot) -> None:
    page, lines = shown(qtbot, 900)
    before = lines.pills
    lines.show_pills((*before, Pill("Locked")))
    assert lines.pills[: len(before)] == before
    assert lines.pills[-1].x() > before[-1].x()
    page.close()
