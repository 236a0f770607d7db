"""The accounts page through its widgets, in front of a real study."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from gui.pages.accounts.dialogs import CloseDialog, CreateDialog, NameDialog, ResetDialog, RoleDialog
from gui.pages.accounts.keys import NewKeysDialog
from gui.pages.accounts.own_password import OwnPasswordDialog
from gui.pages.accounts.page import Page
from gui.pages.accounts.papers import AccessPaper, IdentificationPaper
from gui.pages.accounts.presenter import day
from gui.pages.accounts.training import TrainingDialog
from models.domain.clock import FixedClock
from models.domain.date_notation import NO_MOMENT
from models.domain.errors import TrialError
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.study import Study
from tests.gui.pages.accounts.conftest import (
    OpenPage,
    asked,
    choose,
    dialog_of,
    enabled,
    finish,
    host_of,
    line,
    press,
    study_of,
)
from tests.study_fixtures import PASSWORD

OTHER = "seventeen green umbrellas"


# ---- who sees and does what


def test_everybody_sees_the_accounts_with_role_and_state(open_page: OpenPage) -> None:
    page = open_page("M. Neri")
    rows = page.table.model.rows
    assert [(row.login, row.role) for row in rows][:2] == [("A. Verdi", "administrator"), ("C. Rossi", "coordinator")]
    columns = page.table.model.columns
    neri = next(row for row in rows if row.login == "M. Neri")
    assert columns[4].text(neri) == "2 Oct 2026, 09:00 UTC+01:00"
    assert columns[5].text(neri) == "open"


def test_the_last_sign_ins_are_ordered_by_their_instant_through_the_change_of_the_clocks(page: Page) -> None:
    first, second, *_ = page.table.model.rows
    summer = datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=2)))
    winter = datetime(2026, 10, 25, 2, 15, tzinfo=timezone(timedelta(hours=1)))
    page.table.set_rows((first._replace(last_sign_in=winter), second._replace(last_sign_in=summer)))
    page.table.view.sortByColumn(4, Qt.SortOrder.AscendingOrder)
    assert [row.last_sign_in for row in page.table.model.rows] == [summer, winter]


def test_who_is_no_administrator_may_only_look_and_change_the_own_password(open_page: OpenPage) -> None:
    page = open_page("C. Rossi")
    choose(page, "M. Neri")
    assert enabled(page) == {"own", "paper", "history"}
    assert "Ask one of these to do it: administrator" in page.new.toolTip()


def test_an_administrator_acts_on_the_account_chosen_and_not_on_the_own(page: Page) -> None:
    always = {"own", "paper", "new", "recovery", "keys", "training_add"}
    assert enabled(page) == always
    choose(page, "C. Rossi")
    assert enabled(page) == always | {"role", "name", "reset", "close", "history"}
    choose(page, "A. Verdi")
    assert enabled(page) == always | {"name", "history"}
    close = page.findChild(QPushButton, "accounts_close")
    assert close is not None
    assert "your own account" in close.toolTip()


# ---- acts


def test_a_new_account_is_made_and_listed(qtbot: QtBot, page: Page) -> None:
    dialog = asked(qtbot, page, "accounts_new", CreateDialog)
    dialog.role.set_value("monitor")
    dialog.fields.user.set_typed("g.blu")
    dialog.fields.printed.set_typed("Giulia  Blu")
    dialog.fields.pair.first.line.setText(OTHER)
    dialog.fields.pair.again.line.setText(OTHER)
    finish(qtbot, page, dialog)
    made = line(page, "g.blu")
    assert (made.name, made.role, made.must_change) == ("Giulia Blu", "monitor", True)
    assert page.table.model.rows[-1] == made
    assert host_of(page).said == ["Account made"]


def test_what_stands_against_a_new_account_is_said_in_place(qtbot: QtBot, page: Page) -> None:
    dialog = asked(qtbot, page, "accounts_new", CreateDialog)
    dialog.fields.user.set_typed("c. rossi")
    dialog.fields.printed.set_typed("Carla")
    dialog.begin()
    assert "is taken" in dialog.message.text.text()
    dialog.fields.user.set_typed("other")
    dialog.fields.pair.first.line.setText("Haematology 042!")
    dialog.begin()
    assert "made of names that people here know" in dialog.message.text.text()
    assert len(page.table.model.rows) == 4


def test_a_role_is_changed_with_a_reason(qtbot: QtBot, page: Page) -> None:
    choose(page, "M. Neri")
    dialog = asked(qtbot, page, "accounts_role", RoleDialog)
    dialog.begin()
    assert "has this role already" in dialog.message.text.text()
    dialog.role.set_value("investigator")
    dialog.begin()
    assert "Say why" in dialog.message.text.text()
    dialog.reason.set_value("Other duties")
    finish(qtbot, page, dialog)
    assert line(page, "M. Neri").role == "investigator"
    chosen = page.table.chosen()
    assert chosen is not None
    assert chosen.login == "M. Neri"


def test_a_printed_name_is_corrected(qtbot: QtBot, page: Page) -> None:
    choose(page, "M. Neri")
    dialog = asked(qtbot, page, "accounts_name", NameDialog)
    dialog.begin()
    assert "as it should be printed" in dialog.message.text.text()
    dialog.printed.set_typed("Marco Neri")
    dialog.reason.set_value("Typing error")
    finish(qtbot, page, dialog)
    assert line(page, "M. Neri").name == "Marco Neri"


def test_an_account_is_closed_with_a_reason(qtbot: QtBot, page: Page) -> None:
    choose(page, "M. Neri")
    dialog = asked(qtbot, page, "accounts_close", CloseDialog)
    dialog.reason.set_value("Left the site")
    finish(qtbot, page, dialog)
    closed = line(page, "M. Neri")
    assert closed.closed is not None
    assert page.table.model.columns[5].text(closed) == "closed 2 Oct 2026"
    assert not enabled(page) & {"role", "name", "reset", "close"}


def test_after_an_account_was_closed_new_keys_are_offered(qtbot: QtBot, page: Page) -> None:
    choose(page, "M. Neri")
    dialog = asked(qtbot, page, "accounts_close", CloseDialog)
    dialog.reason.set_value("Left the site")
    finish(qtbot, page, dialog)
    press(qtbot, page, "accounts_offerButton")
    assert isinstance(dialog_of(NewKeysDialog), NewKeysDialog)


def test_a_password_is_reset(qtbot: QtBot, page: Page) -> None:
    choose(page, "C. Rossi")
    dialog = asked(qtbot, page, "accounts_reset", ResetDialog)
    dialog.pair.first.line.setText(OTHER)
    dialog.begin()
    assert "The two lines differ" in dialog.message.text.text()
    dialog.pair.again.line.setText(OTHER)
    finish(qtbot, page, dialog)
    assert page.table.model.columns[5].text(line(page, "C. Rossi")) == "has to change the password"


def test_a_block_is_lifted(qtbot: QtBot, page: Page, clock: FixedClock) -> None:
    for _ in range(5):
        with pytest.raises(TrialError, match="not right"):
            Study.open(study_of(page).path, "C. Rossi", "wrong", clock=clock, read_only=True)
    page.refresh(None)
    blocked = line(page, "C. Rossi")
    assert page.table.model.columns[5].text(blocked) == "waits until 2 Oct 2026, 09:00:32 UTC+01:00 after 5 failures"
    choose(page, "C. Rossi")
    press(qtbot, page, "accounts_lift")
    qtbot.waitUntil(lambda: host_of(page).said == ["Block lifted"])
    assert line(page, "C. Rossi").failures == 0


def test_everybody_changes_the_own_password(qtbot: QtBot, open_page: OpenPage, clock: FixedClock) -> None:
    page = open_page("M. Neri")
    dialog = asked(qtbot, page, "accounts_own", OwnPasswordDialog)
    dialog.begin()
    assert "until now" in dialog.message.text.text()
    dialog.old.line.setText("a wrong one, and long")
    for field in (dialog.pair.first, dialog.pair.again):
        field.line.setText(OTHER)
    dialog.begin()
    qtbot.waitUntil(lambda: "not right" in dialog.message.text.text())
    dialog.old.line.setText(PASSWORD)
    finish(qtbot, page, dialog)
    study_of(page).close()
    with Study.open(study_of(page).path, "M. Neri", OTHER, clock=clock) as again:
        assert again.user.login == "M. Neri"


def test_what_does_not_fit_between_accounts_and_keyring_is_said_on_top(qtbot: QtBot, page: Page) -> None:
    from models.persistence.keys.sign_in import unlock
    from tests.keyring_fixtures import remove_slot

    study = study_of(page)
    keys = unlock(study.path, "A. Verdi", PASSWORD, study.clock.now()).keys
    remove_slot(study.path, keys, "C. Rossi")
    page.refresh(None)
    assert "C. Rossi (C. Rossi): There is no key for it" in page.message.text.text()
    assert page.table.model.columns[5].text(line(page, "C. Rossi")) == "needs attention"


# ---- training


def test_training_is_added_and_withdrawn(qtbot: QtBot, page: Page) -> None:
    dialog = asked(qtbot, page, "training_add", TrainingDialog)
    dialog.begin()
    assert "what the training was about" in dialog.message.text.text()
    dialog.subject.set_value("Good clinical practice")
    dialog.begin()
    assert "on which day" in dialog.message.text.text()
    dialog.given.set_value(PartialDate(2026, 3, 2))
    finish(qtbot, page, dialog)
    [row] = page.training.table.model.rows
    assert (row.login, row.subject) == ("A. Verdi", "Good clinical practice")
    page.training.table.choose(row)
    press(qtbot, page, "training_withdraw")
    assert study_of(page).accounts.trainings() == ()


def test_a_training_in_progress_comes_back_with_the_person_it_is_about(qtbot: QtBot, page: Page) -> None:
    dialog = asked(qtbot, page, "training_add", TrainingDialog)
    dialog.person.set_value("M. Neri")
    dialog.subject.set_value("Good clinical practice")
    dialog.reject()
    again = asked(qtbot, page, "training_add", TrainingDialog)
    assert (again.person.value(), again.subject.value()) == ("M. Neri", "Good clinical practice")
    again.person.set_typed("nobody")
    again.begin()
    assert "choose a person of the list" in again.message.text.text()
    again.reject()


# ---- papers


def test_the_access_list_is_printed_by_an_administrator_too_and_the_trail_says_so(
    qtbot: QtBot, page: Page, tmp_path: Path
) -> None:
    press(qtbot, page, "accounts_paper")
    paper = next(w for w in QApplication.topLevelWidgets() if isinstance(w, AccessPaper))
    assert paper.save_to(tmp_path / "access.pdf")
    newest = study_of(page).trail.lines()[0]
    assert (newest.act, dict(newest.details)) == ("access list saved", {"pages": 1})


def test_the_identification_list_is_for_those_who_may_know_and_the_trail_says_that_it_was_made(
    qtbot: QtBot, open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page("C. Rossi")
    paper = IdentificationPaper(page.training._workspace)  # noqa: SLF001
    qtbot.addWidget(paper)
    assert paper.save_to(tmp_path / "list.pdf")
    assert study_of(page).trail.lines()[0].act == "identification list saved"


def test_the_identification_list_is_refused_to_an_administrator(page: Page) -> None:
    with pytest.raises(TrialError, match="may not read"):
        IdentificationPaper(page.training._workspace)  # noqa: SLF001


def test_when_an_account_was_made_is_said_not_to_be_readable_where_the_trail_was_forged() -> None:
    assert day(NO_MOMENT, Desk.ENGLISH) == "[no moment that can be read]"
