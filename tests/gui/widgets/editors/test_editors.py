"""Every editor reads what is typed on its desk, says what it understood, and gives a draft back."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QRadioButton
from pytestqt.qtbot import QtBot

from gui.widgets.editors.choice_editor import ChoiceEditor
from gui.widgets.editors.choices_editor import ChoicesEditor
from gui.widgets.editors.editor import Editor
from gui.widgets.editors.integer_editor import IntegerEditor
from gui.widgets.editors.make import editor_for
from gui.widgets.editors.moment_editor import MomentEditor, at_desk
from gui.widgets.editors.note_editor import NoteEditor
from gui.widgets.editors.quantity_editor import QuantityEditor
from gui.widgets.editors.text_editor import TextEditor
from gui.widgets.editors.yes_no_editor import YesNoEditor
from models.domain.clock import FixedClock
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records import KINDS

CLOCK = FixedClock.at(2026, 10, 2)
SPECIMENS = (("BONE MARROW", "Bone marrow"), ("BLOOD", "Peripheral blood"))
EXAMPLES: dict[str, object] = {
    "text": "T315I",
    "note": "two\nlines",
    "choice": "BLOOD",
    "whole number": 3,
    "quantity": Quantity(Decimal("0.02"), "%"),
    "date": PartialDate(2026, 3),
    "date and time": datetime(2026, 9, 21, 14, 5, tzinfo=timezone(timedelta(hours=1))),
    "yes or no": False,
}


def quantity(qtbot: QtBot, desk: Desk, *units: str) -> QuantityEditor:
    editor = QuantityEditor(units, desk)
    qtbot.addWidget(editor)
    return editor


def test_a_quantity_repeats_what_it_understood_with_its_unit(qtbot: QtBot) -> None:
    editor = quantity(qtbot, Desk.ENGLISH, "%")
    qtbot.keyClicks(editor.line, "0.020")
    assert editor.line.echo() == "0.020 %"
    assert editor.value() == Quantity(Decimal("0.02"), "%")


def test_an_italian_desk_reads_a_comma_as_decimal_mark(qtbot: QtBot) -> None:
    editor = quantity(qtbot, Desk.ITALIAN, "%")
    qtbot.keyClicks(editor.line, "0,02")
    assert editor.value() == Quantity(Decimal("0.02"), "%")
    assert editor.line.echo() == "0,02 %"


@pytest.mark.parametrize(("desk", "typed"), [(Desk.ENGLISH, "1,234"), (Desk.ITALIAN, "1.234")])
def test_an_ambiguous_number_is_refused_with_both_readings(qtbot: QtBot, desk: Desk, typed: str) -> None:
    editor = quantity(qtbot, desk, "copies")
    qtbot.keyClicks(editor.line, typed)
    assert editor.value() is None
    assert "1234" in editor.problem()
    assert f"1{desk.decimal_mark}234" in editor.problem()
    assert editor.typed() == typed


def test_the_text_of_a_quantity_is_kept_as_it_was_typed(qtbot: QtBot) -> None:
    editor = quantity(qtbot, Desk.ENGLISH, "%")
    qtbot.keyClicks(editor.line, "<0.0010")
    value = editor.value()
    assert isinstance(value, Quantity)
    assert (value.typed, value.qualifier) == ("<0.0010", "<")


def test_a_stored_quantity_that_is_not_touched_stays_the_same_object(qtbot: QtBot) -> None:
    editor = quantity(qtbot, Desk.ITALIAN, "%")
    stored = Quantity(Decimal("1234.5"), "%", "", "1,234.5")
    editor.set_value(stored)
    assert editor.value() is stored
    assert editor.line.text() == "1234,5"


def test_other_units_never_change_a_stored_quantity(qtbot: QtBot) -> None:
    editor = quantity(qtbot, Desk.ENGLISH)
    stored = Quantity(Decimal(120), "g/L")
    editor.set_value(stored)
    editor.set_units(("g/dL", "g/L"))
    assert editor.value() is stored
    assert editor.line.text() == "120 g/L"


def test_a_stored_quantity_that_was_deleted_does_not_come_back_with_other_units(qtbot: QtBot) -> None:
    editor = quantity(qtbot, Desk.ENGLISH)
    editor.set_value(Quantity(Decimal(120), "g/L"))
    editor.line.selectAll()
    qtbot.keyClick(editor.line, Qt.Key.Key_Delete)
    editor.set_units(("mmol/L",))
    assert editor.value() is None
    assert editor.typed() == ""


def test_typing_takes_the_unit_of_the_test_that_is_chosen_afterwards(qtbot: QtBot) -> None:
    editor = quantity(qtbot, Desk.ENGLISH)
    qtbot.keyClicks(editor.line, "9.5")
    editor.set_units(("g/dL", "g/L"))
    assert editor.value() == Quantity(Decimal("9.5"), "g/dL")


@given(st.decimals(0, 10**9, allow_nan=False, places=4), st.sampled_from(Desk), st.sampled_from(["", "<", ">="]))
def test_what_a_quantity_shows_reads_back_as_the_same_value(
    qapp: QApplication, value: Decimal, desk: Desk, qualifier: str
) -> None:
    editor = QuantityEditor(("%", "copies"), desk)
    stored = Quantity(value, "copies", qualifier)
    editor.set_value(stored)
    editor.set_typed(editor.typed())
    assert editor.value() == stored
    editor.deleteLater()


def test_a_moment_carries_the_offset_of_the_desk(qtbot: QtBot) -> None:
    editor = MomentEditor(Desk.ENGLISH, CLOCK)
    qtbot.addWidget(editor)
    qtbot.keyClicks(editor.line, "21/9 14:05")
    assert editor.value() == at_desk(datetime(2026, 9, 21, 14, 5), CLOCK.now())  # noqa: DTZ001 - as typed
    assert editor.line.echo().startswith("21 Sep 2026, 14:05 UTC")


@pytest.mark.parametrize(
    ("typed", "word"), [("21/9", "time"), ("14:05", "day"), ("21/9 25:00", "25:00"), ("9/2026 9:30", "full")]
)
def test_half_a_moment_is_refused(qtbot: QtBot, typed: str, word: str) -> None:
    editor = MomentEditor(Desk.ENGLISH, CLOCK)
    qtbot.addWidget(editor)
    qtbot.keyClicks(editor.line, typed)
    assert editor.value() is None
    assert word in editor.problem()


def test_a_moment_too_long_for_its_line_shows_its_beginning(qtbot: QtBot) -> None:
    editor = MomentEditor(Desk.ENGLISH, CLOCK)
    qtbot.addWidget(editor)
    editor.set_typed("25/12/2026 10:00")
    editor.line.end(False)
    editor.finish()
    assert editor.line.cursorPosition() == 0


def test_a_choice_is_made_by_typing_a_part_of_it(qtbot: QtBot) -> None:
    editor = ChoiceEditor(SPECIMENS)
    qtbot.addWidget(editor)
    qtbot.keyClicks(editor.box, "marr")
    assert editor.value() == "BONE MARROW"
    editor.finish()
    assert editor.box.currentText() == "Bone marrow"


def test_typing_that_fits_several_choices_is_refused(qtbot: QtBot) -> None:
    editor = ChoiceEditor(SPECIMENS)
    qtbot.addWidget(editor)
    qtbot.keyClicks(editor.box, "o")
    assert editor.value() is None
    assert "Bone marrow, Peripheral blood" in editor.problem()


def test_an_emptied_choice_is_no_answer(qtbot: QtBot) -> None:
    editor = ChoiceEditor(SPECIMENS)
    qtbot.addWidget(editor)
    editor.set_value("BLOOD")
    editor.box.lineEdit().selectAll()  # type: ignore[union-attr]
    qtbot.keyClick(editor.box, Qt.Key.Key_Delete)
    assert editor.value() is None
    assert editor.problem() == ""


def test_the_mouse_wheel_does_not_change_a_choice(qtbot: QtBot) -> None:
    editor = ChoiceEditor(SPECIMENS)
    qtbot.addWidget(editor)
    editor.set_value("BONE MARROW")
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(editor.box, wheel)
    assert editor.value() == "BONE MARROW"


def test_a_stored_code_that_is_not_offered_any_more_stays(qtbot: QtBot) -> None:
    editor = ChoiceEditor(SPECIMENS)
    qtbot.addWidget(editor)
    editor.set_value("CSF")
    assert editor.value() == "CSF"
    assert editor.problem() == ""


def test_laboratories_can_be_typed_that_were_never_named_before(qtbot: QtBot) -> None:
    editor = editor_for(KINDS["mrd"].fields["laboratory"], Desk.ENGLISH, CLOCK, (("Rome", "Rome"),))
    qtbot.addWidget(editor)
    assert isinstance(editor, ChoiceEditor)
    qtbot.keyClicks(editor.box, "Rom")
    editor.finish()
    assert editor.value() == "Rom"


def test_several_choices_come_in_the_order_of_the_list(qtbot: QtBot) -> None:
    editor = ChoicesEditor((*SPECIMENS, ("CSF", "CSF")))
    qtbot.addWidget(editor)
    editor.set_typed("CSF;BONE MARROW")
    assert editor.value() == ("BONE MARROW", "CSF")


def test_an_editor_in_which_nothing_can_be_entered_is_read_out_in_the_words_that_are_shown(qtbot: QtBot) -> None:
    held: dict[Editor, object] = {
        ChoiceEditor(SPECIMENS): "BLOOD",
        ChoicesEditor(SPECIMENS): ("BLOOD", "BONE MARROW"),
        YesNoEditor(): False,
    }
    said = []
    for editor, value in held.items():
        qtbot.addWidget(editor)
        editor.name_parts("field", "Field")
        editor.set_value(value)
        editor.hold()
        cover = editor.focusProxy()
        assert cover is not None
        said.append(cover.accessibleDescription())
    assert said == [
        "Peripheral blood, cannot be changed now",
        "Bone marrow, Peripheral blood, cannot be changed now",
        "No, cannot be changed now",
    ]


def test_yes_and_no_are_answered_and_taken_back_by_key(qtbot: QtBot) -> None:
    editor = YesNoEditor()
    qtbot.addWidget(editor)
    editor.show()
    values = []
    for key in (Qt.Key.Key_Y, Qt.Key.Key_N, Qt.Key.Key_Delete):
        qtbot.keyClick(editor.findChildren(QRadioButton)[0], key)
        values.append(editor.value())
    assert values == [True, False, None]


def test_a_whole_number_refuses_a_fraction(qtbot: QtBot) -> None:
    editor = IntegerEditor(Desk.ENGLISH)
    qtbot.addWidget(editor)
    qtbot.keyClicks(editor.line, "2.5")
    assert editor.value() is None
    assert "whole number" in editor.problem()


def test_a_note_grows_with_the_lines_that_its_text_takes(qtbot: QtBot) -> None:
    editor = NoteEditor()
    qtbot.addWidget(editor)
    editor.resize(300, 200)
    editor.show()
    low = editor.box.sizeHint().height()
    editor.set_typed("one word after another, " * 9)
    high = editor.box.sizeHint().height()
    assert high > low
    editor.resize(900, 200)
    assert editor.box.sizeHint().height() < high


def test_tab_leaves_a_note(qtbot: QtBot) -> None:
    editor = NoteEditor()
    qtbot.addWidget(editor)
    qtbot.keyClicks(editor.box, "a\tb")
    assert editor.value() == "ab"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_declared_field_has_an_editor_that_gives_back_its_value_and_its_draft(qtbot: QtBot, kind: str) -> None:
    for field in KINDS[kind].fields.values():
        offered = None if field.codelist and field.codelist.terms else (("1", "One"), ("2", "Two"))
        editor = editor_for(field, Desk.ITALIAN, CLOCK, offered, kind=kind)
        qtbot.addWidget(editor)
        example = EXAMPLES.get(field.type.value)
        if field.type.value in ("choice", "several", "choices", "reference"):
            codes = list(field.codelist.terms) if field.codelist and field.codelist.terms else ["1", "2"]
            example = {"choices": tuple(codes[:2]), "reference": 2}.get(field.type.value, codes[-1])
        assert example is not None
        if isinstance(example, Quantity) and field.units:
            example = Quantity(example.value, field.units[-1])
        with qtbot.assertNotEmitted(editor.edited):  # only the person's own typing counts as edited
            editor.set_value(example)
            assert editor.value() == example, field.name
            editor.set_typed(editor.typed())
            assert editor.value() == example, field.name
            editor.set_value(None)
            assert editor.value() is None, field.name
        assert _focusable(editor), field.name


def _focusable(editor: Editor) -> bool:
    part = editor.focusProxy()
    return part is not None and bool(part.objectName()) and bool(part.accessibleName())


@pytest.mark.parametrize("typed", ["three", "3 kg", "3.5", "<3"])
def test_what_is_no_whole_number_is_refused_with_the_way_out(qtbot: QtBot, typed: str) -> None:
    editor = IntegerEditor(Desk.ENGLISH)
    qtbot.addWidget(editor)
    qtbot.keyClicks(editor.line, typed)
    assert editor.problem() == f"{typed} is not a whole number. Type digits only, for instance 3."


def test_an_empty_quantity_shows_the_unit_that_is_meant(qtbot: QtBot) -> None:
    editor = quantity(qtbot, Desk.ENGLISH, "g/dL", "g/L")
    assert editor.line.echo() == "g/dL"
    qtbot.keyClicks(editor.line, "9")
    qtbot.keyClick(editor.line, Qt.Key.Key_Backspace)
    assert editor.line.echo() == "g/dL"


def test_the_unit_shown_follows_the_units_allowed(qtbot: QtBot) -> None:
    editor = quantity(qtbot, Desk.ENGLISH)
    assert editor.line.echo() == ""
    editor.set_units(("mg",))
    assert editor.line.echo() == "mg"


def test_a_stored_quantity_says_its_number_once(qtbot: QtBot) -> None:
    editor = quantity(qtbot, Desk.ENGLISH, "copies")
    editor.set_value(Quantity(Decimal(45310), "copies"))
    assert editor.line.echo() == "copies"


def test_a_text_longer_than_a_line_usually_takes_stays_whole_for_the_check_to_refuse(qtbot: QtBot) -> None:
    editor = TextEditor()
    qtbot.addWidget(editor)
    QApplication.clipboard().setText("x" * 100_000)
    editor.line.paste()
    assert editor.value() == "x" * 100_000


@pytest.mark.parametrize("typed", ["20 umol/L", "20 \N{MICRO SIGN}mol/L", "20 \N{GREEK SMALL LETTER MU}mol/L", "20"])
def test_every_way_to_write_micro_is_read_and_the_sign_for_it_is_shown(qtbot: QtBot, typed: str) -> None:
    editor = quantity(qtbot, Desk.ENGLISH, "umol/L", "mg/dL")
    assert editor.line.echo() == "µmol/L"
    editor.set_typed(typed)
    assert editor.value() == Quantity(Decimal(20), "umol/L")
    assert "umol" not in editor.line.echo()
