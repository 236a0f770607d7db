"""A study that is damaged: signing in leads to its backups, and a restored one is opened at once."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui.application import Application
from gui.pages.sign_in.page import SignInPage
from gui.pages.sign_in.rescue import RescuePage
from models.domain.clock import FixedClock
from models.domain.errors import DamagedError
from models.persistence.keys.sealing import LEAST_COST
from models.protocols.loading import find_protocol
from models.study import NewAccount, Study
from models.study_types import Why
from tests.backup_fixtures import database_of, flip_a_bit
from tests.study_fixtures import PASSWORD

ADMINISTRATOR, COORDINATOR = "A. Verdi", "C. Rossi"


@pytest.fixture
def damaged(closed_study: Path, clock: FixedClock) -> Path:
    """A study with two backups whose database has a wrong bit."""
    with Study.open(closed_study, ADMINISTRATOR, PASSWORD, clock=clock) as study:
        study.backups.make(Why.REQUEST)
        study.backups.make(Why.REQUEST)
    flip_a_bit(database_of(closed_study))
    return closed_study


def try_to_sign_in(application: Application, qtbot: QtBot, path: Path, login: str) -> SignInPage:
    application.open_path(path)
    page = application.door.page
    page.login.setText(login)
    page.password.line.setText(PASSWORD)
    page.enter.click()
    qtbot.waitUntil(lambda: not application.jobs.running)
    return page


def sign_in(application: Application, qtbot: QtBot, path: Path, login: str) -> RescuePage:
    try_to_sign_in(application, qtbot, path, login)
    return application.door.rescuing.page


def restored(application: Application, qtbot: QtBot) -> Study:
    qtbot.waitUntil(lambda: not application.jobs.running)
    assert application.study is not None
    return application.study


def test_signing_in_to_a_damaged_study_shows_its_newest_backup_and_what_is_lost(
    at_start: Application, damaged: Path, qtbot: QtBot
) -> None:
    page = sign_in(at_start, qtbot, damaged, ADMINISTRATOR)
    assert page.isVisible()
    assert "damaged" in page.fault.text.text()
    assert page.backups.currentText().endswith("asked for")
    assert "came after this backup and will not be in the restored study" in page.loss.text()
    assert page.put_back.hasFocus()


def test_the_backup_put_back_in_place_is_opened_at_once(at_start: Application, damaged: Path, qtbot: QtBot) -> None:
    page = sign_in(at_start, qtbot, damaged, ADMINISTRATOR)
    qtbot.keyClick(page.put_back, Qt.Key.Key_Return)
    study = restored(at_start, qtbot)
    assert study.path == damaged
    assert study.user.login == ADMINISTRATOR
    assert list(damaged.glob("study.db.damaged-*"))


def test_a_backup_restored_beside_is_opened_and_the_damaged_study_stays_as_it_was(
    at_start: Application, damaged: Path, qtbot: QtBot
) -> None:
    before = database_of(damaged).read_bytes()
    page = sign_in(at_start, qtbot, damaged, ADMINISTRATOR)
    page.beside.click()
    study = restored(at_start, qtbot)
    assert study.path != damaged
    at_start.close_study()
    assert database_of(damaged).read_bytes() == before


def test_whoever_is_no_administrator_sees_the_backups_and_restores_none(
    at_start: Application, damaged: Path, qtbot: QtBot
) -> None:
    page = sign_in(at_start, qtbot, damaged, COORDINATOR)
    assert not page.put_back.isEnabled()
    assert not page.beside.isEnabled()
    assert "Only an administrator restores a study" in page.standing.text()
    assert page.back.hasFocus()


def test_a_backup_that_turns_out_to_be_damaged_is_refused_and_another_can_be_chosen(
    at_start: Application, damaged: Path, qtbot: QtBot
) -> None:
    page = sign_in(at_start, qtbot, damaged, ADMINISTRATOR)
    first, second = sorted((damaged / "backups").glob("*/study.db"), reverse=True)
    flip_a_bit(first)
    page.put_back.click()
    qtbot.waitUntil(lambda: not at_start.jobs.running)
    assert "Choose another" in page.failure.text.text()
    assert second.exists()
    page.backups.setCurrentIndex(1)
    page.put_back.click()
    assert restored(at_start, qtbot).path == damaged


def test_a_damaged_newest_backup_is_not_offered(at_start: Application, damaged: Path, qtbot: QtBot) -> None:
    flip_a_bit(max((damaged / "backups").glob("*/study.db")))
    page = sign_in(at_start, qtbot, damaged, ADMINISTRATOR)
    assert page.backups.count() == 1


def test_giving_up_leads_back_to_the_sign_in_page_without_the_password(
    at_start: Application, damaged: Path, qtbot: QtBot
) -> None:
    page = sign_in(at_start, qtbot, damaged, ADMINISTRATOR)
    qtbot.keyClick(page.back, Qt.Key.Key_Return)
    assert at_start.door.page.isVisible()
    assert at_start.door.page.password.password == ""
    assert at_start.door.page.enter.isEnabled()


def test_going_elsewhere_lets_go_of_the_backups(at_start: Application, damaged: Path, qtbot: QtBot) -> None:
    page = sign_in(at_start, qtbot, damaged, ADMINISTRATOR)
    at_start.show_start()
    assert page.backups.count() == 0
    assert at_start.start.isVisible()


def test_without_its_keyring_a_study_still_leads_to_its_backups(
    at_start: Application, damaged: Path, qtbot: QtBot
) -> None:
    (damaged / "keyring.json").unlink()
    page = sign_in(at_start, qtbot, damaged, ADMINISTRATOR)
    assert page.isVisible()
    page.put_back.click()
    assert restored(at_start, qtbot).path == damaged


def test_a_wrong_password_opens_no_backup_of_a_study_without_keyring(
    at_start: Application, damaged: Path, qtbot: QtBot
) -> None:
    (damaged / "keyring.json").unlink()
    at_start.open_path(damaged)
    page = at_start.door.page
    page.login.setText(ADMINISTRATOR)
    page.password.line.setText("not the password")
    page.enter.click()
    qtbot.waitUntil(lambda: not at_start.jobs.running)
    assert page.isVisible()
    assert "No backup could be opened" in page.banner.text.text()


def test_damage_that_shows_only_when_the_study_is_entered_leads_to_the_backups_too(
    at_start: Application, closed_study: Path, clock: FixedClock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Study.open(closed_study, ADMINISTRATOR, PASSWORD, clock=clock) as study:
        study.backups.make(Why.REQUEST)

    def damaged_view(*_: object) -> None:
        raise DamagedError("The study's file is damaged.")

    monkeypatch.setattr("gui.application.StudyView", damaged_view)
    page = sign_in(at_start, qtbot, closed_study, ADMINISTRATOR)
    qtbot.waitUntil(page.isVisible)
    assert page.fault.text.text() == "The study's file is damaged."
    assert at_start.study is None
    Study.open(closed_study, ADMINISTRATOR, PASSWORD, clock=clock).close()


def test_a_damaged_study_without_backups_is_refused_with_the_sentence_alone(
    at_start: Application, closed_study: Path, qtbot: QtBot
) -> None:
    flip_a_bit(database_of(closed_study))
    page = try_to_sign_in(at_start, qtbot, closed_study, ADMINISTRATOR)
    assert page.isVisible()
    assert "damaged" in page.banner.text.text()
    assert page.enter.isEnabled()


@pytest.mark.parametrize("wanted", ["put_back", "beside"])
def test_the_recovery_key_restores_a_damaged_study_that_nobody_can_sign_in_to(
    at_start: Application, tmp_path: Path, clock: FixedClock, qtbot: QtBot, wanted: str
) -> None:
    path, own = tmp_path / "forgotten.albatrack", "kettle orbit walnut seven"
    account = NewAccount(ADMINISTRATOR, ADMINISTRATOR, "administrator", PASSWORD, must_change=False)
    key = Study.create(path, find_protocol("dalba"), "042", "Haematology", [account], clock=clock, cost=LEAST_COST)
    with Study.open(path, ADMINISTRATOR, PASSWORD, clock=clock) as study:
        study.backups.make(Why.REQUEST)
    flip_a_bit(database_of(path))

    def use_key() -> None:
        at_start.door.page.recovery.click()
        page = at_start.door.recovery_page
        page.key.setText(key)
        page.login.setText(ADMINISTRATOR)
        page.pair.first.line.setText(own)
        page.pair.again.line.setText(own)
        page.enter.click()
        qtbot.waitUntil(lambda: not at_start.jobs.running)

    at_start.open_path(path)
    use_key()
    rescue = at_start.door.rescuing.page
    assert rescue.isVisible()
    getattr(rescue, wanted).click()
    qtbot.waitUntil(lambda: not at_start.jobs.running)
    assert at_start.door.page.isVisible()
    assert at_start.door.page.banner.text.text().startswith("The study is restored.")
    use_key()
    page = at_start.door.page
    page.password.line.setText(own)
    page.enter.click()
    assert restored(at_start, qtbot).user.login == ADMINISTRATOR


@pytest.fixture
def stick(damaged: Path, clock: FixedClock, tmp_path: Path) -> Path:
    """The second folder of a study whose computer is gone: nothing but backups."""
    (tmp_path / "stick").mkdir()
    place = tmp_path / "stick" / "study backups 0123abcd"
    shutil.copytree(damaged / "backups", place)
    shutil.rmtree(damaged)
    return place


def open_from_the_start_page(application: Application, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    application.start.open_choice.click()


@pytest.mark.parametrize("chosen", ["study backups 0123abcd", "."], ids=["the folder itself", "the root of the stick"])
def test_a_folder_of_backups_is_opened_from_the_start_page_and_restored_to_a_folder_of_choice(
    at_start: Application, stick: Path, chosen: str, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [each.read_bytes() for each in sorted(stick.glob("*/study.db"))]
    open_from_the_start_page(at_start, stick.parent / chosen, monkeypatch)
    door = at_start.door
    assert "holds backups of a study" in door.page.banner.text.text()
    door.page.login.setText(ADMINISTRATOR)
    qtbot.keyClicks(door.page.password.line, PASSWORD)
    qtbot.keyClick(door.page.password.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not at_start.jobs.running)
    page = door.rescuing.page
    assert page.isVisible()
    assert not page.put_back.isVisible()
    assert page.beside.hasFocus()
    (tmp_path / "new computer").mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "new computer"))
    qtbot.keyClick(page.beside, Qt.Key.Key_Return)
    study = restored(at_start, qtbot)
    assert study.path.parent == tmp_path / "new computer"
    assert study.path.name.startswith("study restored ")
    assert study.path.suffix == ".albatrack"
    assert [each.read_bytes() for each in sorted(stick.glob("*/study.db"))] == before


def test_choosing_no_folder_restores_nothing_and_leaves_the_backups_on_offer(
    at_start: Application, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = sign_in(at_start, qtbot, stick, ADMINISTRATOR)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    page.beside.click()
    assert not at_start.jobs.running
    assert page.isVisible()
    assert page.beside.isEnabled()


def test_a_folder_of_something_else_is_refused_on_the_start_page(
    at_start: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_from_the_start_page(at_start, tmp_path, monkeypatch)
    assert "is not an AlbaTrack study" in at_start.start.banner.text.text()
