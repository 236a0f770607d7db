"""New keys in the whole program: the study is let go, and the next person signs in to it."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from gui.application import Application
from gui.pages.accounts.keys import NewKeysDialog
from gui.workspace import Target
from models.domain.clock import FixedClock
from tests.gui.signing_in import opened
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
