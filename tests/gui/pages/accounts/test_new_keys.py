"""New keys in the whole program: the study is let go, and the next person signs in to it."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from gui.application import Application
from gui.pages.accounts.keys import NewKeysDialog, RecoveryKeyDialog
from gui.pages.accounts.page import Page
from gui.workspace import Target
from models.domain.clock import FixedClock
from models.study_types import recover
from tests.gui.signing_in import opened
from tests.models.services.people import OTHER, new_recovery_key
from tests.study_fixtures import PASSWORD


def test_new_keys_lead_back_to_the_sign_in_page(
    qtbot: QtBot, at_start: Application, closed_study: Path, clock: FixedClock
) -> None:
    at_start.admit(opened(closed_study, clock, "A. Verdi"))
    view = at_start.window.view
    assert view is not None
    view.show_target(Target("accounts"))
    dialog = NewKeysDialog(view.workspace, at_start.window)
    dialog.show()
    dialog.password.line.setText(PASSWORD)
    dialog.begin()
    qtbot.waitUntil(lambda: at_start.window.view is None and not at_start.jobs.running)
    qtbot.waitUntil(at_start.door.page.enter.isEnabled)
    assert at_start.door.page.login.text() == "A. Verdi"
    at_start.admit(opened(closed_study, clock))
    assert at_start.study is not None
    assert at_start.study.user.login == "C. Rossi"


def test_a_desk_that_is_locked_while_a_recovery_key_is_shown_loses_nothing_and_says_so_afterwards(
    qtbot: QtBot, at_start: Application, closed_study: Path, clock: FixedClock
) -> None:
    with opened(closed_study, clock, "A. Verdi") as study:
        former = new_recovery_key(study)
    at_start.admit(opened(closed_study, clock, "A. Verdi"))
    view = at_start.window.view
    assert view is not None
    view.show_target(Target("accounts"))
    dialog = RecoveryKeyDialog(view.workspace, at_start.window)
    dialog.show()
    dialog.begin()
    qtbot.waitUntil(dialog.step.isVisible)
    at_start.lock()
    assert not dialog.isVisible()
    assert dialog.step.shown.text() == dialog.step.shown.accessibleDescription() == ""
    qtbot.waitUntil(at_start.door.page.enter.isEnabled)
    at_start.admit(opened(closed_study, clock, "A. Verdi"))
    page = at_start.window.findChild(Page)
    assert page is not None
    assert "not taken into use, because the study was locked" in page.waiting_key.text.text()
    at_start.close_study()
    assert recover(closed_study, former, "A. Verdi", OTHER, clock) == "A. Verdi"
