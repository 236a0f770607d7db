"""Starting, changing study and ending."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gui.application import Application, build
from gui.jobs import Progress
from gui.settings import SettingsFile
from models.domain.clock import FixedClock
from models.domain.errors import TrialError
from tests.gui.signing_in import opened


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    file = SettingsFile(tmp_path / "config" / "settings.json")
    file.change(theme="light")
    return file


@pytest.fixture
def application(qtbot: QtBot, settings: SettingsFile, clock: FixedClock) -> Iterator[Application]:
    made = build(clock=clock, settings=settings)
    qtbot.addWidget(made.window)
    made.show()
    yield made
    made.jobs.cancel_all()
    made.jobs.wait(5)
    made.close_study()


def in_dialog(kind: type[QDialog], act: Callable[[QDialog], None]) -> None:
    """Do something in the next dialog of that kind, which is going to be shown modally."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            act(dialog)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def press(dialog: QDialog, text: str) -> None:
    next(button for button in dialog.findChildren(QPushButton) if button.text() == text).click()


def refuse_to_be_made(path: Path, **options: object) -> None:
    raise TrialError("The disk is full. Make room and try again.")


def make_nothing_for_long(path: Path, *, progress: Progress, **options: object) -> bool:
    path.write_text("half made")
    while progress(1, 63):
        pass
    return False


def test_the_first_start_offers_three_ways_in(application: Application) -> None:
    start = application.start
    assert application.study is None
    assert start.isVisible()
    assert all(choice.isVisible() for choice in (start.open_choice, start.new_choice, start.demo_choice))


def test_the_choices_are_reached_and_taken_with_the_keyboard(application: Application, qtbot: QtBot) -> None:
    start = application.start
    for asked in (start.new_asked, start.demo_asked):
        asked.disconnect()
    start.open_choice.setFocus()
    qtbot.keyClick(start.open_choice, Qt.Key.Key_Tab)
    with qtbot.waitSignal(start.new_asked):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.keyClick(start.new_choice, Qt.Key.Key_Tab)
    with qtbot.waitSignal(start.demo_asked):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_opening_a_study_asks_who_is_there_and_then_shows_its_first_page(
    application: Application, closed_study: Path, clock: FixedClock
) -> None:
    assert application.open_path(closed_study)
    assert application.study is None
    assert application.door.page.isVisible()
    application.admit(opened(closed_study, clock))
    assert application.window.view is not None
    assert application.window.view.isVisible()
    assert application.window.view.page is not None


def test_a_study_that_is_missing_is_refused_in_place_with_a_sentence(application: Application, tmp_path: Path) -> None:
    assert not application.open_path(tmp_path / "gone.albatrack")
    assert application.start.banner.isVisible()
    assert "gone.albatrack" in application.start.banner.text.text()


def test_a_recent_study_that_is_gone_can_be_taken_off_the_list(
    application: Application, settings: SettingsFile, tmp_path: Path
) -> None:
    gone = tmp_path / "gone.albatrack"
    settings.keep(settings.current.with_study(gone))
    application.start.read()
    application.open_path(gone)
    application.start.banner.button.click()
    assert settings.current.recent == ()
    assert not application.start.banner.isVisible()


def test_the_study_of_the_last_time_is_asked_for_at_the_next_start(
    qtbot: QtBot, settings: SettingsFile, clock: FixedClock, closed_study: Path
) -> None:
    settings.keep(settings.current.with_study(closed_study))
    application = build(clock=clock, settings=settings, remember=True)
    qtbot.addWidget(application.window)
    application.window.show()
    assert application.door.page.isVisible()
    application.show_start()


def test_a_study_closed_on_purpose_is_not_opened_again_but_stays_on_the_list(
    application: Application, settings: SettingsFile, closed_study: Path, clock: FixedClock
) -> None:
    application.admit(opened(closed_study, clock))
    application.close_study()
    assert settings.current.last_study == ""
    assert settings.current.recent == (str(closed_study),)
    assert application.start.isVisible()


def test_closing_a_study_lets_it_go(application: Application, closed_study: Path, clock: FixedClock) -> None:
    application.admit(opened(closed_study, clock))
    application.close_study()
    opened(closed_study, clock).close()


