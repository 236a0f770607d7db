"""Lines of a form that are records of their own: stored ones are corrected or withdrawn, new ones come and go."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from gui.widgets.child_table import Children, ChildTable
from gui.widgets.record_form import RecordForm
from gui.workspace import Workspace
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records import KINDS
from models.records.molecular import MrdReplicate, MrdResult
from models.study import Context, Edit
from tests.gui.widgets.conftest import Person, shown

REPLICATE = KINDS["replicate"]


def copies(number: int) -> Quantity:
    return Quantity(Decimal(number), "copies")


@pytest.fixture
def stored(workspace: Workspace, patient: int) -> tuple[MrdReplicate, ...]:
    """A result with three replicates."""
    replicates = tuple(
        Edit("replicate", {"number": n, "target_copies": copies(3), "control_copies": copies(14600)}) for n in (1, 2, 3)
    )
    values = {"collected": PartialDate(2026, 9, 21), "specimen": "BONE MARROW", "transcript": "p190"}
    workspace.study.save(patient, [Edit("mrd", values, children=replicates)], Context("A. Bianchi"))
    return workspace.study.chart(patient).of(MrdReplicate)


def correction(qtbot: QtBot, workspace: Workspace, patient: int) -> RecordForm:
    """The form in which the result is corrected."""
    chart = workspace.study.chart(patient)
    children = [Children(REPLICATE, chart.of(MrdReplicate))]
    form = RecordForm(workspace, MrdResult.kind, patient, chart.one(MrdResult), fields=("comment",), children=children)
    form.resize(700, 600)
    shown(qtbot, form)
    return form


def press(qtbot: QtBot, form: RecordForm, name: str) -> QPushButton:
    button = form.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    return button


def line(form: RecordForm, name: str) -> QLineEdit:
    found = form.findChild(QLineEdit, name)
    assert found is not None
    return found


def test_a_stored_line_is_withdrawn_with_the_reason_of_the_form(
    qtbot: QtBot, workspace: Workspace, patient: int, stored: tuple[MrdReplicate, ...], person: Person
) -> None:
    form = correction(qtbot, workspace, patient)
    press(qtbot, form, "replicate_2_withdraw")
    assert form.save()
    assert "Line 3 (3, 3 copies): withdrawn" in person.asked[0][0]
    assert [each.number for each in workspace.study.chart(patient).of(MrdReplicate)] == [1, 2]
    assert workspace.study.corrections("replicate", stored[2].id)[0].reason == "Typing error"


@pytest.mark.usefixtures("stored")
def test_nothing_is_withdrawn_without_a_reason(
    qtbot: QtBot, workspace: Workspace, patient: int, person: Person
) -> None:
    person.reason = None
    form = correction(qtbot, workspace, patient)
    press(qtbot, form, "replicate_2_withdraw")
    assert not form.save()
    assert len(workspace.study.chart(patient).of(MrdReplicate)) == 3


@pytest.mark.usefixtures("stored")
def test_a_line_that_will_be_withdrawn_says_so_and_takes_no_typing(
    qtbot: QtBot, workspace: Workspace, patient: int
) -> None:
    form = correction(qtbot, workspace, patient)
    button = press(qtbot, form, "replicate_0_withdraw")
    assert button.text() == "Keep"
    assert button.accessibleName() == "Keep line 1"
    assert not line(form, "replicate_0_target_copies").isEnabled()
    assert line(form, "replicate_1_target_copies").isEnabled()


@pytest.mark.usefixtures("stored")
def test_a_withdrawal_is_taken_back_before_saving(
    qtbot: QtBot, workspace: Workspace, patient: int, person: Person
) -> None:
    form = correction(qtbot, workspace, patient)
    for _ in range(2):
        press(qtbot, form, "replicate_0_withdraw")
    assert line(form, "replicate_0_target_copies").isEnabled()
    assert not form.changed()
    assert form.save()
    assert person.asked == []


@pytest.mark.usefixtures("stored")
def test_a_withdrawal_not_saved_yet_comes_back_with_the_draft(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    first = correction(qtbot, workspace, patient)
    press(qtbot, first, "replicate_1_withdraw")
    first.leave()
    second = correction(qtbot, workspace, patient)
    assert [child.withdrawn for child in second.edit().children] == [False, True, False]


def test_a_draft_finds_its_line_again_when_another_was_withdrawn_meanwhile(
    qtbot: QtBot, workspace: Workspace, patient: int, stored: tuple[MrdReplicate, ...]
) -> None:
    first = correction(qtbot, workspace, patient)
    line(first, "replicate_1_target_copies").selectAll()
    qtbot.keyClicks(line(first, "replicate_1_target_copies"), "30")
    first.leave()
    workspace.study.void(patient, "replicate", stored[0].id, Context("A. Bianchi", "Well 1 was empty"))
    second = correction(qtbot, workspace, patient)
    assert [(child.id, dict(child.values)) for child in second.edit().children] == [
        (stored[1].id, {"target_copies": copies(30)}),
        (stored[2].id, {}),
    ]


def test_a_draft_stays_with_its_suggestion_when_the_one_before_was_removed(
    qtbot: QtBot, workspace: Workspace, patient: int
) -> None:
    def opened() -> RecordForm:
        children = Children(REPLICATE, suggested=[{"number": 1}, {"number": 2}])
        form = RecordForm(workspace, MrdResult.kind, patient, fields=("comment",), children=[children])
        form.resize(700, 600)
        shown(qtbot, form)
        return form

    first = opened()
    qtbot.keyClicks(line(first, "replicate_1_target_copies"), "9")
    press(qtbot, first, "replicate_0_remove")
    first.leave()
    values = [dict(child.values) for child in opened().edit().children]
    assert values == [{"number": 2, "target_copies": copies(9)}]


@pytest.mark.usefixtures("stored")
def test_a_correction_of_a_line_is_named_with_old_and_new(
    qtbot: QtBot, workspace: Workspace, patient: int, person: Person
) -> None:
    form = correction(qtbot, workspace, patient)
    line(form, "replicate_0_target_copies").selectAll()
    qtbot.keyClicks(line(form, "replicate_0_target_copies"), "4")
    assert form.save()
    assert "Line 1, BCR::ABL1 copies: 3 copies → 4 copies" in person.asked[0][0]


def test_lines_are_counted_anew_when_one_is_removed(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    table = ChildTable(workspace, Children(REPLICATE, suggested=[{}, {}]), patient, fresh=True)
    shown(qtbot, table)
    first = table.findChild(QPushButton, "replicate_0_remove")
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    (left,) = table.editors
    part = left["number"].focusProxy()
    assert part is not None
    assert part.accessibleName() == "Replicate, line 1"


def stops(qtbot: QtBot, table: ChildTable) -> list[str]:
    """The names of what the Tab key comes to, from the first field on to the button that adds a line."""
    first = table.editors[0]["number"].focusProxy()
    assert first is not None
    table.window().activateWindow()
    first.setFocus()
    names = []
    for _ in range(40):
        at = table.window().focusWidget()
        assert at is not None
        names.append(at.objectName())
        if at is table.add_button:
            break
        qtbot.keyClick(at, Qt.Key.Key_Tab)
    return names


def expected_stops(table: ChildTable) -> list[str]:
    names = [f"replicate_{n}_{part}" for n in range(len(table.editors)) for part in (*table.editors[0], "remove")]
    return [*names, "replicate_add"]


def test_the_tab_key_goes_through_the_lines_before_the_button_that_adds_one(
    qtbot: QtBot, workspace: Workspace, patient: int
) -> None:
    table = ChildTable(workspace, Children(REPLICATE, suggested=[{}, {}]), patient, fresh=True)
    shown(qtbot, table)
    assert stops(qtbot, table) == expected_stops(table)


def all_stops(qtbot: QtBot, form: RecordForm) -> list[str]:
    """The names of what the Tab key comes to in a form, from its first field on, once around."""
    first = form.editor("comment").focusProxy()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    form.editor("comment").setFocus()
    names: list[str] = []
    for _ in range(60):
        at = QApplication.focusWidget()
        assert at is not None
        if names and at is first:
            break
        names.append(at.objectName())
        qtbot.keyClick(at, Qt.Key.Key_Tab)
    return names


@pytest.mark.parametrize("before", [0, 1, 2])
def test_a_line_added_on_screen_comes_after_the_one_above_it_and_before_what_follows_in_the_form(
    qtbot: QtBot, workspace: Workspace, patient: int, before: int
) -> None:
    def with_lines(number: int) -> RecordForm:
        tables = (Children(KINDS["ae_grade"], suggested=[{}] * number), Children(KINDS["ae_drug"], suggested=[{}]))
        kind, shown_fields = KINDS["adverse_event"], ("comment", "serious")
        made = RecordForm(workspace, kind, patient, fields=shown_fields, children=tables)
        made.resize(700, 600)
        shown(qtbot, made)
        return made

    grown = with_lines(before)
    for _ in range(2):
        press(qtbot, grown, "ae_grade_add")
    assert all_stops(qtbot, grown) == all_stops(qtbot, with_lines(before + 2))


@pytest.mark.usefixtures("stored")
def test_after_discarding_the_typing_the_tab_key_goes_the_same_way_as_before(
    qtbot: QtBot, workspace: Workspace, patient: int
) -> None:
    form = correction(qtbot, workspace, patient)
    before = all_stops(qtbot, form)
    press(qtbot, form, "replicate_0_withdraw")
    form.discard()
    assert all_stops(qtbot, form) == before
