"""Labels that show what was typed, as it was typed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.text import ElidedLabel, label, named, plain_tip, set_role


def wrapped(text: str) -> QLabel:
    return label(text, wrap=True)


@pytest.mark.parametrize("make", [label, wrapped, ElidedLabel])
def test_markup_typed_into_the_record_shows_as_text(qtbot: QtBot, make: Callable[[str], QLabel]) -> None:
    made = make("<b>x</b>")
    qtbot.addWidget(made)
    assert made.textFormat() is Qt.TextFormat.PlainText


def test_a_widget_is_named_for_tests_and_for_screen_readers(qtbot: QtBot) -> None:
    made = named(label("x"), "one", "The one")
    qtbot.addWidget(made)
    assert (made.objectName(), made.accessibleName()) == ("one", "The one")


def test_a_text_without_room_is_cut_and_told_in_full_by_its_tip(qtbot: QtBot) -> None:
    made = ElidedLabel("A sentence that is far too long for sixty pixels")
    qtbot.addWidget(made)
    made.resize(60, 20)
    made.grab()
    assert made.toolTip() == made.text()
    made.resize(900, 20)
    made.grab()
    assert made.toolTip() == ""


def test_a_long_paragraph_asks_only_for_the_height_it_needs_at_its_width(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    column = QVBoxLayout(box)
    text = wrapped("word " * 60)
    column.addWidget(text)
    box.resize(900, 20)
    assert text.minimumSizeHint().height() <= text.fontMetrics().height()
    assert column.heightForWidth(900) < column.heightForWidth(300)


def test_another_role_dresses_the_label_anew(qtbot: QtBot) -> None:
    made = label("x", "muted")
    qtbot.addWidget(made)
    set_role(made, "urgent")
    assert made.property("role") == "urgent"


def test_a_tip_shows_markup_that_somebody_typed_as_it_was_typed() -> None:
    assert plain_tip("<img src=http://192.0.2.1/x.png> & more") == (
        "<qt>&lt;img src=http://192.0.2.1/x.png&gt; &amp; more</qt>"
    )
    assert plain_tip("5 < 6 and 7 > 6") == "5 < 6 and 7 > 6"


@pytest.mark.parametrize("selectable", [False, True])
def test_a_word_without_an_end_is_broken_where_the_line_ends(qtbot: QtBot, selectable: bool) -> None:
    made = label(300 * "W", wrap=True, selectable=selectable)
    qtbot.addWidget(made)
    width = made.fontMetrics().horizontalAdvance(50 * "W")
    assert made.heightForWidth(width) >= 6 * made.fontMetrics().height()
    made.resize(width, made.heightForWidth(width))
    assert inked_lines(made) == 6
    assert made.text() == 300 * "W"


def test_a_text_of_short_words_is_as_high_as_before(qtbot: QtBot) -> None:
    made, plain = label(30 * "word ", wrap=True), QLabel(30 * "word ")
    plain.setWordWrap(True)
    for each in (made, plain):
        qtbot.addWidget(each)
    assert made.heightForWidth(200) == plain.heightForWidth(200)


def inked_lines(widget: QWidget) -> int:
    """How many lines of letters are drawn, counted from the gaps between them."""
    picture = widget.grab().toImage()
    paper = picture.pixel(0, 0)
    rows = [any(picture.pixel(x, y) != paper for x in range(picture.width())) for y in range(picture.height())]
    return sum(inked and not before for before, inked in zip([False, *rows], rows, strict=False))


@pytest.mark.parametrize("change", ["text", "letters", "margins"])
def test_a_wrapped_text_asks_for_another_height_once_it_has_changed(qtbot: QtBot, change: str) -> None:
    made = label("a few words", wrap=True)
    qtbot.addWidget(made)
    before = made.heightForWidth(200)
    if change == "text":
        made.setText("a few words " * 20)
    elif change == "letters":
        font = made.font()
        font.setPointSize(40)
        made.setFont(font)
    else:
        made.setContentsMargins(80, 40, 80, 40)
    assert made.heightForWidth(200) > before
