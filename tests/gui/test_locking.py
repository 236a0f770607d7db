"""Locking: everything is out of sight at once, nothing typed is lost, and the same person goes on where she was."""

from collections.abc import Sequence
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from gui.application import Application
from gui.jobs import Progress
from gui.pages.patient.page import Page as PatientPage
from gui.pages.today.page import Page as TodayPage
from gui.workspace import Target
from models.domain.clock import FixedClock
from models.study import Study
from tests.gui.pages.desk import view_of
from tests.gui.signing_in import opened


@pytest.fixture
def desk(at_start: Application, study: Study, patient: int, clock: FixedClock) -> Application:
    """C. Rossi in front of her study, with one patient."""
    study.close()
    at_start.admit(opened(study.path, clock))
    return at_start


def open_form(desk: Application, patient: int) -> QDialog:
    view_of(desk).show_target(Target("patient", patient, "mrd", ("mrd", 0)))
    dialog = desk.window.findChild(QDialog, "mrd_dialog")
    assert dialog is not None
    return dialog


def shown_windows() -> Sequence[QWidget]:
    return [window for window in QApplication.topLevelWidgets() if window.isVisible()]


def test_r13_a_locked_window_shows_nothing_of_the_study(desk: Application, patient: int) -> None:
    open_form(desk, patient)
    desk.lock()
    assert desk.study is None
    assert shown_windows() == [desk.window]
    assert desk.door.page.isVisible()
    assert desk.window.windowTitle() == "AlbaTrack"
    assert not desk.window.find_button.isVisible()
    assert "find" not in desk.window.available


def test_the_study_is_let_go_with_its_keys(desk: Application, clock: FixedClock) -> None:
    assert desk.study is not None
    path = desk.study.path
    desk.lock()
    opened(path, clock, "I. Bianchi").close()


def test_what_was_typed_into_an_open_form_is_kept_as_a_draft(
    desk: Application, patient: int, clock: FixedClock, qtbot: QtBot
) -> None:
    assert desk.study is not None
    path = desk.study.path
    line = open_form(desk, patient).findChild(QLineEdit, "mrd_target_copies")
    assert line is not None
    qtbot.keyClicks(line, "12")
    desk.lock()
    with opened(path, clock) as study:
        assert (study.draft(f"mrd/{patient}/0") or {})["target_copies"] == "12"


def test_a_question_that_is_being_asked_is_given_up_and_the_lock_waits_for_it(desk: Application, qtbot: QtBot) -> None:
    box = QMessageBox(desk.window)
    box.setObjectName("asked")
    box.setText("042-001?")
    seen: list[bool] = []

    def lock() -> None:
        desk.lock()
        seen.extend((box.isVisible(), desk.door.page.isVisible()))

    def ask() -> None:
        QTimer.singleShot(0, lock)
        box.exec()
        seen.append(desk.door.page.enter.isEnabled())

    QTimer.singleShot(0, ask)
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == [False, True, False]
    qtbot.waitUntil(desk.door.page.enter.isEnabled)
    box.deleteLater()


def test_work_that_goes_on_is_told_to_stop_before_the_study_is_let_go(
    desk: Application, clock: FixedClock, qtbot: QtBot
) -> None:
    study = desk.study
    assert study is not None
    seen: list[int] = []

    def read_on(progress: Progress) -> None:
        while progress(0, 0):
            seen.append(study.patient_count())

    desk.jobs.start("Reading", read_on)
    qtbot.waitUntil(lambda: bool(seen))
    desk.lock()
    assert desk.study is None
    assert not desk.door.page.enter.isEnabled()
    qtbot.waitUntil(desk.door.page.enter.isEnabled)
    assert not desk.jobs.running
    opened(study.path, clock).close()


def test_a_window_closed_while_work_is_being_stopped_lets_the_study_go(
    desk: Application, clock: FixedClock, qtbot: QtBot
) -> None:
    study = desk.study
    assert study is not None
    going_on, may_end = Event(), Event()

    def read_on(progress: Progress) -> None:
        going_on.set()
        may_end.wait(10)

    desk.jobs.start("Reading", read_on)
    qtbot.waitUntil(going_on.is_set)
    desk.lock()
    QTimer.singleShot(0, may_end.set)
    desk.window.close()
    opened(study.path, clock).close()


def test_what_was_copied_is_forgotten(desk: Application) -> None:
    QGuiApplication.clipboard().setText("042-001")
    desk.lock()
    assert QGuiApplication.clipboard().text() == ""


def test_the_folders_of_file_dialogs_are_forgotten(desk: Application, tmp_path: Path) -> None:
    folder = tmp_path / "ROSSI MARIA"
    folder.mkdir()
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    dialog = QFileDialog(desk.window, "Save", str(folder))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.show()
    dialog.selectFile("paper.pdf")
    dialog.accept()
    delete(dialog)
    kept.sync()
    assert "ROSSI" in str(kept.value("FileDialog/lastVisited"))
    desk.lock()
    kept.sync()
    assert not [name for name in kept.allKeys() if "ROSSI" in str(kept.value(name))]


def test_the_same_person_goes_on_at_the_same_patient_and_tab(
    desk: Application, patient: int, clock: FixedClock
) -> None:
    view = view_of(desk)
    view.show_target(Target("patient", patient))
    assert isinstance(view.page, PatientPage)
    view.page.show_tab("visits")
    path = view.workspace.study.path
    desk.lock()
    assert desk.door.page.login.text() == "C. Rossi"
    desk.admit(opened(path, clock))
    page = view_of(desk).page
    assert isinstance(page, PatientPage)
    assert view_of(desk).place == Target("patient", patient, "visits")


