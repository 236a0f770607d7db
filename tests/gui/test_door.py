"""Signing in: who is let in, what a refusal says, the first password of one's own, the recovery key."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gui.application import Application
from gui.pages.sign_in.page import Credentials
from models.domain.clock import FixedClock
from models.persistence.keys.sealing import LEAST_COST
from models.protocols.loading import find_protocol
from models.study import DEMO_PASSWORD, NewAccount, Study, User
from tests.demo_fixtures import demo_study_file
from tests.gui.signing_in import opened
from tests.study_fixtures import PASSWORD

__all__ = ["demo_study_file"]

GIVEN, OWN = "given by somebody else", "kettle orbit walnut seven"


def type_in(application: Application, qtbot: QtBot, login: str, password: str) -> None:
    """Sign in with the keys, and wait until it is settled."""
    page = application.door.page
    page.login.clear()
    qtbot.keyClicks(page.login, login)
    qtbot.keyClick(page.login, Qt.Key.Key_Return)
    page.password.clear()
    qtbot.keyClicks(page.password.line, password)
    with qtbot.waitSignal(application.jobs.idle):
        qtbot.keyClick(page.password.line, Qt.Key.Key_Return)


def settle(application: Application, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not application.jobs.running)


@pytest.fixture
def new_person(tmp_path: Path, clock: FixedClock) -> Path:
    """A study whose coordinator still has the password that the administrator gave."""
    path = tmp_path / "new.albatrack"
    accounts = (
        NewAccount("A. Verdi", "A. Verdi", "administrator", PASSWORD, must_change=False),
        NewAccount("C. Rossi", "C. Rossi", "coordinator", GIVEN),
    )
    Study.create(path, find_protocol("dalba"), "042", "Haematology", accounts, clock=clock, cost=LEAST_COST)
    return path


@pytest.fixture
def demo(demo_study_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo_study_file, tmp_path / "demo.albatrack"))


def test_name_and_password_typed_open_the_study(at_start: Application, closed_study: Path, qtbot: QtBot) -> None:
    at_start.open_path(closed_study)
    type_in(at_start, qtbot, "c. rossi", PASSWORD)
    assert at_start.study is not None
    assert at_start.study.user == User("C. Rossi", "C. Rossi", "coordinator")


def test_before_the_sign_in_nothing_of_the_study_is_told(
    at_start: Application, closed_study: Path, qtbot: QtBot
) -> None:
    at_start.open_path(closed_study)
    words = " ".join(widget.text() for widget in at_start.door.page.findChildren(QPushButton) if widget.isVisible())
    assert at_start.window.windowTitle() == "AlbaTrack"
    assert not at_start.door.page.demo.isVisible()
    assert words == "Show Another study Use the recovery key Sign in"


def test_a_wrong_password_is_refused_in_place_and_can_be_typed_again(
    at_start: Application, closed_study: Path, qtbot: QtBot
) -> None:
    at_start.open_path(closed_study)
    type_in(at_start, qtbot, "C. Rossi", "not the password")
    page = at_start.door.page
    assert at_start.study is None
    assert "The user name or the password is not right" in page.banner.text.text()
    assert page.password.line.hasFocus()
    assert page.password.line.hasSelectedText()
    type_in(at_start, qtbot, "C. Rossi", PASSWORD)
    assert at_start.study is not None


def test_the_password_does_not_stay_in_its_line(at_start: Application, closed_study: Path, qtbot: QtBot) -> None:
    at_start.open_path(closed_study)
    type_in(at_start, qtbot, "C. Rossi", PASSWORD)
    assert at_start.door.page.password.password == ""


def test_the_name_of_the_last_time_stands_there_already(
    at_start: Application, closed_study: Path, clock: FixedClock
) -> None:
    at_start.admit(opened(closed_study, clock, "I. Bianchi"))
    at_start.close_study()
    at_start.open_path(closed_study)
    assert at_start.door.page.login.text() == "I. Bianchi"
    assert at_start.door.page.password.line.hasFocus()


def test_a_study_in_use_says_by_whom_and_can_be_opened_for_reading(
    at_start: Application, closed_study: Path, clock: FixedClock, qtbot: QtBot
) -> None:
    page = at_start.door.page
    with opened(closed_study, clock):
        at_start.open_path(closed_study)
        type_in(at_start, qtbot, "I. Bianchi", PASSWORD)
        assert "C. Rossi" in page.banner.text.text()
        assert page.banner.button.text() == "Open for reading only"
        assert page.banner.button.hasFocus()
        with qtbot.waitSignal(at_start.jobs.idle):
            qtbot.keyClick(page.banner.button, Qt.Key.Key_Return)
        assert at_start.study is not None
        assert at_start.study.read_only
        at_start.close_study()


def test_nobody_waits_for_a_study_when_the_window_is_closed(
    at_start: Application, closed_study: Path, clock: FixedClock, qtbot: QtBot
) -> None:
    at_start.open_path(closed_study)
    page = at_start.door.page
    page.login.setText("C. Rossi")
    page.password.line.setText(PASSWORD)
    with qtbot.waitSignal(at_start.jobs.idle):
        page.enter.click()
        at_start.jobs.cancel_all()
    assert page.enter.isEnabled() or at_start.study is not None
    at_start.close_study()
    opened(closed_study, clock).close()


@pytest.mark.parametrize("role", ["administrator", "coordinator", "investigator", "monitor"])
def test_the_demo_is_entered_in_any_role_with_one_key(
    at_start: Application, demo: Path, qtbot: QtBot, role: str
) -> None:
    at_start.open_path(demo)
    button = at_start.window.findChild(QPushButton, f"demo_{role}")
    assert button is not None
    assert button.isVisible()
    button.setFocus()
    with qtbot.waitSignal(at_start.jobs.idle):
        qtbot.keyClick(button, Qt.Key.Key_Return)
    settle(at_start, qtbot)
    assert at_start.study is not None
    assert at_start.study.user.role == role


def test_the_demo_tells_its_password_and_is_not_remembered_as_a_person(
    at_start: Application, demo: Path, clock: FixedClock
) -> None:
    at_start.open_path(demo)
    assert DEMO_PASSWORD in at_start.door.page.demo.words
    at_start.admit(opened(demo, clock))
    assert at_start.settings.current.login == ""


# ---- the first password


def test_a_password_that_somebody_else_gave_has_to_be_changed_first(
    at_start: Application, new_person: Path, qtbot: QtBot, clock: FixedClock
) -> None:
    at_start.open_path(new_person)
    type_in(at_start, qtbot, "C. Rossi", GIVEN)
    page = at_start.door.password_page
    assert page.isVisible()
    qtbot.keyClicks(page.old.line, GIVEN)
    qtbot.keyClicks(page.pair.first.line, OWN)
    qtbot.keyClicks(page.pair.again.line, OWN)
    with qtbot.waitSignal(at_start.jobs.idle):
        qtbot.keyClick(page.pair.again.line, Qt.Key.Key_Return)
    assert at_start.study is not None
    at_start.close_study()
    Study.open(new_person, "C. Rossi", OWN, clock=clock).close()


@pytest.mark.parametrize(
    ("first", "again", "words"),
    [
        ("too short", "too short", "needs 15 characters"),
        ("Rossi D-ALBA 042 AlbaTrack", "Rossi D-ALBA 042 AlbaTrack", "names that people here know"),
        (OWN, OWN + "x", "The two lines differ"),
    ],
)
def test_a_password_that_will_not_do_is_said_before_anything_is_changed(
    at_start: Application, new_person: Path, clock: FixedClock, first: str, again: str, words: str
) -> None:
    at_start.admit(Study.open(new_person, "C. Rossi", GIVEN, clock=clock))
    page = at_start.door.password_page
    page.old.line.setText(GIVEN)
    page.pair.first.line.setText(first)
    page.pair.again.line.setText(again)
    page.keep.click()
    assert words in page.banner.text.text()
    assert not at_start.jobs.running
    at_start.show_start()


def test_the_wrong_old_password_changes_nothing(
    at_start: Application, new_person: Path, clock: FixedClock, qtbot: QtBot
) -> None:
    at_start.admit(Study.open(new_person, "C. Rossi", GIVEN, clock=clock))
    page = at_start.door.password_page
    page.old.line.setText("something else")
    page.pair.first.line.setText(OWN)
    page.pair.again.line.setText(OWN)
    with qtbot.waitSignal(at_start.jobs.idle):
        page.keep.click()
    assert page.isVisible()
    assert "not right" in page.banner.text.text()
    at_start.show_start()


def test_giving_up_on_the_new_password_lets_the_study_go(
    at_start: Application, new_person: Path, clock: FixedClock
) -> None:
    at_start.open_path(new_person)
    at_start.admit(Study.open(new_person, "C. Rossi", GIVEN, clock=clock))
    at_start.door.password_page.back.click()
    assert at_start.door.page.isVisible()
    Study.open(new_person, "C. Rossi", GIVEN, clock=clock).close()


def test_going_to_another_study_lets_go_of_the_one_whose_password_was_to_be_chosen(
    at_start: Application, new_person: Path, demo: Path, clock: FixedClock
) -> None:
    at_start.open_path(new_person)
    at_start.admit(Study.open(new_person, "C. Rossi", GIVEN, clock=clock))
    at_start.door.password_page.old.line.setText(GIVEN)
    at_start.open_path(demo)
    assert at_start.door.password_page.old.password == ""
    Study.open(new_person, "C. Rossi", GIVEN, clock=clock).close()


def test_a_study_that_opens_after_its_person_went_on_to_another_is_let_go(
    at_start: Application, closed_study: Path, demo: Path, clock: FixedClock, qtbot: QtBot
) -> None:
    at_start.open_path(closed_study)
    page = at_start.door.page
    page.asked.emit(Credentials("C. Rossi", PASSWORD))
    at_start.open_path(demo)
    settle(at_start, qtbot)
    assert at_start.study is None
    assert page.isVisible()
    assert page.enter.isEnabled()
    opened(closed_study, clock).close()


def test_a_given_password_does_not_open_a_study_for_reading(
    at_start: Application, new_person: Path, clock: FixedClock
) -> None:
    at_start.open_path(new_person)
    at_start.admit(Study.open(new_person, "C. Rossi", GIVEN, clock=clock, read_only=True))
    assert at_start.study is None
    assert "Choose a password of your own first" in at_start.door.page.banner.text.text()


# ---- the recovery key


def test_the_recovery_key_gives_an_account_a_new_password(
    at_start: Application, tmp_path: Path, clock: FixedClock, qtbot: QtBot
) -> None:
    path = tmp_path / "forgotten.albatrack"
    account = NewAccount("A. Verdi", "A. Verdi", "administrator", PASSWORD, must_change=False)
    key = Study.create(path, find_protocol("dalba"), "042", "Haematology", [account], clock=clock, cost=LEAST_COST)
    at_start.open_path(path)
    at_start.door.page.recovery.click()
    page = at_start.door.recovery_page
    assert page.key.hasFocus()
    qtbot.keyClicks(page.key, key.lower().replace("-", " "))
    page.login.setText("A. Verdi")
    page.pair.first.line.setText(OWN)
    page.pair.again.line.setText(OWN)
    with qtbot.waitSignal(at_start.jobs.idle):
        page.enter.click()
    assert at_start.door.page.isVisible()
    assert (page.key.text(), page.pair.password) == ("", "")
    type_in(at_start, qtbot, "A. Verdi", OWN)
    assert at_start.study is not None


def test_a_wrong_recovery_key_is_refused_in_place(at_start: Application, closed_study: Path, qtbot: QtBot) -> None:
    at_start.open_path(closed_study)
    at_start.door.page.recovery.click()
    page = at_start.door.recovery_page
    page.key.setText("0000-0000")
    page.login.setText("A. Verdi")
    page.pair.first.line.setText(OWN)
    page.pair.again.line.setText(OWN)
    with qtbot.waitSignal(at_start.jobs.idle):
        page.enter.click()
    assert page.isVisible()
    assert page.banner.isVisible()
    assert page.enter.isEnabled()
    page.back.click()
    assert at_start.door.page.isVisible()
    assert (page.key.text(), page.pair.password) == ("", "")
