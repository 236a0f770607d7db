"""The recovery key and new keys, asked for on the accounts page."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.pages.accounts.keys import NewKeysDialog, RecoveryKeyDialog
from gui.pages.accounts.page import Page
from gui.pages.print.paper_dialog import PaperDialog
from models.domain.clock import FixedClock
from models.domain.errors import TrialError
from models.persistence.keys.sign_in import unlock_with_recovery
from models.study_types import Why
from tests.gui.pages.accounts.conftest import (
    asked,
    finish,
    host_of,
    press,
    study_of,
)
from tests.models.reports.reading import page_texts
from tests.models.services.people import new_recovery_key
from tests.study_fixtures import PASSWORD, open_as


def shown_key(qtbot: QtBot, page: Page) -> tuple[RecoveryKeyDialog, str]:
    """The dialog with a new recovery key in it, and that key."""
    dialog = asked(qtbot, page, "accounts_recovery", RecoveryKeyDialog)
    dialog.begin()
    qtbot.waitUntil(lambda: dialog.step.isVisible())
    return dialog, dialog.step.shown.accessibleDescription()


def opens(page: Page, key: str) -> bool:
    """Whether a recovery key opens the study."""
    try:
        unlock_with_recovery(study_of(page).path, key, study_of(page).clock.now())
    except TrialError:
        return False
    return True


def test_a_new_recovery_key_is_shown_until_it_is_kept_and_opens_the_study_from_then_on(
    qtbot: QtBot, page: Page
) -> None:
    dialog, key = shown_key(qtbot, page)
    assert len(key.split("-")) == 9
    dialog.reject()
    assert dialog.isVisible()
    assert "not shown again" in dialog.message.text.text()
    assert not dialog.go.isEnabled()
    assert not opens(page, key)
    dialog.step.tick.setChecked(True)
    finish(qtbot, page, dialog)
    assert opens(page, key)
    assert host_of(page).said == ["New recovery key taken into use"]
    assert not page.waiting_key.isVisible()


def test_a_new_recovery_key_that_is_given_up_leaves_the_former_one(qtbot: QtBot, page: Page) -> None:
    former = new_recovery_key(study_of(page))
    dialog, key = shown_key(qtbot, page)
    press(qtbot, dialog, "newRecovery_cancel")
    assert not dialog.isVisible()
    assert (opens(page, former), opens(page, key)) == (True, False)
    page.refresh(None)
    assert not page.waiting_key.isVisible()


def test_a_recovery_key_that_was_shown_and_lost_sight_of_is_said_until_somebody_has_seen_to_it(
    qtbot: QtBot, page: Page
) -> None:
    former = new_recovery_key(study_of(page))
    study_of(page).accounts.show_recovery_key()  # and the program ends
    page.refresh(None)
    assert "shown on 2 Oct 2026, 09:00" in page.waiting_key.text.text()
    assert "The former one still opens the study" in page.waiting_key.text.text()
    assert opens(page, former)
    press(qtbot, page, "accounts_waitingKeyButton")
    assert not page.waiting_key.isVisible()


def test_the_sheet_of_a_new_recovery_key_is_marked_where_the_patients_are_made_up_and_saving_it_is_in_the_trail(
    qtbot: QtBot, page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = study_of(page)
    monkeypatch.setattr(study, "info", study.info._replace(synthetic=True))
    dialog = asked(qtbot, page, "accounts_recovery", RecoveryKeyDialog)
    dialog.begin()
    qtbot.waitUntil(lambda: dialog.step.isVisible())
    dialog.step.print.click()
    paper = next(each for each in QApplication.topLevelWidgets() if isinstance(each, PaperDialog) and each.isVisible())
    (sheet,) = page_texts(paper.pdf)
    assert study.trail.head().short in sheet
    paper.save_to(tmp_path / "sheet.pdf")
    newest, *_ = study.trail.lines()
    assert (newest.act, dict(newest.details)) == ("recovery sheet saved", {"pages": 1})
    paper.close()
    assert "SYNTHETIC PATIENTS" in sheet
    assert "It is not on this sheet" in sheet
    dialog.step.tick.setChecked(True)
    finish(qtbot, page, dialog)


def test_after_new_keys_the_study_is_let_go_and_somebody_signs_in_again(
    qtbot: QtBot, page: Page, clock: FixedClock
) -> None:
    dialog = asked(qtbot, page, "accounts_keys", NewKeysDialog)
    dialog.begin()
    assert "Type your password" in dialog.message.text.text()
    dialog.password.line.setText(PASSWORD)
    finish(qtbot, page, dialog)
    assert host_of(page).locked == 1
    with open_as(study_of(page).path, clock) as again:
        assert [found.act for found in again.trail.lines() if found.act == "keys changed"] == ["keys changed"]


def test_new_keys_that_are_stopped_leave_the_former_ones_and_say_so(qtbot: QtBot, page: Page) -> None:
    study = study_of(page)
    dialog = asked(qtbot, page, "accounts_keys", NewKeysDialog)
    dialog.password.line.setText(PASSWORD)
    dialog.begin()
    dialog.reject()
    qtbot.waitUntil(lambda: dialog.job is None)
    assert dialog.isVisible()
    assert dialog.message.text.text() == "Stopped before the end. The study keeps the keys it has."
    assert study.backups.make(Why.START).problems == ()
    dialog.reject()
    assert not dialog.isVisible()


def test_a_wrong_password_gives_no_new_keys(qtbot: QtBot, page: Page) -> None:
    dialog = asked(qtbot, page, "accounts_keys", NewKeysDialog)
    dialog.password.line.setText("wrong")
    dialog.begin()
    qtbot.waitUntil(lambda: "not right" in dialog.message.text.text())
    assert host_of(page).locked == 0
