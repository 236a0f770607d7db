"""From the first contact to day 1, with the keyboard only; and the screening that ends without enrolment."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.application import Application
from gui.pages.enrolment.eligibility import EligibilityStep
from gui.pages.enrolment.failure import FailureDialog
from gui.pages.enrolment.page import Page
from gui.pages.enrolment.person import PersonStep
from gui.widgets.field_row import FieldRow
from gui.workspace import Target, Workspace
from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.records.disease import Disease
from models.records.patient import Consent, EligibilityAnswer
from models.study import Edit, Study
from tests.gui.fakes import NotingHost
from tests.gui.pages.desk import Keyboard, view_of

BY = Context("C. Rossi")
VALUES = {"I5": "1", "I6": "90", "I7": "0.8", "I8": "1.1"}
"""The criteria of the protocol with a limit, the age apart, which follows from the first step."""


def screened(study: Study) -> int:
    edits = (
        Edit("patient", {"screening_number": "S042-001", "screened": PartialDate(2026, 9, 28), "sex": "M", "age": 41}),
        Edit("consent", {"version": "4.0", "signed": PartialDate(2026, 9, 28)}),
    )
    patient = study.screen(edits, BY).patient
    assert patient is not None
    return patient


def page_of(bare: Workspace, qtbot: QtBot, patient: int = 0) -> Page:
    page = Page(bare)
    qtbot.addWidget(page)
    page.resize(1150, 700)
    page.show()
    page.activateWindow()
    page.show_target(Target("enrolment", patient))
    return page


def answer_all(keyboard: Keyboard, page: Page) -> None:
    step = page.step
    assert isinstance(step, EligibilityStep)
    for criterion in step.workspace.study.protocol.criteria:
        code = criterion.code
        if code in VALUES:
            keyboard.fill(**{f"criterion_{code}_value": VALUES[code]})
        elif criterion.limit is None:
            first = "n" if criterion.exclusion else "y"
            keyboard.go_to(f"criterion_{code}_yes")
            keyboard.type(first)


def test_a_patient_is_enrolled_with_the_keyboard_only_from_today_to_day_one(
    open_window: Callable[[], Application], qtbot: QtBot, keyboard: Keyboard
) -> None:
    application = open_window()
    view = view_of(application)
    assert view.target.page == "today"
    keyboard.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    page = view.page
    assert isinstance(page, Page)
    qtbot.waitUntil(lambda: keyboard.focus.objectName() == "patient_screened")
    keyboard.fill(
        patient_screened="28 sep 2026", patient_sex="female", consent_version="4.0", consent_signed="28 sep 2026"
    )
    keyboard.fill(identity_birth_date="4 may 1967")
    keyboard.save()
    qtbot.waitUntil(lambda: keyboard.focus.objectName() == "eligibility_assessed")
    keyboard.type("29 sep 2026")
    answer_all(keyboard, page)
    keyboard.save()
    qtbot.waitUntil(lambda: keyboard.focus.objectName() == "disease_diagnosed")
    keyboard.fill(disease_diagnosed="20 sep 2026", disease_transcript="p190")
    keyboard.save()
    qtbot.waitUntil(lambda: keyboard.focus.objectName() == "patient_enrolled")
    keyboard.fill(patient_enrolled="30 sep 2026", phase_began_prephase="30 sep 2026", phase_began_induction="today")
    keyboard.save()
    assert view.target.page == "patient"
    chart = view.workspace.study.chart(view.target.patient)
    assert (chart.label, chart.patient.sex, chart.patient.age) == ("042-001", "F", 59)
    assert chart.day_one == view.workspace.study.today
    assert {answer.criterion for answer in chart.of(EligibilityAnswer)} == {c.code for c in chart.protocol.criteria}
    assert chart.disease is not None
    assert chart.disease.transcript == "p190"
    assert view.workspace.study.drafts() == ()


def test_the_first_step_says_what_is_missing_and_keeps_the_typing(
    bare: Workspace, qtbot: QtBot, keyboard: Keyboard, study: Study
) -> None:
    page = page_of(bare, qtbot)
    qtbot.waitUntil(lambda: keyboard.focus.objectName() == "patient_screened")
    keyboard.type("28 sep 2026")
    keyboard.save()
    assert study.patients() == ()
    page.leave()
    again = page_of(bare, qtbot)
    assert again.step is not None
    assert again.step.texts() == {"patient.screened": "28 Sep 2026"}


def test_the_age_follows_a_birth_date_that_is_corrected(
    bare: Workspace, qtbot: QtBot, keyboard: Keyboard, study: Study
) -> None:
    page = page_of(bare, qtbot)
    qtbot.waitUntil(lambda: keyboard.focus.objectName() == "patient_screened")
    keyboard.fill(
        patient_screened="28 sep 2026", patient_sex="female", consent_version="4.0", consent_signed="28 sep 2026"
    )
    keyboard.fill(identity_birth_date="1 jan 2010")
    keyboard.save()
    assert isinstance(page.step, EligibilityStep)
    (patient,) = study.patients()
    assert patient.age == 16
    step = PersonStep(bare, study.chart(patient.id))
    qtbot.addWidget(step)
    step.begin()
    born = step.row("identity", "birth_date").editor
    born.set_typed("4 may 1967")
    step.field_edited(step.row("identity", "birth_date"))
    assert step.value("patient", "age") == 59
    assert step.check() == ()


def test_an_age_that_somebody_typed_stays(bare: Workspace, qtbot: QtBot, study: Study) -> None:
    step = PersonStep(bare, study.chart(screened(study)))
    qtbot.addWidget(step)
    step.begin()
    step.row("identity", "birth_date").editor.set_typed("4 may 1967")
    step.field_edited(step.row("identity", "birth_date"))
    assert step.value("patient", "age") == 41
    assert "patient.age-birth" in {finding.rule for finding in step.check()}


def test_a_screening_is_resumed_at_the_step_where_it_stopped(bare: Workspace, qtbot: QtBot, study: Study) -> None:
    page = page_of(bare, qtbot, screened(study))
    assert isinstance(page.step, EligibilityStep)


def test_the_age_of_the_first_step_answers_the_criterion_in_years(bare: Workspace, qtbot: QtBot, study: Study) -> None:
    page = page_of(bare, qtbot, screened(study))
    assert page.step is not None
    saved = {edit.values["criterion"]: edit.values["answer"] for edit in page.step.edits()}
    assert saved == {"I3": "YES"}


def test_a_waiver_counts_only_with_its_reason(bare: Workspace, qtbot: QtBot, study: Study, keyboard: Keyboard) -> None:
    page = page_of(bare, qtbot, screened(study))
    qtbot.waitUntil(lambda: keyboard.focus.objectName() == "eligibility_assessed")
    keyboard.go_to("criterion_I6_waived")
    keyboard.type("w")
    step = page.step
    assert isinstance(step, EligibilityStep)
    assert step.row("I6").pill.text() == "open"
    keyboard.fill(criterion_I6_comment="Kidneys recover with hydration")
    assert step.row("I6").pill.text() == "waived"


def test_an_excluding_answer_turns_the_verdict_at_once(
    bare: Workspace, qtbot: QtBot, study: Study, keyboard: Keyboard
) -> None:
    page = page_of(bare, qtbot, screened(study))
    qtbot.waitUntil(lambda: keyboard.focus.objectName() == "eligibility_assessed")
    keyboard.go_to("criterion_E2_yes")
    keyboard.type("y")
    step = page.step
    assert isinstance(step, EligibilityStep)
    assert (step.pill.text(), step.verdict.text()) == ("not eligible", "Not satisfied: E2.")


def answered(study: Study, patient: int) -> dict[str, PartialDate | None]:
    """The criteria answered, each with its day."""
    return {answer.criterion: answer.assessed for answer in study.chart(patient).of(EligibilityAnswer)}


def eligibility_step(bare: Workspace, qtbot: QtBot, patient: int) -> tuple[Page, EligibilityStep]:
    """The second step of a patient with two answers of 28 September, the age among them."""
    day = PartialDate(2026, 9, 28)
    answers = (("I3", "YES"), ("E2", "NO"))
    edits = [Edit("eligibility", {"criterion": code, "answer": answer, "assessed": day}) for code, answer in answers]
    bare.study.save(patient, edits, BY)
    page = page_of(bare, qtbot, patient)
    page.open_step(1)
    assert isinstance(page.step, EligibilityStep)
    return page, page.step


def test_the_day_of_the_answers_is_corrected_with_a_reason(bare: Workspace, qtbot: QtBot, study: Study) -> None:
    patient = screened(study)
    page, step = eligibility_step(bare, qtbot, patient)
    step.editors()[0].set_typed("29 sep 2026")
    page.save_and_continue()
    assert answered(study, patient) == dict.fromkeys(("I3", "E2"), PartialDate(2026, 9, 29))
    [answer, *_] = study.chart(patient).of(EligibilityAnswer)
    assert [correction.reason for correction in study.corrections("eligibility", answer.id)] == ["Typing error"]


def test_answers_of_another_day_leave_those_from_before_their_own(bare: Workspace, qtbot: QtBot, study: Study) -> None:
    patient = screened(study)
    page, step = eligibility_step(bare, qtbot, patient)
    step.editors()[0].set_typed("30 sep 2026")
    step.row("E1").answer_editor.set_value("NO")
    step.row("E2").answer_editor.set_value("YES")
    page.save_and_continue()
    first, second = PartialDate(2026, 9, 28), PartialDate(2026, 9, 30)
    assert answered(study, patient) == {"I3": first, "E2": second, "E1": second}


def test_an_answer_that_was_stored_without_its_value_stays_until_somebody_changes_it(
    bare: Workspace, qtbot: QtBot, study: Study
) -> None:
    _, step = eligibility_step(bare, qtbot, screened(study))
    assert step.edits() == ()


def test_a_phase_that_has_begun_is_not_typed_again_at_the_enrolment(
    bare: Workspace, qtbot: QtBot, study: Study
) -> None:
    patient = screened(study)
    first = study.protocol.phases[0].code
    study.save(patient, [Edit("phase", {"phase": first, "began": PartialDate(2026, 9, 29)})], BY)
    page = page_of(bare, qtbot, patient)
    page.open_step(3)
    assert page.step is not None
    editors = {row.field.name: row.editor for row in page.step.findChildren(FieldRow)}
    assert (editors[f"began_{first}"].typed(), editors[f"began_{first}"].held) == ("29 Sep 2026", True)
    assert not editors["enrolled"].held
    assert any("corrected on the patient’s page" in found.text() for found in page.step.findChildren(QLabel))


def test_enrolling_against_the_criteria_asks_for_a_reason(
    bare: Workspace, qtbot: QtBot, study: Study, keyboard: Keyboard
) -> None:
    patient = screened(study)
    study.save(patient, [Edit("eligibility", {"criterion": "E2", "answer": "YES"})], BY)
    page = page_of(bare, qtbot, patient)
    page.open_step(3)
    qtbot.waitUntil(lambda: keyboard.focus.objectName() == "patient_enrolled")
    keyboard.type("today")
    keyboard.save()
    assert {correction.reason for correction in study.corrections("patient", patient)} == {"Typing error"}


def test_a_screen_failure_keeps_its_date_and_reason(
    bare: Workspace, host: NotingHost, qtbot: QtBot, study: Study, keyboard: Keyboard
) -> None:
    patient = screened(study)
    page = page_of(bare, qtbot, patient)
    page.fail_button.click()
    dialog = page.findChild(FailureDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: keyboard.focus.objectName() == "screen_failure_date")
    keyboard.type("today")
    keyboard.save()
    assert study.chart(patient).status == "SCREENING"
    keyboard.fill(screen_failure_reason="Epilepsy under treatment")
    keyboard.save()
    failed = study.chart(patient).patient
    assert failed.screen_failure == PartialDate(2026, 10, 2)
    assert failed.screen_failure_reason == "Epilepsy under treatment"
    assert host.targets[-1].page == "patients"


def test_a_screen_failure_that_raises_a_doubt_asks_for_a_reason(
    bare: Workspace, qtbot: QtBot, study: Study, keyboard: Keyboard
) -> None:
    patient = screened(study)
    study.save(patient, [Edit("death", {"date": PartialDate(2026, 9, 29)})], BY)
    page = page_of(bare, qtbot, patient)
    page.fail_button.click()
    qtbot.waitUntil(lambda: keyboard.focus.objectName() == "screen_failure_date")
    keyboard.type("today")
    keyboard.fill(screen_failure_reason="Sepsis")
    keyboard.save()
    assert [(flag.rule, flag.answer) for flag in study.chart(patient).flags] == [("date.after-death", "Typing error")]


def test_what_was_saved_is_corrected_with_a_reason(
    bare: Workspace, qtbot: QtBot, study: Study, keyboard: Keyboard
) -> None:
    patient = screened(study)
    page = page_of(bare, qtbot, patient)
    page.open_step(0)
    version = study.chart(patient).of(Consent)[0]
    page.step.row("consent", "version").editor.set_typed("4.1")  # type: ignore[union-attr]
    page.save_and_continue()
    assert study.chart(patient).of(Consent)[0].version == "4.1"
    assert [correction.old for correction in study.corrections("consent", version.id)] == ["4.0"]


def test_baseline_can_follow_later(bare: Workspace, qtbot: QtBot, study: Study) -> None:
    patient = screened(study)
    page = page_of(bare, qtbot, patient)
    page.open_step(2)
    page.skip.click()
    assert study.chart(patient).one(Disease) is None
    assert page.go_on.text() == "&Enrol"


def test_an_italian_desk_writes_italian_dates(bare: Workspace, qtbot: QtBot, study: Study) -> None:
    bare.settings.change(language="it")
    page = page_of(bare, qtbot, screened(study))
    page.open_step(0)
    assert page.step.row("consent", "signed").editor.typed() == "28 set 2026"  # type: ignore[union-attr]


def test_after_the_enrolment_nothing_can_be_typed_and_why_is_answered_all_the_same(
    bare: Workspace, qtbot: QtBot, patient: int
) -> None:
    page = page_of(bare, qtbot, patient)
    page.open_step(1)
    step = page.step
    assert isinstance(step, EligibilityStep)
    assert all(editor.held for editor in step.editors() if editor.focusProxy())
    assert step.why.isEnabled()
    assert not page.go_on.isEnabled()
