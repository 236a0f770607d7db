"""Cards, pills, empty places and grids of text show what they were given, whole and as plain text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gui.tables.rows_model import Column
from gui.tables.table_view import Table
from gui.widgets.card import Card
from gui.widgets.empty import Empty
from gui.widgets.fitted import fit_height
from gui.widgets.pill import Pill
from gui.widgets.text_grid import TextGrid
from tests.gui.widgets.conftest import shown

LONG = "No adverse event is recorded. Record each event from the first dose on, also the mild ones. " * 2


def test_a_card_is_read_out_by_its_heading(qtbot: QtBot) -> None:
    card = Card("Doses", "3 of 5")
    shown(qtbot, card)
    assert card.accessibleName() == "Doses"
    assert card.remark.isVisible()


def test_a_card_without_a_heading_has_no_heading_line(qtbot: QtBot) -> None:
    card = Card()
    shown(qtbot, card)
    assert not card.heading.isVisible()
    assert not card.remark.isVisible()


def test_a_pill_without_room_ends_in_an_ellipsis_and_says_all_in_its_tip(qtbot: QtBot) -> None:
    pill = Pill("MRD positive in marrow", "positive")
    shown(qtbot, pill)
    assert pill.shown() == pill.text()
    pill.setFixedWidth(pill.width() * 2 // 3)
    pill.grab()
    assert pill.shown().endswith("\N{HORIZONTAL ELLIPSIS}")
    assert pill.toolTip() == "MRD positive in marrow"
    pill.setFixedWidth(pill.sizeHint().width())
    pill.grab()
    assert pill.toolTip() == ""


def test_a_pill_shows_another_word_in_another_tone(qtbot: QtBot) -> None:
    pill = Pill("Complete", "complete")
    qtbot.addWidget(pill)
    pill.show_word("<b>Positive</b>", "positive")
    assert (pill.text(), pill.property("tone")) == ("<b>Positive</b>", "positive")
    assert pill.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize("width", [1000, 420, 260])
def test_the_sentence_of_an_empty_place_is_never_cut(qtbot: QtBot, width: int) -> None:
    empty = Empty("No adverse events", LONG, "Record an event")
    shown(qtbot, empty)
    empty.resize(width, 10)
    sentence = next(each for each in empty.findChildren(QLabel) if each.text() == LONG)
    qtbot.waitUntil(lambda: sentence.height() >= sentence.heightForWidth(sentence.width()))


def test_an_empty_table_as_high_as_its_rows_has_room_for_what_it_says(qtbot: QtBot) -> None:
    columns: list[Column[str]] = [Column("Name", str)]
    table = Table("events", "Events", columns, empty=("No events", LONG, "Record an event"))
    shown(qtbot, table)
    table.resize(700, 50)
    fit_height(table)
    sentence = next(each for each in table.findChildren(QLabel) if each.text() == LONG)
    qtbot.waitUntil(lambda: sentence.height() >= sentence.heightForWidth(sentence.width()))
    button = table.findChild(QPushButton, "events_offer")
    assert button is not None
    assert button.geometry().bottom() < table.height()


def test_an_empty_place_without_a_button_offers_nothing(qtbot: QtBot) -> None:
    empty = Empty("Nothing is due", "")
    shown(qtbot, empty)
    assert not empty.button.isVisible()


def test_an_empty_place_says_something_else_when_it_is_empty_for_another_reason(qtbot: QtBot) -> None:
    empty = Empty("No patients yet", "", "Enrol a patient")
    shown(qtbot, empty)
    empty.say("No event fits", LONG, "Show all events")
    words = [each.text() for each in empty.findChildren(QLabel) if each.isVisible()]
    assert (words, empty.button.text()) == (["No event fits", LONG], "Show all events")
    assert empty.button.isVisible()


def test_a_grid_of_texts_shows_every_cell_as_plain_text(qtbot: QtBot) -> None:
    grid = TextGrid(("Rule", "Says"), (("<i>Major</i>", "0.1 % or less"), ("Complete", "none")))
    shown(qtbot, grid)
    labels = grid.findChildren(QLabel)
    assert [each.text() for each in labels] == ["Rule", "Says", "<i>Major</i>", "0.1 % or less", "Complete", "none"]
    assert {each.textFormat() for each in labels} == {Qt.TextFormat.PlainText}


def test_a_grid_without_headings_begins_with_its_first_row(qtbot: QtBot) -> None:
    grid = TextGrid((), (("Site", "042"),))
    shown(qtbot, grid)
    assert [each.text() for each in grid.findChildren(QLabel)] == ["Site", "042"]
