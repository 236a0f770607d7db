"""Where the cursor is while somebody is enrolled with the keyboard: through a step, and when it is refused."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.pages.enrolment.page import Page
from gui.widgets.editors.editor import Editor
from gui.workspace import Target, Workspace
from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.study import Edit, Study
from tests.gui.pages.desk import Keyboard

PERSON, ELIGIBILITY, BASELINE, DAY_ONE = range(4)
BEGUN = "28 sep 2026"


@pytest.fixture
def screened(study: Study) -> int:
    """Somebody in screening whose consent is of 28 September 2026."""
    edits = (
        Edit("patient", {"screening_number": "S042-001", "screened": PartialDate(2026, 9, 28), "sex": "M", "age": 41}),
        Edit("consent", {"version": "4.0", "signed": PartialDate(2026, 9, 28)}),
    )
    return study.screen(edits, Context("C. Rossi")).patient or 0


def open_step(bare: Workspace, qtbot: QtBot, patient: int, step: int, size: tuple[int, int] = (1150, 700)) -> Page:
    page = Page(bare)
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    page.activateWindow()
    page.show_target(Target("enrolment", patient, values=MappingProxyType({"step": step})))
    qtbot.waitUntil(lambda: bool(page.step and page.step.focusWidget()))
    return page


@pytest.mark.parametrize("step", [PERSON, ELIGIBILITY, BASELINE, DAY_ONE])
def test_the_tab_key_goes_through_a_step_as_the_eye_does_and_on_to_the_buttons(
    bare: Workspace, qtbot: QtBot, keyboard: Keyboard, screened: int, step: int
) -> None:
    page = open_step(bare, qtbot, screened, step)
    assert page.step is not None
    page.step.editors()[0].setFocus()
    stops: list[QWidget] = []
    while keyboard.focus is not page.go_on:
        stops.append(keyboard.focus)
        assert len(stops) < 120
        keyboard.press(Qt.Key.Key_Tab)
    fields = [editor_around(stop) for stop in stops if page.step.isAncestorOf(stop)]
    assert [field for field in dict.fromkeys(fields) if field] == [
        editor for editor in page.step.editors() if editor.isVisible() and editor.focusProxy()
    ]
    foot = [stop for stop in stops if not page.step.isAncestorOf(stop)]
    assert foot == [button for button in (page.back, page.skip) if button.isEnabled() and button.isVisible()]


def editor_around(stop: QWidget) -> Editor | None:
    """The editor that a stop of the Tab key is part of; None for a button beside the fields."""
    around: object = stop
    while isinstance(around, QWidget) and not isinstance(around, Editor):
        around = around.parentWidget()
    return around if isinstance(around, Editor) else None


@pytest.mark.parametrize(
    ("typed", "at_fault"),
    [
        ({"patient_screened": "x"}, "patient_screened"),
        ({"patient_screened": BEGUN}, "patient_sex"),
        ({"patient_screened": BEGUN, "patient_sex": "f", "patient_age": "130"}, "patient_age"),
        ({"patient_screened": BEGUN, "patient_sex": "f", "consent_version": "4.0"}, "consent_signed"),
        (
            {"patient_screened": BEGUN, "patient_sex": "f", "consent_version": "4", "consent_signed": "1 jan 2027"},
            "consent_signed",
        ),
        ({"patient_screened": BEGUN, "patient_sex": "f", "identity_birth_date": "32 may 1967"}, "identity_birth_date"),
    ],
)
def test_a_person_who_cannot_be_screened_leaves_the_cursor_in_the_first_field_at_fault(
    bare: Workspace, qtbot: QtBot, keyboard: Keyboard, study: Study, typed: Mapping[str, str], at_fault: str
) -> None:
    page = open_step(bare, qtbot, 0, PERSON)
    keyboard.fill(**typed)
    keyboard.go_to("identity_hospital_number")
    keyboard.save()
    assert study.patients() == ()
    assert page.place.values == {"step": PERSON}
    assert keyboard.focus.objectName() == at_fault


@pytest.mark.parametrize(
    ("typed", "at_fault"),
    [
        ({"eligibility_assessed": "x"}, "eligibility_assessed"),
        ({"eligibility_assessed": "1 jan 2027", "criterion_I6_value": "90"}, "eligibility_assessed"),
        ({"criterion_I6_value": "x"}, "criterion_I6_value"),
    ],
)
def test_answers_that_cannot_be_saved_leave_the_cursor_in_the_first_at_fault(
    bare: Workspace, qtbot: QtBot, keyboard: Keyboard, screened: int, typed: Mapping[str, str], at_fault: str
) -> None:
    page = open_step(bare, qtbot, screened, ELIGIBILITY)
    keyboard.fill(**typed)
    keyboard.go_to("enrolment_save")
    keyboard.save()
    assert page.place.values == {"step": ELIGIBILITY}
    assert keyboard.focus.objectName() == at_fault


@pytest.mark.parametrize(
    ("typed", "at_fault"),
    [
        ({}, "patient_enrolled"),
        ({"patient_enrolled": "x"}, "patient_enrolled"),
        ({"patient_enrolled": "27 sep 2026"}, "patient_enrolled"),
        ({"patient_enrolled": "today", "phase_began_prephase": "x"}, "phase_began_prephase"),
        ({"patient_enrolled": "today", "phase_began_induction": "1 jan 2027"}, "phase_began_induction"),
    ],
)
def test_an_enrolment_refused_leaves_the_cursor_in_the_first_date_at_fault(
    bare: Workspace, qtbot: QtBot, keyboard: Keyboard, screened: int, typed: Mapping[str, str], at_fault: str
) -> None:
    page = open_step(bare, qtbot, screened, DAY_ONE)
    keyboard.fill(**typed)
    keyboard.go_to("enrolment_save")
    keyboard.save()
    assert bare.study.chart(screened).patient.enrolled is None
    assert page.place.values == {"step": DAY_ONE}
    assert keyboard.focus.objectName() == at_fault


def test_a_field_at_fault_is_scrolled_into_view(
    bare: Workspace, qtbot: QtBot, keyboard: Keyboard, screened: int
) -> None:
    page = open_step(bare, qtbot, screened, ELIGIBILITY, (683, 384))
    keyboard.fill(eligibility_assessed="x")
    keyboard.go_to("enrolment_save")
    keyboard.save()
    field = keyboard.focus
    assert field.objectName() == "eligibility_assessed"
    qtbot.waitUntil(lambda: not field.visibleRegion().isEmpty())
    assert page.rect().contains(field.mapTo(page, field.rect().center()))


def test_nobody_is_enrolled_over_what_another_step_has_not_saved(
    bare: Workspace, qtbot: QtBot, keyboard: Keyboard, screened: int
) -> None:
    page = open_step(bare, qtbot, screened, ELIGIBILITY)
    keyboard.fill(criterion_I6_value="9o")
    page.open_step(DAY_ONE)
    qtbot.waitUntil(lambda: keyboard.focus.objectName() == "patient_enrolled")
    keyboard.type("today")
    keyboard.save()
    assert page.place.values == {"step": ELIGIBILITY}
    qtbot.waitUntil(lambda: keyboard.focus.objectName() == "criterion_I6_value")
    assert bare.study.chart(screened).patient.enrolled is None
    banner = page.findChild(QWidget, "enrolment_1_failure")
    assert banner is not None
    assert banner.accessibleDescription().startswith("Not enrolled yet.")