def test_nothing_is_read_any_more_from_a_study_that_was_closed(
    application: Application, closed_study: Path, clock: FixedClock
) -> None:
    application.admit(opened(closed_study, clock))
    view = application.window.view
    assert view is not None
    assert any(timer.isActive() for timer in view.findChildren(QTimer))
    assert application.close_study()
    assert not any(timer.isActive() for timer in view.findChildren(QTimer))


def test_a_closed_study_leaves_no_widget_behind(
    application: Application, closed_study: Path, clock: FixedClock
) -> None:
    application.admit(opened(closed_study, clock))  # puts it on the list of the start page, which is to stay
    application.close_study()
    application.admit(opened(closed_study, clock))
    view = application.window.view
    assert view is not None
    page = view.page
    before = len(application.window.findChildren(QWidget))
    application.close_study()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(view)
    assert not isValid(page)
    application.admit(opened(closed_study, clock))
    assert len(application.window.findChildren(QWidget)) == before


def test_a_folder_chosen_in_the_dialog_is_asked_for(
    application: Application, closed_study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: str(closed_study))
    application.open_study()
    assert application.door.page.isVisible()


def test_a_demo_that_cannot_be_made_is_said_in_place(
    application: Application, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr("models.demo.study.build", refuse_to_be_made)
    with qtbot.waitSignal(application.jobs.idle):
        application.explore_demo()
    assert "disk is full" in application.start.banner.text.text()
    assert application.start.demo_choice.isEnabled()


def test_a_cancelled_demo_leaves_no_file(
    application: Application, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr("models.demo.study.build", make_nothing_for_long)
    application.explore_demo()
    assert not application.start.open_choice.isEnabled()
    with qtbot.waitSignal(application.jobs.idle):
        application.jobs.cancel_all()
    assert [path.name for path in application.demo_path().parent.iterdir()] == ["settings.json"]
    assert application.start.open_choice.isEnabled()


def test_a_demo_that_is_made_does_not_close_the_study_that_was_opened_meanwhile(
    application: Application, closed_study: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    may_end = Event()

    def make(path: Path, **options: object) -> bool:
        path.mkdir()
        return may_end.wait(10)

    monkeypatch.setattr("models.demo.study.build", make)
    application.explore_demo()
    application.open_path(closed_study)
    application.admit(opened(closed_study, clock))
    with qtbot.waitSignal(application.jobs.idle):
        may_end.set()
    assert application.study is not None
    assert application.study.path == closed_study


def test_ending_with_work_going_on_asks_and_can_be_taken_back(
    application: Application, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr("models.demo.study.build", make_nothing_for_long)
    application.explore_demo()
    in_dialog(QMessageBox, lambda box: press(box, "Keep it going"))
    assert not application.window.close()
    assert application.jobs.running
    in_dialog(QMessageBox, lambda box: press(box, "Stop it"))
    assert application.window.close()
    with qtbot.waitSignal(application.jobs.idle, raising=False):
        pass


def test_that_nothing_was_closed_because_work_does_not_stop_is_said(
    application: Application, closed_study: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    application.admit(opened(closed_study, clock))
    may_end, told = Event(), []

    def go_on(progress: Progress) -> None:
        may_end.wait(10)

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        told.append(dialog.text())
        dialog.accept()

    def stop(dialog: QDialog) -> None:
        press(dialog, "Stop it")
        in_dialog(QMessageBox, read)

    monkeypatch.setattr("gui.stopping.SECONDS_TO_STOP", 0)
    application.jobs.start("Counting", go_on)
    in_dialog(QMessageBox, stop)
    assert not application.close_study()
    may_end.set()
    assert told == ["Nothing was closed: Counting has not stopped yet. Try again in a moment."]
    assert application.study is not None
    qtbot.waitUntil(lambda: not application.jobs.running)


def test_ending_keeps_the_place_of_the_window_and_lets_the_study_go(
    application: Application, settings: SettingsFile, closed_study: Path, clock: FixedClock
) -> None:
    application.admit(opened(closed_study, clock))
    assert application.window.close()
    assert settings.current.geometry
    assert settings.current.last_study == str(closed_study)
    opened(closed_study, clock).close()


def test_starting_loads_nothing_heavy() -> None:
    import subprocess

    code = "import sys, gui.application; print([m for m in ('matplotlib', 'reportlab', 'alembic') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
