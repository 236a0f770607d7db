"""Leaving the door before it opens: going on to another study while work goes on, and leaving the desk altogether."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from gui.application import Application
from gui.idle import Idle
from gui.pages.sign_in.new_password import PasswordChange
from gui.pages.sign_in.page import Credentials
from gui.pages.sign_in.recovery import Recovery
from gui.pages.sign_in.rescue import RescuePage
from models.domain.clock import Clock, FixedClock
from models.domain.errors import TrialError
from models.persistence.keys.sealing import LEAST_COST
from models.protocols.loading import find_protocol
from models.study import NewAccount, Study
from models.study_types import Rescue, Why
from tests.backup_fixtures import ADMINISTRATOR, COORDINATOR, database_of, flip_a_bit
from tests.gui.signing_in import opened
from tests.gui.test_door import GIVEN, OWN, new_person, settle
from tests.study_fixtures import PASSWORD

__all__ = ["new_person"]


# ---- going on to another study


def test_a_study_that_opens_late_is_not_shown_to_whoever_signs_in_to_another_one(
    at_start: Application, closed_study: Path, new_person: Path, clock: FixedClock, qtbot: QtBot
) -> None:
    at_start.open_path(closed_study)
    at_start.door.page.asked.emit(Credentials(COORDINATOR, PASSWORD))
    at_start.open_path(new_person)
    at_start.door.page.asked.emit(Credentials(ADMINISTRATOR, PASSWORD))
    settle(at_start, qtbot)
    assert at_start.study is not None
    assert (at_start.study.path, at_start.study.user.login) == (new_person, ADMINISTRATOR)
    opened(closed_study, clock).close()


def test_what_the_recovery_key_did_is_not_said_in_front_of_another_study(
    at_start: Application, made_with_key: tuple[Path, str], closed_study: Path, clock: FixedClock, qtbot: QtBot
) -> None:
    path, key = made_with_key
    at_start.open_path(path)
    door = at_start.door
    door.page.recovery.click()
    door.recovery_page.chosen.emit(Recovery(key, ADMINISTRATOR, OWN))
    at_start.open_path(closed_study)
    door.page.login.setText("somebody")
    settle(at_start, qtbot)
    assert not door.page.banner.isVisible()
    assert door.page.login.text() == "somebody"
    Study.open(path, ADMINISTRATOR, OWN, clock=clock).close()


def test_a_recovery_key_that_was_refused_is_not_said_in_front_of_another_study(
    at_start: Application, made_with_key: tuple[Path, str], closed_study: Path, qtbot: QtBot
) -> None:
    at_start.open_path(made_with_key[0])
    page = at_start.door.recovery_page
    page.chosen.emit(Recovery("0000-0000", ADMINISTRATOR, OWN))
    at_start.open_path(closed_study)
    at_start.door.page.recovery.click()
    settle(at_start, qtbot)
    assert page.isVisible()
    assert not page.banner.isVisible()


def test_a_password_that_is_being_changed_holds_although_its_person_went_on(
    at_start: Application, new_person: Path, closed_study: Path, clock: FixedClock, qtbot: QtBot
) -> None:
    at_start.open_path(new_person)
    at_start.admit(Study.open(new_person, COORDINATOR, GIVEN, clock=clock))
    at_start.door.password_page.chosen.emit(PasswordChange(GIVEN, OWN))
    at_start.open_path(closed_study)
    settle(at_start, qtbot)
    assert at_start.study is None
    assert at_start.door.page.isVisible()
    Study.open(new_person, COORDINATOR, OWN, clock=clock).close()


@pytest.mark.parametrize("wanted", ["put_back", "beside"])
def test_a_study_that_was_restored_late_is_not_opened_in_front_of_another_one(
    at_start: Application, damaged: Path, other_damaged: Path, qtbot: QtBot, wanted: str
) -> None:
    page = rescue_page(at_start, damaged, qtbot)
    getattr(page, wanted).click()
    assert rescue_page(at_start, other_damaged, qtbot) is page
    assert page.isVisible()
    assert page.put_back.isEnabled()
    assert page.progress.text() == ""
    page.put_back.click()
    settle(at_start, qtbot)
    assert at_start.study is not None
    assert at_start.study.path == other_damaged


def test_a_backup_that_could_not_be_restored_is_not_said_in_front_of_another_study(
    at_start: Application, damaged: Path, other_damaged: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = Event()

    def refuse(*_: object) -> None:
        let_go.wait(20)
        raise TrialError("The disk is full. Make room and try again.")

    page = rescue_page(at_start, damaged, qtbot)
    monkeypatch.setattr(Rescue, "put_back", refuse)
    page.put_back.click()
    unlock(at_start, other_damaged)
    qtbot.waitUntil(lambda: page.backups.count() > 0)
    let_go.set()
    settle(at_start, qtbot)
    assert not page.failure.isVisible()


def test_backups_that_are_unlocked_late_are_not_offered_for_another_study(
    at_start: Application, damaged: Path, other_damaged: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    late, let_go, unlocked = Rescue.unlock(damaged, ADMINISTRATOR, PASSWORD), Event(), Rescue.unlock

    def unlock_late(path: Path, *wanted: str, clock: Clock) -> Rescue:
        if path == other_damaged:
            return unlocked(path, *wanted, clock=clock)
        let_go.wait(20)
        return late

    monkeypatch.setattr(Rescue, "unlock", unlock_late)
    unlock(at_start, damaged)
    qtbot.waitUntil(lambda: "rescuing" in at_start.door.__dict__)
    unlock(at_start, other_damaged)
    qtbot.waitUntil(at_start.door.rescuing.page.isVisible)
    let_go.set()
    settle(at_start, qtbot)
    at_start.door.rescuing.page.put_back.click()
    settle(at_start, qtbot)
    assert at_start.study is not None
    assert at_start.study.path == other_damaged


# ---- leaving the desk


def leave_alone(application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody touch anything for a day."""
    monkeypatch.setattr("gui.idle.time.monotonic", lambda: 1e9)
    for idle in application.door.findChildren(Idle):
        idle.look()


