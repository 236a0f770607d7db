"""The backups that the program makes without being asked."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.application import build
from gui.backing_up import BACKUP, BackingUp, ClosingBackup
from gui.jobs import Job, Jobs, Progress
from gui.settings import SettingsFile
from models.study import Changes, Study
from tests.backup_fixtures import COORDINATOR, START, HandClock, screen_somebody, signed_in


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.cancel_all()
    made.wait(20)
    made.deleteLater()


def test_the_first_backup_is_made_at_the_start_and_told(qtbot: QtBot, owned: Study, jobs: Jobs) -> None:
    owner = QObject()
    backing_up = BackingUp(owned, jobs, owner, by_itself=True)
    with qtbot.waitSignal(backing_up.newest, timeout=30_000, check_params_cb=lambda made: made == START):
        pass
    assert len(owned.backups.all()) == 1
    backing_up.look()
    assert not jobs.running


def test_half_an_hour_after_a_change_another_one_is_made(
    qtbot: QtBot, owned: Study, jobs: Jobs, hand: HandClock
) -> None:
    owned.backups.make()
    owner = QObject()
    backing_up = BackingUp(owned, jobs, owner, by_itself=True)
    screen_somebody(owned)
    hand.go(minutes=31)
    with qtbot.waitSignal(jobs.idle, timeout=30_000):
        backing_up.look()
    assert len(owned.backups.all()) == 2


def test_a_study_whose_backups_are_made_by_hand_only_tells_of_the_last_one(
    qtbot: QtBot, owned: Study, jobs: Jobs
) -> None:
    owner = QObject()
    backing_up = BackingUp(owned, jobs, owner, by_itself=False)
    with qtbot.waitSignal(backing_up.newest, timeout=5_000) as told:
        pass
    assert told.args == [None]
    assert not jobs.running


def test_a_backup_that_fails_is_said(qtbot: QtBot, owned: Study, jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("models.persistence.backup.write_durably", full)
    owner = QObject()
    backing_up = BackingUp(owned, jobs, owner, by_itself=True)
    with qtbot.waitSignal(backing_up.failed, timeout=30_000) as told:
        pass
    assert "No backup could be made" in told.args[0]


@pytest.mark.parametrize("by_hand", [True, False])
def test_that_a_backup_failed_is_said_until_another_one_was_made(
    qtbot: QtBot, owned: Study, jobs: Jobs, hand: HandClock, monkeypatch: pytest.MonkeyPatch, *, by_hand: bool
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    owner = QObject()
    backing_up = BackingUp(owned, jobs, owner, by_itself=True)
    with monkeypatch.context() as disk:
        disk.setattr("models.persistence.backup.write_durably", full)
        with qtbot.waitSignals([backing_up.failed, jobs.idle], timeout=30_000):
            pass
    backing_up.tell_after(Changes(None, frozenset({BACKUP})))
    hand.go(minutes=31)
    with qtbot.waitSignal(backing_up.failed, timeout=30_000, check_params_cb=lambda words: words == ""):
        if by_hand:
            owned.backups.make()
            backing_up.tell_after(Changes(None, frozenset({BACKUP})))
        else:
            backing_up.look()
    qtbot.waitUntil(lambda: not jobs.running)


def test_closing_makes_a_backup_if_anything_was_changed(qtbot: QtBot, owned: Study, jobs: Jobs) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    closing = ClosingBackup(owned, jobs, window)
    screen_somebody(owned)
    closing.make()
    assert [backup.manifest.why.value for backup in owned.backups.all()] == ["closing"]
    closing.make()
    assert len(owned.backups.all()) == 1
    assert COORDINATOR in owned.backups.all()[0].manifest.by


def test_the_program_backs_up_at_the_start_and_on_closing(
    qtbot: QtBot, path: Path, hand: HandClock, tmp_path: Path
) -> None:
    application = build(clock=hand, settings=SettingsFile(tmp_path / "settings.json"), back_up=True)
    qtbot.addWidget(application.window)
    application.window.show()
    study = signed_in(path, hand)
    application.admit(study)
    view = application.window.view
    assert view is not None
    qtbot.waitUntil(lambda: view.status.backup == "last backup 09:00", timeout=30_000)
    screen_somebody(study)
    assert application.close_study()
    with signed_in(path, hand) as again:
        assert [backup.manifest.why.value for backup in again.backups.all()] == ["closing", "start"]


@pytest.mark.parametrize("leave", ["close_study", "may_quit"])
def test_a_window_locked_during_the_backup_on_closing_is_locked_and_not_closed(
    qtbot: QtBot, path: Path, hand: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leave: str
) -> None:
    application = build(clock=hand, settings=SettingsFile(tmp_path / "settings.json"), back_up=True)
    qtbot.addWidget(application.window)
    application.window.show()
    study = signed_in(path, hand)
    application.admit(study)
    screen_somebody(study)
    qtbot.waitUntil(lambda: not application.jobs.running and study.backups.newest() is not None, timeout=30_000)
    screen_somebody(study)
    may_end = Event()

    def wait(_: object, progress: Progress) -> None:
        may_end.wait(10)
        progress(0, 1)

    def lock() -> None:
        application.lock()
        may_end.set()

    def lock_soon(_job: Job) -> None:
        QTimer.singleShot(0, application, lock)

    monkeypatch.setattr(type(study.backups), "on_closing", wait)
    application.jobs.started.connect(lock_soon)
    assert not getattr(application, leave)()
    assert application.door.page.isVisible()
    qtbot.waitUntil(application.door.page.enter.isEnabled)
    signed_in(path, hand).close()
    application.show_start()
