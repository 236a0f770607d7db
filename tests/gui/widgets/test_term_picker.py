"""Terms of the dictionary are found while they are typed."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.term_picker import TermPicker


@pytest.fixture
def picker(qtbot: QtBot) -> Iterator[TermPicker]:
    """The picker above another field, so that it can be left."""
    window = QWidget()
    qtbot.addWidget(window)
    made = TermPicker("5.0")
    made.name_parts("term", "Adverse event")
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addWidget(QLineEdit(window))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.line.setFocus()
    yield made
    popup = made.completer.popup()
    if popup is not None:
        popup.close()


def leave(qtbot: QtBot, picker: TermPicker) -> None:
    popup = picker.completer.popup()
    if popup is not None:
        popup.hide()
    picker.window().findChildren(QLineEdit)[-1].setFocus()
    qtbot.waitUntil(lambda: not picker.line.hasFocus())


def test_typing_offers_the_terms_that_fit_best_first(qtbot: QtBot, picker: TermPicker) -> None:
    qtbot.keyClicks(picker.line, "pleural")
    assert picker.found()[0].startswith("Pleural")
    assert "Pleural effusion" in picker.found()


def test_british_spelling_finds_the_american_term(qtbot: QtBot, picker: TermPicker) -> None:
    qtbot.keyClicks(picker.line, "diarrhoea")
    assert picker.found()[0] == "Diarrhea"


def test_a_term_is_taken_from_the_list_with_the_keyboard(qtbot: QtBot, picker: TermPicker) -> None:
    qtbot.keyClicks(picker.line, "pleural eff")
    popup = picker.completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    with qtbot.waitSignal(picker.edited):
        qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert picker.value() == "Pleural effusion"
    assert picker.line.echo().startswith("Respiratory")


def test_a_common_name_becomes_the_term_on_leaving(qtbot: QtBot, picker: TermPicker) -> None:
    qtbot.keyClicks(picker.line, "low platelets")
    leave(qtbot, picker)
    assert picker.value() == "Platelet count decreased"


def test_the_only_term_that_fits_is_taken_on_leaving(qtbot: QtBot, picker: TermPicker) -> None:
    qtbot.keyClicks(picker.line, "bronchopleural")
    leave(qtbot, picker)
    assert picker.value() == "Bronchopleural fistula"


def test_what_fits_several_terms_or_none_stays_as_typed(qtbot: QtBot, picker: TermPicker) -> None:
    qtbot.keyClicks(picker.line, "pleural")
    leave(qtbot, picker)
    assert picker.value() == "pleural"
    picker.set_typed("no such thing")
    assert (picker.value(), picker.problem()) == ("no such thing", "")


def test_capitals_do_not_matter(picker: TermPicker) -> None:
    picker.set_typed("PLEURAL EFFUSION")
    assert picker.value() == "Pleural effusion"


def test_another_version_has_other_terms(picker: TermPicker) -> None:
    picker.set_version("6.0")
    assert picker.version == "6.0"
    picker.set_typed("Fever")
    assert picker.value() == "Fever"


def test_an_emptied_line_is_no_answer(qtbot: QtBot, picker: TermPicker) -> None:
    picker.set_value("Fever")
    picker.line.selectAll()
    qtbot.keyClick(picker.line, Qt.Key.Key_Delete)
    assert picker.value() is None
