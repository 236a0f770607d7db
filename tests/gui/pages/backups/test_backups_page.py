"""The Backups page, and the backups that the program makes without being asked."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.pages.backups.page import Page
from gui.pages.backups.presenter import counts_words, drill_words, size_words, why_words
from gui.pages.backups.restore_dialog import RestoreDialog
from gui.settings import SettingsFile
from models.domain.notation import Desk
from models.reports import fallback_set
from models.reports.unlocking import unlocked
from models.study import Study
from models.study_types import Restore
from tests.backup_fixtures import ADMINISTRATOR, HandClock, screen_somebody, signed_in
from tests.gui.fakes import workspace_of
from tests.gui.showing import page_in_use
from tests.study_fixtures import PASSWORD

NOW = datetime(2026, 10, 2, 9, tzinfo=UTC)


def a_page(qtbot: QtBot, study: Study, settings: SettingsFile) -> Page:
    workspace = workspace_of(study, settings)
    page = Page(workspace)
    page_in_use(qtbot, page, workspace)
    return page


def test_sizes_are_written_as_people_read_them() -> None:
    assert [size_words(size, Desk.ENGLISH) for size in (10, 412 * 1024, 3_565_158)] == ["1 kB", "412 kB", "3.4 MB"]
    assert size_words(3_565_158, Desk.ITALIAN) == "3,4 MB"


def test_a_restore_that_was_never_tried_or_long_ago_is_due() -> None:
    assert drill_words(None, NOW, Desk.ENGLISH)[1]
    assert not drill_words(Restore(NOW - timedelta(days=30), "A. Verdi", "b"), NOW, Desk.ENGLISH)[1]
    words, due = drill_words(Restore(NOW - timedelta(days=200), "A. Verdi", "b"), NOW, Desk.ENGLISH)
    assert due
    assert "by A. Verdi. That is 200 days ago." in words


def test_a_backup_is_made_by_hand_and_listed(qtbot: QtBot, owned: Study, desk_settings: SettingsFile) -> None:
    page = a_page(qtbot, owned, desk_settings)
    with qtbot.waitSignal(page.made, timeout=30_000):
        page.make.click()
    assert len(page.table.model.rows) == 1
    assert page.message.text.text() == "The backup was made and checked."
    assert page.papers.open.isEnabled()


def test_a_backup_whose_papers_were_stopped_is_listed_and_another_one_can_be_made(
    qtbot: QtBot, owned: Study, desk_settings: SettingsFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = workspace_of(owned, desk_settings)
    page, jobs = Page(workspace), workspace.jobs
    page_in_use(qtbot, page, workspace)

    def stopped(*about: object) -> None:
        *_, progress = about
        jobs.cancel_all()
        assert not progress(0, 1)  # type: ignore[operator]

    monkeypatch.setattr(fallback_set, "of_study", stopped)
    page.make.click()
    qtbot.waitUntil(lambda: not jobs.running)
    assert len(page.table.model.rows) == 1
    assert page.make.isEnabled()
    assert page.message.text.text() == "Stopped before the end. The list shows what there is."


def test_nothing_else_can_be_begun_while_a_backup_is_made(
    qtbot: QtBot, owned: Study, desk_settings: SettingsFile
) -> None:
    owned.backups.make()
    page = a_page(qtbot, owned, desk_settings)
    assert page.check.isEnabled()
    with qtbot.waitSignal(page.made, timeout=30_000):
        page.make.click()
        page.refresh(None)
        assert not page.check.isEnabled()
    assert page.check.isEnabled()


def test_only_the_administrator_restores(qtbot: QtBot, owned: Study, desk_settings: SettingsFile) -> None:
    owned.backups.make()
    page = a_page(qtbot, owned, desk_settings)
    assert not page.restore.isEnabled()
    assert "administrator" in page.restore.toolTip()


def test_a_backup_is_restored_beside_after_saying_what_it_lacks(
    qtbot: QtBot, path: Path, hand: HandClock, desk_settings: SettingsFile
) -> None:
    with signed_in(path, hand) as study:
        study.backups.make()
        screen_somebody(study)
    with signed_in(path, hand, ADMINISTRATOR) as study:
        page = a_page(qtbot, study, desk_settings)
        page.restore.click()
        [dialog] = [w for w in QApplication.topLevelWidgets() if isinstance(w, RestoreDialog) and w.isVisible()]
        assert "will not be in it" in dialog.loss.text()
        with qtbot.waitSignal(page.made, timeout=30_000):
            dialog.accept()
        assert page.message.text.text().startswith("Restored as ")
        assert study.restoring.last() is not None
        assert not page.papers.open.isEnabled(), "the administrator reads no patient's name"


def test_a_backup_from_before_new_keys_says_so_and_is_restored_with_the_password_of_then(
    qtbot: QtBot, path: Path, hand: HandClock, desk_settings: SettingsFile
) -> None:
    with signed_in(path, hand, ADMINISTRATOR) as study:
        study.backups.make()
        hand.go(minutes=1)
        study.accounts.change_keys(PASSWORD)
    with signed_in(path, hand, ADMINISTRATOR) as study:
        page = a_page(qtbot, study, desk_settings)
        new, old = study.backups.all()
        assert (why_words(new), counts_words(new)) == ("with the new keys", "yes")
        assert (why_words(old), counts_words(old)) == ("asked for", "no, before new keys")
        assert page.kinds.text() == "1 counts · 1 from before new keys"
        page.table.choose(old)
        assert "Made before the keys were changed on 2 Oct 2026" in page.standing.text()
        assert not page.check.isEnabled()
        page.restore.click()
        [dialog] = [w for w in QApplication.topLevelWidgets() if isinstance(w, RestoreDialog) and w.isVisible()]
        words = " ".join(found.text() for found in dialog.findChildren(QLabel))
        assert "It opens with a user name and a password of then" in words
        assert "choose Restore beside" not in words
        dialog.login.setText(ADMINISTRATOR)
        dialog.password.line.setText(PASSWORD)
        with qtbot.waitSignal(page.made, timeout=30_000):
            dialog.accept()
        assert page.message.text.text().startswith("Restored as ")


def test_a_second_folder_inside_the_study_is_refused(qtbot: QtBot, owned: Study, desk_settings: SettingsFile) -> None:
    page = a_page(qtbot, owned, desk_settings)
    page.use_second(owned.path)
    assert "outside the study" in page.message.text.text()
    assert owned.backups.second_folder is None


def test_a_second_folder_is_chosen_and_given_up_again(
    qtbot: QtBot, owned: Study, desk_settings: SettingsFile, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    page = a_page(qtbot, owned, desk_settings)
    page.use_second(stick)
    assert owned.backups.second_folder == stick.resolve()
    page.without.click()
    assert owned.backups.second_folder is None


def test_the_password_of_the_papers_is_shown_only_when_asked(
    qtbot: QtBot, owned: Study, desk_settings: SettingsFile
) -> None:
    owned.backups.make()
    page = a_page(qtbot, owned, desk_settings)
    assert page.papers.password == ""
    page.papers.show_password.click()
    assert page.papers.password == owned.fallback_set.password()
    page.refresh(None)
    assert page.papers.password == ""


def test_an_administrator_who_sees_no_patient_is_not_shown_the_password_of_the_papers(
    qtbot: QtBot, path: Path, hand: HandClock, desk_settings: SettingsFile
) -> None:
    with signed_in(path, hand, ADMINISTRATOR) as study:
        study.backups.make()
        papers = a_page(qtbot, study, desk_settings).papers
        assert not any(button.isEnabled() for button in (papers.open, papers.show_password, papers.new_password))
        assert "coordinator" in papers.show_password.toolTip()


def test_a_new_password_of_the_papers_comes_after_a_warning_and_brings_new_papers(
    qtbot: QtBot, owned: Study, desk_settings: SettingsFile
) -> None:
    owned.backups.make()
    page = a_page(qtbot, owned, desk_settings)
    former = owned.fallback_set.password()
    page.papers.new_password.click()
    assert "Papers of before keep their password" in page.papers.message.text.text()
    assert owned.fallback_set.password() == former
    with qtbot.waitSignal(page.made, timeout=30_000):
        page.papers.message.button.click()
    new, paper = owned.fallback_set.password(), owned.fallback_set.newest()
    assert new != former
    assert paper is not None
    assert unlocked(paper.read_bytes(), new).startswith(b"%PDF-")
    assert page.papers.remark.text() == "Of 2026-10-02."
    assert page.papers.open.isEnabled()


def test_papers_that_open_with_the_former_password_say_so(
    qtbot: QtBot, owned: Study, desk_settings: SettingsFile
) -> None:
    owned.backups.make()
    owned.fallback_set.new_password()
    papers = a_page(qtbot, owned, desk_settings).papers
    assert papers.remark.text() == "Of 2026-10-02, with the former password."
    assert not papers.open.isEnabled()


def test_the_papers_open_in_memory_with_their_password(owned: Study) -> None:
    owned.backups.make()
    paper = owned.fallback_set.newest()
    assert paper is not None
    assert unlocked(paper.read_bytes(), owned.fallback_set.password()).startswith(b"%PDF-")