def at_sign_in(application: Application, path: Path, _: FixedClock) -> QLineEdit:
    application.open_path(path)
    return application.door.page.password.line


def at_recovery(application: Application, path: Path, _: FixedClock) -> QLineEdit:
    application.open_path(path)
    application.door.page.recovery.click()
    return application.door.recovery_page.key


def at_first_password(application: Application, path: Path, clock: FixedClock) -> QLineEdit:
    application.open_path(path)
    application.admit(Study.open(path, COORDINATOR, GIVEN, clock=clock))
    return application.door.password_page.pair.first.line


@pytest.mark.parametrize("at_page", [at_sign_in, at_recovery, at_first_password])
def test_r13_what_was_typed_on_the_way_in_is_gone_when_nobody_is_there_any_more(
    at_start: Application,
    new_person: Path,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
    at_page: Callable[[Application, Path, FixedClock], QLineEdit],
) -> None:
    line = at_page(at_start, new_person, clock)
    line.setText("a secret")
    leave_alone(at_start, monkeypatch)
    assert at_start.door.page.isVisible()
    assert line.text() == ""
    opened(new_person, clock, ADMINISTRATOR).close()


def test_r13_the_backups_of_a_damaged_study_are_locked_when_nobody_is_there_any_more(
    at_start: Application, damaged: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = rescue_page(at_start, damaged, qtbot)
    leave_alone(at_start, monkeypatch)
    assert at_start.door.page.isVisible()
    assert at_start.door.page.password.password == ""
    assert (page.backups.count(), page.loss.text()) == (0, "")
    assert rescue_page(at_start, damaged, qtbot).isVisible()


def test_a_restore_that_goes_on_is_waited_for_whoever_is_there(
    at_start: Application, damaged: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = rescue_page(at_start, damaged, qtbot)
    page.put_back.click()
    leave_alone(at_start, monkeypatch)
    settle(at_start, qtbot)
    assert at_start.study is not None


def test_whoever_was_let_in_is_not_watched_at_the_door_any_more(
    at_start: Application, closed_study: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_start.open_path(closed_study)
    at_start.admit(opened(closed_study, clock))
    leave_alone(at_start, monkeypatch)
    assert at_start.study is not None
    assert not at_start.door.page.isVisible()


# ---- studies to try it with


@pytest.fixture
def made_with_key(tmp_path: Path, clock: FixedClock) -> tuple[Path, str]:
    """A study and its recovery key."""
    path = tmp_path / "forgotten.albatrack"
    account = NewAccount(ADMINISTRATOR, ADMINISTRATOR, "administrator", PASSWORD, must_change=False)
    key = Study.create(path, find_protocol("dalba"), "042", "Haematology", [account], clock=clock, cost=LEAST_COST)
    return path, key


@pytest.fixture
def damaged(closed_study: Path, clock: FixedClock) -> Path:
    return with_backup_and_damage(closed_study, clock)


@pytest.fixture
def other_damaged(made_with_key: tuple[Path, str], clock: FixedClock) -> Path:
    return with_backup_and_damage(made_with_key[0], clock)


def with_backup_and_damage(path: Path, clock: FixedClock) -> Path:
    with Study.open(path, ADMINISTRATOR, PASSWORD, clock=clock) as study:
        study.backups.make(Why.REQUEST)
    flip_a_bit(database_of(path))
    return path


def rescue_page(application: Application, path: Path, qtbot: QtBot) -> RescuePage:
    """Sign in to a damaged study, and wait until its backups are offered."""
    unlock(application, path)
    settle(application, qtbot)
    return application.door.rescuing.page


def unlock(application: Application, path: Path) -> None:
    application.open_path(path)
    application.door.page.asked.emit(Credentials(ADMINISTRATOR, PASSWORD))
