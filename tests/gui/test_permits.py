"""What each role may do in the window: shown, and said, where it may not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.application import Application
from gui.page_table import PAGES
from gui.permits import closed_words, reading_words, refusal
from gui.study_view import StudyView
from gui.widgets.header import Button
from gui.widgets.refused import Refused
from gui.workspace import Target
from models.domain.clock import FixedClock
from models.domain.partial_dates import PartialDate
from models.study import Context, Edit, Right, Study
from tests.gui.pages.desk import view_of
from tests.gui.signing_in import opened
from tests.study_fixtures import PASSWORD

BY = Context("C. Rossi")
MEDICINE = Edit("medication", {"name": "Aciclovir", "began": PartialDate(2026, 2, 1)})
PATIENT_PAGES = [page.name for page in PAGES if page.right is Right.READ_RECORD]


def sign_in(at_start: Application, study: Study, clock: FixedClock, login: str) -> StudyView:
    study.close()
    at_start.admit(opened(study.path, clock, login))
    return view_of(at_start)


def words_of(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def button(widget: QWidget, name: str) -> QAbstractButton:
    found = widget.findChild(QAbstractButton, name)
    assert found is not None, name
    return found


# ---- the sentences


def test_a_role_without_the_right_is_told_who_has_it(study: Study, clock: FixedClock) -> None:
    study.close()
    with opened(study.path, clock, "M. Neri") as seen_by_monitor:
        assert refusal(seen_by_monitor, Right.ENTER) == (
            "M. Neri is signed in as monitor and may not enter or correct data. "
            "Ask one of these to do it: coordinator, investigator."
        )
        assert refusal(seen_by_monitor, Right.VERIFY) == ""
        assert reading_words(seen_by_monitor).startswith("You are signed in as monitor: you read, ask and verify")
        assert closed_words(seen_by_monitor) == ""


def test_in_a_study_open_for_reading_only_what_reads_goes_on(study: Study, clock: FixedClock) -> None:
    study.close()
    with Study.open(study.path, "C. Rossi", PASSWORD, clock=clock, read_only=True) as reading:
        assert "open for reading only" in refusal(reading, Right.ENTER)
        assert refusal(reading, Right.PRINT) == ""
        assert "open for reading only" in closed_words(reading)


def test_a_frozen_study_can_still_be_printed_backed_up_and_unfrozen(study: Study, clock: FixedClock) -> None:
    study.close()
    with opened(study.path, clock, "I. Bianchi") as frozen:
        frozen.locking.freeze("Data base lock")
        assert "frozen" in refusal(frozen, Right.ENTER)
        assert [refusal(frozen, right) for right in (Right.PRINT, Right.BACK_UP, Right.LOCK)] == ["", "", ""]


# ---- the administrator sees no patient


@pytest.mark.parametrize("page", PATIENT_PAGES)
def test_an_administrator_sees_a_sentence_in_the_place_of_patients(
    at_start: Application, study: Study, patient: int, clock: FixedClock, page: str
) -> None:
    view = sign_in(at_start, study, clock, "A. Verdi")
    view.show_target(Target(page, patient))
    assert isinstance(view.page, Refused)
    assert "A. Verdi is signed in as administrator and may not read patients' records" in words_of(view.page)
    assert "042-001" not in words_of(at_start.window)


def test_an_administrator_finds_no_patient(
    at_start: Application, study: Study, patient: int, clock: FixedClock, qtbot: QtBot
) -> None:
    sign_in(at_start, study, clock, "A. Verdi")
    at_start.window.open_find_box()
    qtbot.keyClicks(at_start.window.palette_panel.line, "042-001")
    assert at_start.window.palette_panel.titles == []


def test_an_administrator_opens_the_settings_that_hold_no_patient(
    at_start: Application, study: Study, clock: FixedClock
) -> None:
    view = sign_in(at_start, study, clock, "A. Verdi")
    for section in ("desk", "site", "ranges", "dictionary"):
        view.show_target(Target("settings", values={"section": section}))
    assert view.target.page == "settings"
    assert not button(view, "settingsSiteSave").isEnabled()


# ---- the monitor reads


@pytest.fixture
def monitor(at_start: Application, study: Study, patient: int, clock: FixedClock) -> StudyView:
    study.save(patient, [MEDICINE], BY)
    return sign_in(at_start, study, clock, "M. Neri")


def test_a_monitor_reads_a_form_and_can_save_nothing(
    monitor: StudyView, at_start: Application, patient: int, qtbot: QtBot
) -> None:
    record = monitor.workspace.study.chart(patient).records["medication"][0].id
    monitor.show_target(Target("patient", patient, record=("medication", record)))
    dialog = at_start.window.findChild(QDialog, "medication_dialog")
    assert dialog is not None
    name = dialog.findChild(QLineEdit, "medication_name")
    assert name is not None
    assert (name.text(), name.isEnabled()) == ("Aciclovir", False)
    assert not button(dialog, "medication_save").isEnabled()
    assert "You are signed in as monitor: you read, ask and verify" in words_of(dialog)
    button(dialog, "medication_cancel").click()
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_a_monitor_has_no_drafts(monitor: StudyView, at_start: Application, patient: int) -> None:
    monitor.show_target(Target("patient", patient, record=("mrd", 0)))
    dialog = at_start.window.findChild(QDialog, "mrd_dialog")
    assert dialog is not None
    line = dialog.findChild(QLineEdit, "mrd_target_copies")
    assert line is not None
    line.setText("12")
    dialog.close()
    assert monitor.workspace.study.drafts() == ()


@pytest.mark.parametrize(
    ("target", "names"),
    [
        (Target("today"), ("today_enrol",)),
        (Target("patients"), ("patients_enrol",)),
        (Target("enrolment"), ("enrolment_save", "enrolment_fail")),
        (Target("settings", values={"section": "site"}), ("settingsSiteSave",)),
        (Target("settings", values={"section": "ranges"}), ("ranges_enter", "ranges_table_offer")),
    ],
)
def test_what_a_monitor_may_not_do_is_grey_and_says_who_may(
    monitor: StudyView, target: Target, names: tuple[str, ...]
) -> None:
    monitor.show_target(target)
    for name in names:
        held = button(monitor, name)
        assert not held.isEnabled()
        assert "M. Neri is signed in as monitor and may not" in held.toolTip()


@pytest.mark.parametrize(
    ("tab", "names"),
    [
        ("overview", ("patientRecord", "overviewAddResult")),
        ("visits", ("visit_withdraw", "visit_unscheduled")),
        ("adverse_events", ("event_add", "event_withdraw")),
        ("laboratory", ("lab_enter", "lab_offer")),
        ("treatment", ("medication_list_add", "medication_list_withdraw")),
        ("baseline", ("identity_show",)),
    ],
)
def test_nothing_can_be_entered_from_a_patient_by_a_monitor(
    monitor: StudyView, patient: int, tab: str, names: tuple[str, ...]
) -> None:
    monitor.show_target(Target("patient", patient, tab))
    assert [name for name in names if button(monitor, name).isEnabled()] == []


def test_a_monitor_cannot_search_by_name(monitor: StudyView) -> None:
    monitor.show_target(Target("patients"))
    names = monitor.findChild(QCheckBox, "patients_names")
    assert names is not None
    assert not names.isEnabled()
    assert "read who the patients are" in names.toolTip()


def test_the_menus_say_who_may_do_what_a_monitor_may_not(
    monitor: StudyView, at_start: Application, patient: int
) -> None:
    monitor.show_target(Target("patient", patient))
    available = at_start.window.available
    assert {"enrol", "record.mrd", "record.visit"}.isdisjoint(available)
    assert {"print.summary", "patients", "lock"} <= available
    action = at_start.window.findChild(QAction, "action_record.mrd")
    assert action is not None
    assert "may not enter or correct data" in action.toolTip()


def test_the_find_box_says_who_may_do_what_a_monitor_may_not(
    monitor: StudyView, at_start: Application, patient: int, qtbot: QtBot
) -> None:
    monitor.show_target(Target("patients"))
    panel = at_start.window.palette_panel
    at_start.window.open_find_box()
    qtbot.keyClicks(panel.line, "042-001 transplant")
    assert panel.titles == ["042-001 · Record: Transplant"]
    assert "may not enter or correct data" in panel.refusal.text()
    qtbot.keyClick(panel.line, Qt.Key.Key_Return)
    assert panel.isVisible()
    assert monitor.target.page == "patients"


# ---- a study that takes no entries


def test_a_study_open_for_reading_says_so_above_every_page(
    at_start: Application, closed_study: object, study: Study, clock: FixedClock
) -> None:
    at_start.admit(Study.open(study.path, "C. Rossi", PASSWORD, clock=clock, read_only=True))
    view = view_of(at_start)
    assert "The study is open for reading only" in view.banner.text.text()
    assert view.banner.isVisible()
    assert not button(view, "today_enrol").isEnabled()


def test_freezing_the_study_closes_the_pages_that_are_open_already(
    at_start: Application, study: Study, clock: FixedClock
) -> None:
    view = sign_in(at_start, study, clock, "I. Bianchi")
    view.show_target(Target("patients"))
    assert button(view, "patients_enrol").isEnabled()
    workspace = view.workspace
    workspace.changed(workspace.study.locking.freeze("Data base lock"))
    assert view.target.page == "patients"
    assert view.page is not None
    assert not button(view.page, "patients_enrol").isEnabled()
    assert "frozen" in view.banner.text.text()
    workspace.changed(workspace.study.locking.unfreeze("A correction"))
    assert view.page is not None
    assert button(view.page, "patients_enrol").isEnabled()
    assert not view.banner.isVisible()


# ---- a button that is held back


def test_a_button_held_back_stays_grey_whatever_its_page_says(qtbot: QtBot) -> None:
    held = Button("Save")
    qtbot.addWidget(held)
    held.setToolTip("Ctrl+Enter")
    held.hold_back("Ask the coordinator.")
    held.setEnabled(True)
    assert (held.isEnabled(), held.toolTip()) == (False, "Ask the coordinator.")
    held.hold_back("")
    assert (held.isEnabled(), held.toolTip()) == (True, "Ctrl+Enter")
