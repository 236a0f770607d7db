"""A record is entered, corrected and kept as a draft; nothing typed is lost and nothing impossible is saved."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from gui.widgets.child_table import Children
from gui.widgets.editors.line import LineEditor
from gui.widgets.editors.quantity_editor import QuantityEditor
from gui.widgets.findings import FindingList
from gui.widgets.form_draft import draft_key
from gui.widgets.record_form import RecordForm
from gui.workspace import Workspace
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records import KINDS
from models.records.laboratory import LabResult
from models.records.molecular import MrdReplicate, MrdResult
from models.records.treatment import Medication
from models.study import Context, Edit
from tests.gui.widgets.conftest import Person
from tests.gui.widgets.forms import Listener, banner, beside, form, type_into

MRD = {"collected": PartialDate(2026, 9, 21), "specimen": "BONE MARROW", "transcript": "p190"}


def stored_medication(workspace: Workspace, patient: int) -> Medication:
    workspace.study.save(
        patient,
        [Edit("medication", {"name": "Aciclovir", "dose": Quantity(Decimal(400), "mg")})],
        Context("A. Bianchi"),
    )
    medication = workspace.study.chart(patient).one(Medication)
    assert medication is not None
    return medication


def test_a_record_is_entered_with_the_keyboard_alone(
    qtbot: QtBot, workspace: Workspace, patient: int, person: Person
) -> None:
    made = form(qtbot, workspace, patient, "mrd")
    made.focus_first()
    answers = ("after cycle 4", "21/9", "bone", "p190", "0", "45310", "abl")
    for answer in answers:
        at = QApplication.focusWidget()
        assert at is not None
        qtbot.keyClicks(at, answer)
        qtbot.keyClick(QApplication.activePopupWidget() or at, Qt.Key.Key_Tab)  # as keys go while a list is open
    at = QApplication.focusWidget()
    assert at is not None
    with qtbot.waitSignal(made.saved):
        qtbot.keyClick(at, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    result = workspace.study.chart(patient).one(MrdResult)
    assert result is not None
    assert (result.visit, result.collected, result.specimen) == ("C4", PartialDate(2026, 9, 21), "BONE MARROW")
    assert result.control_copies == Quantity(Decimal(45310), "copies")
    assert result.entered_by == "C. Rossi"
    assert [changes.kinds for changes in person.broadcast] == [frozenset({"mrd"})]
    assert person.asked == []


def test_an_italian_desk_types_numbers_and_dates_its_own_way(qtbot: QtBot, italian: Workspace, patient: int) -> None:
    made = form(qtbot, italian, patient, "mrd", defaults=MRD)
    type_into(qtbot, made, "lab_ratio", "0,02")
    type_into(qtbot, made, "reported", "29 set 26")
    assert made.save()
    result = italian.study.chart(patient).one(MrdResult)
    assert result is not None
    assert result.lab_ratio == Quantity(Decimal("0.02"), "%")
    assert result.reported == PartialDate(2026, 9, 29)


def test_an_ambiguous_number_blocks_saving_and_is_shown_with_both_readings(
    qtbot: QtBot, workspace: Workspace, patient: int
) -> None:
    made = form(qtbot, workspace, patient, "mrd", defaults=MRD)
    type_into(qtbot, made, "lab_ratio", "1,234")
    assert not made.save()
    assert "1234 or 1.234" in beside(made, "lab_ratio")
    assert "Ratio on the report" in banner(made)
    assert workspace.study.chart(patient).of(MrdResult) == ()
    assert made.editor("lab_ratio").typed() == "1,234"


def test_a_form_just_opened_holds_nothing_against_anybody(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    made = form(qtbot, workspace, patient, "mrd")
    type_into(qtbot, made, "control_copies", "45310")
    qtbot.wait(300)
    assert beside(made, "collected") == ""


def test_what_is_missing_is_named_beside_its_field_on_saving(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    made = form(qtbot, workspace, patient, "mrd")
    assert not made.save()
    assert beside(made, "specimen") == "“Specimen” is missing."
    assert made.editor("collected").focusProxy() is QApplication.focusWidget()


def test_an_impossible_date_is_named_while_typing_and_cannot_be_saved(
    qtbot: QtBot, workspace: Workspace, patient: int, person: Person
) -> None:
    made = form(qtbot, workspace, patient, "mrd", defaults={**MRD, "collected": None})
    type_into(qtbot, made, "collected", "21 Sep 2027")
    qtbot.waitUntil(lambda: "after today" in beside(made, "collected"))
    assert not made.save()
    assert person.asked == []


def test_a_doubtful_value_is_saved_with_a_reason_and_stays_flagged(
    qtbot: QtBot, workspace: Workspace, patient: int, person: Person
) -> None:
    workspace.study.save(patient, [Edit("death", {"date": PartialDate(2026, 8, 1)})], Context("A. Bianchi"))
    made = form(qtbot, workspace, patient, "mrd", defaults=MRD)
    assert made.save()
    (_, doubts), *_ = person.asked
    assert "collected" in [doubt.field for doubt in doubts]
    flags = workspace.study.chart(patient).flags
    assert ("collected", "Typing error") in [(flag.about_field, flag.answer) for flag in flags]


def test_a_doubtful_correction_that_comes_back_as_a_draft_is_asked_about(
    qtbot: QtBot, workspace: Workspace, patient: int, person: Person
) -> None:
    workspace.study.save(patient, [Edit("death", {"date": PartialDate(2026, 8, 1)})], Context("A. Bianchi"))
    day = {"collected": PartialDate(2026, 7, 21)}
    workspace.study.save(patient, [Edit("mrd", {**MRD, **day})], Context("A. Bianchi", "No copies on the report"))
    stored = workspace.study.chart(patient).one(MrdResult)
    first = form(qtbot, workspace, patient, record=stored)
    first.editor("collected").set_value(None)
    type_into(qtbot, first, "collected", "21 Aug 2026")
    first.leave()
    assert form(qtbot, workspace, patient, record=stored).save()
    (_, doubts), *_ = person.asked
    assert [doubt.field for doubt in doubts] == ["collected"]


def test_a_doubtful_value_is_not_saved_when_no_reason_is_given(
    qtbot: QtBot, workspace: Workspace, patient: int, person: Person
) -> None:
    workspace.study.save(patient, [Edit("death", {"date": PartialDate(2026, 8, 1)})], Context("A. Bianchi"))
    person.reason = None
    made = form(qtbot, workspace, patient, "mrd", defaults=MRD)
    assert not made.save()
    assert "Doubtful: " in beside(made, "collected")
    assert workspace.study.chart(patient).of(MrdResult) == ()


def test_a_correction_asks_for_the_reason_naming_old_and_new(
    qtbot: QtBot, workspace: Workspace, patient: int, person: Person
) -> None:
    medication = stored_medication(workspace, patient)
    made = form(qtbot, workspace, patient, "medication", record=medication)
    made.editor("dose").set_typed("800")
    assert made.save()
    assert "Dose: 400 mg → 800 mg" in person.asked[0][0]
    (correction,) = workspace.study.corrections("medication", medication.id)
    assert (correction.actor, correction.reason) == ("C. Rossi", "Typing error")
    assert (correction.old, correction.new) == (Quantity(Decimal(400), "mg"), Quantity(Decimal(800), "mg"))


def test_a_correction_that_changes_nothing_saves_nothing_and_asks_nothing(
    qtbot: QtBot, workspace: Workspace, patient: int, person: Person
) -> None:
    medication = stored_medication(workspace, patient)
    made = form(qtbot, workspace, patient, "medication", record=medication)
    made.editor("dose").set_typed("400.0")
    assert made.save()
    assert person.asked == []
    assert workspace.study.corrections("medication", medication.id) == ()


def test_typing_becomes_a_draft_a_moment_after_the_last_key(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    made = form(qtbot, workspace, patient, "mrd", defaults=MRD)
    type_into(qtbot, made, "control_copies", "45310")
    key = draft_key("mrd", patient)
    assert workspace.study.draft(key) is None
    qtbot.waitUntil(lambda: (workspace.study.draft(key) or {}).get("control_copies") == "45310")


def test_a_draft_comes_back_with_what_could_not_be_read(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    first = form(qtbot, workspace, patient, "mrd", defaults=MRD)
    type_into(qtbot, first, "lab_ratio", "1,234")
    first.leave()
    second = form(qtbot, workspace, patient, "mrd", defaults=MRD)
    assert second.editor("lab_ratio").typed() == "1,234"
    notice = second.findChild(QPushButton, "mrd_draftButton")
    assert notice is not None
    assert notice.text() == "Discard draft"
    assert notice.isVisible()
    qtbot.waitUntil(lambda: "two ways" in beside(second, "lab_ratio"))


def test_a_draft_comes_back_with_all_that_its_form_began_with(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    first = form(qtbot, workspace, patient, "mrd", defaults={**MRD, "visit": "D22"})
    type_into(qtbot, first, "control_copies", "45310")
    first.leave()
    second = form(qtbot, workspace, patient, "mrd", defaults={**MRD, "visit": "D45", "laboratory": "Central"})
    assert (second.editor("visit").value(), second.editor("laboratory").value()) == ("D22", None)
    second.discard()
    assert second.editor("visit").value() == "D45"


def test_a_discarded_draft_does_not_come_back(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    first = form(qtbot, workspace, patient, "mrd", defaults=MRD)
    type_into(qtbot, first, "comment", "wrong tube?")
    first.hide()
    second = form(qtbot, workspace, patient, "mrd", defaults=MRD)
    second.discard()
    assert second.editor("comment").value() is None
    assert second.editor("specimen").value() == "BONE MARROW"
    second.hide()
    assert workspace.study.draft(draft_key("mrd", patient)) is None


def test_escape_leaves_the_form_and_keeps_the_typing(
    qtbot: QtBot, workspace: Workspace, patient: int, person: Person
) -> None:
    made = form(qtbot, workspace, patient, "mrd")
    type_into(qtbot, made, "control_copies", "45310")
    part = made.editor("control_copies").focusProxy()
    with qtbot.waitSignal(made.left):
        qtbot.keyClick(part, Qt.Key.Key_Escape)
    assert (workspace.study.draft(draft_key("mrd", patient)) or {})["control_copies"] == "45310"
    assert "draft" in person.told[-1]


def test_saving_takes_the_draft_away(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    made = form(qtbot, workspace, patient, "mrd", defaults=MRD)
    type_into(qtbot, made, "control_copies", "45310")
    made.keep_draft()
    assert made.save()
    made.hide()
    assert workspace.study.drafts() == ()


def test_the_draft_of_a_correction_holds_only_what_was_changed(
    qtbot: QtBot, workspace: Workspace, patient: int
) -> None:
    medication = stored_medication(workspace, patient)
    made = form(qtbot, workspace, patient, "medication", record=medication)
    type_into(qtbot, made, "route", "oral")
    made.leave()
    assert workspace.study.draft(draft_key("medication", patient, medication.id)) == {"route": "oral"}


def test_a_refusal_of_the_study_is_shown_and_the_typing_kept(
    qtbot: QtBot, workspace: Workspace, patient: int, monkeypatch: pytest.MonkeyPatch, person: Person
) -> None:
    def refuse(*_: object) -> None:
        raise TrialError("The disk is full. Free some space, then save again.")

    monkeypatch.setattr(workspace.study, "save", refuse)
    made = form(qtbot, workspace, patient, "mrd", defaults=MRD)
    type_into(qtbot, made, "target_copies", "12")
    assert not made.save()
    assert "The disk is full." in banner(made)
    made.hide()
    assert (workspace.study.draft(draft_key("mrd", patient)) or {})["target_copies"] == "12"
    assert person.broadcast == []


def test_children_are_saved_together_with_their_record(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    replicates = Children(KINDS["replicate"], suggested=[{"number": n} for n in (1, 2, 3)])
    made = form(qtbot, workspace, patient, "mrd", defaults=MRD, children=[replicates])
    for line, copies in ((0, "3"), (1, "0")):
        cell = made.findChild(QLineEdit, f"replicate_{line}_target_copies")
        assert cell is not None
        qtbot.keyClicks(cell, copies)
    assert [child.values["number"] for child in made.edit().children] == [1, 2]
    assert made.save()
    chart = workspace.study.chart(patient)
    (result,) = chart.of(MrdResult)
    assert [(r.parent, r.number) for r in chart.of(MrdReplicate)] == [(result.id, 1), (result.id, 2)]


def test_a_child_that_lacks_a_required_value_blocks_saving(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    made = form(qtbot, workspace, patient, "mrd", defaults=MRD, children=[Children(KINDS["replicate"], suggested=[{}])])
    cell = made.findChild(QLineEdit, "replicate_0_target_copies")
    assert cell is not None
    qtbot.keyClicks(cell, "3")
    assert not made.save()
    assert any("Line 1, Replicate is missing" in each.text() for each in made.findChildren(FindingList))


def test_a_line_in_which_nothing_can_be_read_blocks_saving(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    replicates = Children(KINDS["replicate"], suggested=[{"number": 1}])
    made = form(qtbot, workspace, patient, "mrd", defaults=MRD, children=[replicates])
    qtbot.keyClicks(made.findChild(QLineEdit, "replicate_0_target_copies"), "1o")
    assert not made.save()
    assert any("Line 1, BCR::ABL1 copies: " in each.text() for each in made.findChildren(FindingList))
    assert workspace.study.chart(patient).of(MrdResult) == ()


def test_a_draft_brings_back_the_lines_of_children(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    def opened() -> RecordForm:
        return form(qtbot, workspace, patient, "mrd", defaults=MRD, children=[Children(KINDS["replicate"])])

    first = opened()
    qtbot.mouseClick(first.findChild(QPushButton, "replicate_add"), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(first.findChild(QLineEdit, "replicate_0_number"), "1")
    first.leave()
    cell = opened().findChild(QLineEdit, "replicate_0_number")
    assert cell is not None
    assert cell.text() == "1"


def test_a_line_of_children_can_be_taken_away_before_it_is_saved(
    qtbot: QtBot, workspace: Workspace, patient: int
) -> None:
    replicates = Children(KINDS["replicate"], suggested=[{"number": 1}, {"number": 2}])
    made = form(qtbot, workspace, patient, "mrd", defaults=MRD, children=[replicates])
    for line in (0, 1):
        qtbot.keyClicks(made.findChild(QLineEdit, f"replicate_{line}_control_copies"), "9")
    qtbot.mouseClick(made.findChild(QPushButton, "replicate_0_remove"), Qt.MouseButton.LeftButton)
    assert [child.values["number"] for child in made.edit().children] == [2]


def test_correcting_a_child_asks_for_a_reason(qtbot: QtBot, workspace: Workspace, patient: int, person: Person) -> None:
    copies = {"target_copies": Quantity(Decimal(3), "copies"), "control_copies": Quantity(Decimal(14600), "copies")}
    children = (Edit("replicate", {"number": 1, **copies}),)
    workspace.study.save(patient, [Edit("mrd", MRD, children=children)], Context("A. Bianchi"))
    chart = workspace.study.chart(patient)
    made = form(
        qtbot, workspace, patient, "mrd", record=chart.one(MrdResult),
        children=[Children(KINDS["replicate"], chart.of(MrdReplicate))],
    )  # fmt: skip
    cell = made.findChild(QLineEdit, "replicate_0_target_copies")
    assert cell is not None
    cell.selectAll()
    qtbot.keyClicks(cell, "30")
    assert made.save(), banner(made)
    assert len(person.asked) == 1
    assert workspace.study.chart(patient).of(MrdReplicate)[0].target_copies == Quantity(Decimal(30), "copies")


def test_the_side_panel_hears_every_value_as_it_is_typed(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    side = Listener()
    made = form(qtbot, workspace, patient, "mrd", defaults=MRD, side=side)
    type_into(qtbot, made, "target_copies", "0")
    last = side.heard[-1]
    assert isinstance(last, dict)
    assert last["target_copies"] == Quantity(Decimal(0), "copies")
    assert last["specimen"] == "BONE MARROW"


def test_the_unit_of_a_laboratory_value_follows_its_test(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    made = form(qtbot, workspace, patient, "lab", defaults={"collected": PartialDate(2026, 9, 21)})
    type_into(qtbot, made, "test", "haemoglobin")
    type_into(qtbot, made, "value", "9.5")
    value = made.editor("value")
    assert isinstance(value, QuantityEditor)
    read = value.value()
    assert isinstance(read, Quantity)
    assert read.unit == value.units[0] != ""


def test_a_stored_laboratory_value_in_another_unit_stays_as_it_is(
    qtbot: QtBot, workspace: Workspace, patient: int
) -> None:
    values = {"test": "HGB", "collected": PartialDate(2026, 9, 21), "value": Quantity(Decimal(95), "g/L")}
    workspace.study.save(patient, [Edit("lab", values)], Context("A. Bianchi"))
    chart = next(workspace.study.charts([patient], laboratory=True))
    made = form(qtbot, workspace, patient, "lab", record=chart.of(LabResult)[0])
    assert made.edit().values == {}
    value = made.editor("value")
    assert isinstance(value, LineEditor)
    assert "g/L" in value.line.text() + value.line.echo()


def test_a_hidden_default_is_saved_too(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    made = form(qtbot, workspace, patient, "mrd", defaults={**MRD, "visit": "C4"}, fields=("collected", "specimen"))
    assert made.edit().values["visit"] == "C4"
    assert made.edit().values["transcript"] == "p190"