@pytest.mark.parametrize(
    "target", [Target("settings", values={"section": "site"}), Target("protocol", values={"tab": "Rules"})]
)
def test_the_place_within_a_page_is_found_again(desk: Application, target: Target, clock: FixedClock) -> None:
    view_of(desk).show_target(target)
    path = view_of(desk).workspace.study.path
    desk.lock()
    desk.admit(opened(path, clock))
    assert view_of(desk).place == target


@pytest.mark.parametrize(
    ("target", "field"),
    [
        (Target("settings", values={"section": "site"}), "settingsSiteName"),
        (Target("patients"), "patients_search"),
        (Target("adverse_events"), "site_events_serious"),
        (Target("patient", 1, "visits"), "visit_table"),
        (Target("enrolment"), "consent_version"),
    ],
)
def test_the_cursor_is_back_in_the_field_where_it_was(
    desk: Application, target: Target, field: str, clock: FixedClock, qtbot: QtBot
) -> None:
    view_of(desk).show_target(target)
    qtbot.wait(1)  # a page may put its own cursor first
    there = next(each for each in view_of(desk).findChildren(QWidget, field) if each.isVisible())
    there.setFocus()
    path = view_of(desk).workspace.study.path
    desk.lock()
    desk.admit(opened(path, clock))
    qtbot.waitUntil(lambda: cursor(desk) == field)


def test_the_cursor_is_back_on_its_line_of_today(
    desk: Application, patient: int, clock: FixedClock, qtbot: QtBot
) -> None:
    page = view_of(desk).page
    assert isinstance(page, TodayPage)
    lines = page.cards["visits"].lines
    lines.go_to(lines.items[1])
    path, line = view_of(desk).workspace.study.path, lines.current
    desk.lock()
    desk.admit(opened(path, clock))
    again = view_of(desk).page
    assert isinstance(again, TodayPage)
    qtbot.waitUntil(lambda: cursor(desk) == "today_visits")
    assert again.cards["visits"].lines.current == line


@pytest.mark.parametrize(
    "name", ["today", "patients", "adverse_events", "queries", "cohort", "protocol", "settings", "audit"]
)
def test_the_cursor_goes_into_the_page_where_the_field_is_gone(
    desk: Application, name: str, patient: int, clock: FixedClock, qtbot: QtBot
) -> None:
    view_of(desk).show_target(Target(name))
    status = view_of(desk).status.findChild(QWidget, "statusLock")
    assert status is not None
    status.setFocus()
    path = view_of(desk).workspace.study.path
    desk.lock()
    qtbot.waitUntil(desk.door.page.enter.isEnabled)
    desk.admit(opened(path, clock))
    page = view_of(desk).page
    assert page is not None
    qtbot.waitUntil(lambda: page.isAncestorOf(desk.window.focusWidget()))


def test_a_click_on_the_lock_leaves_the_cursor_where_it_is(desk: Application, qtbot: QtBot) -> None:
    view_of(desk).show_target(Target("patients"))
    button = view_of(desk).status.findChild(QWidget, "statusLock")
    assert button is not None
    qtbot.mousePress(button, Qt.MouseButton.LeftButton)
    assert cursor(desk) == "patients_search"


def cursor(desk: Application) -> str:
    """What has the cursor: without a window manager a window may not be active after a list has popped up."""
    return desk.window.focusWidget().objectName()


def test_another_person_is_not_led_to_where_the_first_one_was(
    desk: Application, patient: int, clock: FixedClock
) -> None:
    view_of(desk).show_target(Target("patient", patient, "visits"))
    path = view_of(desk).workspace.study.path
    desk.switch_user()
    assert desk.door.page.login.text() == ""
    assert desk.door.page.login.hasFocus()
    desk.admit(opened(path, clock, "I. Bianchi"))
    assert view_of(desk).target.page == "today"


@pytest.mark.parametrize(
    "press",
    [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier],
)
def test_the_keys_lock_the_window(desk: Application, qtbot: QtBot, press: Qt.KeyboardModifier) -> None:
    qtbot.keyClick(desk.window, Qt.Key.Key_L, press)
    assert desk.study is None
    assert desk.door.page.isVisible()


def test_the_keys_lock_from_within_a_dialog_too(desk: Application, patient: int, qtbot: QtBot) -> None:
    dialog = open_form(desk, patient)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: desk.study is None)
    assert shown_windows() == [desk.window]


def test_the_button_of_the_bottom_line_locks(desk: Application, qtbot: QtBot) -> None:
    button = view_of(desk).status.findChild(QWidget, "statusLock")
    assert button is not None
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert desk.study is None


def test_the_bottom_line_says_who_works_here_and_when_the_window_locks(desk: Application) -> None:
    status = view_of(desk).status
    assert status.person == "C. Rossi (coordinator) · locks in 10 min"
    status.count_down(61)
    assert status.person == "C. Rossi (coordinator) · locks in 2 min"
    status.count_down(60)
    assert status.person == "C. Rossi (coordinator) · locks in less than 1 min"


def test_a_study_whose_first_page_fails_can_be_locked(
    at_start: Application, study: Study, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("a fault of the program")

    monkeypatch.setattr("gui.pages.today.page.Page.refresh", fail)
    with qtbot.captureExceptions() as faults:
        at_start.admit(study)
    assert [kind for kind, *_ in faults] == [ValueError]
    at_start.lock()
    assert at_start.study is None
    assert at_start.door.page.isVisible()


def test_nothing_is_locked_where_no_study_is_open(at_start: Application) -> None:
    at_start.lock()
    at_start.switch_user()
    assert at_start.start.isVisible()


def test_a_locked_study_is_on_the_list_as_a_folder_only(desk: Application, tmp_path: Path) -> None:
    desk.lock()
    assert desk.settings.current.recent == (str(tmp_path / "study.albatrack"),)
