"""The Accounts page: who may sign in, as what; an administrator acts here, everybody may look."""

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui.jobs import Progress
from gui.pages.accounts import presenter
from gui.pages.accounts.account_dialog import CHANGED, AccountDialog
from gui.pages.accounts.dialogs import CloseDialog, CreateDialog, NameDialog, ResetDialog, RoleDialog
from gui.pages.accounts.keys import NewKeysDialog, RecoveryKeyDialog
from gui.pages.accounts.own_password import OwnPasswordDialog
from gui.pages.accounts.training import TrainingCard
from gui.tables.delegates import PillDelegate
from gui.tables.rows_model import Column
from gui.tables.table_view import Table
from gui.text import label
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.header import Button, PageHeader, make_button
from gui.widgets.history import HistoryDialog, ValueRef
from gui.widgets.value_history import TableHistory
from gui.workspace import Workspace
from models.domain.context import Changes
from models.domain.date_notation import NO_MOMENT
from models.domain.errors import TrialError
from models.records.people import Account
from models.study import Right
from models.study_types import AccountLine

_STATE = 5
_OWN = "This is your own account: another administrator does that."


class Page(QWidget):
    """The accounts above, training and keys below. Who may not act sees the buttons grey, with who may."""

    title = "Accounts"

    def __init__(self, workspace: Workspace) -> None:
        """Filled by the first `refresh`."""
        super().__init__()
        self._workspace = workspace
        self._lines: tuple[AccountLine, ...] = ()
        self._strangers: tuple[str, ...] = ()
        self._may_not = workspace.refusal(Right.MANAGE_ACCOUNTS)
        header = PageHeader("Accounts", "who may sign in, and as what; an administrator looks after them")
        self.own = header.add_button("accounts_own", "Change my &password…")
        self.paper = header.add_button("accounts_paper", "&Access list…", tip="Who had which role, and which training")
        self.new = header.add_button("accounts_new", "&New account…", primary=True)
        self.message = Banner("accounts_message")
        self.offer = Banner("accounts_offer")
        self.waiting_key = Banner("accounts_waitingKey")
        self.table = Table(
            "accounts_table",
            "Accounts",
            [
                Column("Name", _name, stretch=2, field="name"),
                Column("User name", _login, stretch=1, field="login"),
                Column("Role", presenter.role, field="role"),
                Column("Since", self._since, sort=_by_since, spare=2),
                Column("Last sign-in", self._last, sort=_by_last, spare=1),
                Column("State", self._state, tone=self._tone, stretch=2),
            ],
        )
        TableHistory(workspace, self.table.view, self._asked_about)
        self.table.view.setItemDelegateForColumn(_STATE, PillDelegate(self.table.view))
        self.training = TrainingCard(workspace)
        self._buttons: dict[str, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(10)
        column.addWidget(header)
        column.addWidget(self.message)
        column.addWidget(self.offer)
        column.addWidget(self.waiting_key)
        column.addWidget(self._accounts_card(), 3)
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self.training, 3)
        below.addWidget(self._keys_card(), 2)
        column.addLayout(below, 2)
        self.own.clicked.connect(self.change_password)
        self.paper.clicked.connect(self.print_access_list)
        self.new.clicked.connect(self._create)
        self.message.pressed.connect(self._take_away)
        self.offer.pressed.connect(self._new_keys)
        self.waiting_key.pressed.connect(self._give_up_key)
        self.table.view.selectionModel().selectionChanged.connect(self._follow_choice)
        acts = (button for name, button in self._buttons.items() if name != "history")
        workspace.permit(Right.MANAGE_ACCOUNTS, self.new, self.message.button, self.waiting_key.button, *acts)

    def _accounts_card(self) -> Card:
        card = Card("Accounts", "one for each person, kept for ever")
        for name, words, slot in (
            ("role", "Role…", self._change_role),
            ("name", "Name…", self._correct_name),
            ("reset", "Reset password…", self._reset),
            ("lift", "Lift block", self._lift),
            ("close", "Close…", self._close_account),
            ("history", "History", self._show_history),
        ):
            self._add_button(card, name, words).clicked.connect(slot)
        card.body.addWidget(self.table, 1)
        return card

    def _keys_card(self) -> Card:
        card = Card("Keys")
        for name, words, sentence, slot in (
            (
                "recovery",
                "New recovery key…",
                "The recovery key opens the study when nobody with an account can. Its sheet belongs into the safe.",
                self._new_recovery_key,
            ),
            (
                "keys",
                "New keys…",
                "After an account was closed: a copy of the old keyring opens nothing that is entered from then on.",
                self._new_keys,
            ),
        ):
            button = make_button(f"accounts_{name}", words)
            button.clicked.connect(slot)
            self._buttons[name] = button
            card.body.addWidget(label(sentence, "muted", wrap=True))
            line = QHBoxLayout()
            line.addWidget(button)
            line.addStretch(1)
            card.body.addLayout(line)
        card.body.addStretch(1)
        return card

    def _add_button(self, card: Card, name: str, words: str) -> Button:
        button = make_button(f"accounts_{name}", words, look="link")
        card.corner.addWidget(button)
        self._buttons[name] = button
        return button

    # ---- reading

    def refresh(self, changes: Changes | None) -> None:
        """Read the accounts; the one chosen stays chosen."""
        accounts, chosen = self._workspace.study.accounts, self._chosen
        self._lines, self._strangers = accounts.lines(), accounts.strangers()
        self.table.set_rows(self._lines)
        if chosen is not None:
            self.table.choose(next((line for line in self._lines if line.login == chosen.login), None))
        self.training.show_rows(self._lines, accounts.trainings())
        words = presenter.troubles(self._lines, self._strangers)
        if words:
            self.message.show_text(words, "urgent", "Take the key away…" if self._strangers else "")
        else:
            self.message.hide()
        self.waiting_key.hide()
        if words := presenter.waiting_key(accounts.recovery_key_waiting(), self._workspace.desk):
            self.waiting_key.show_text(words, "due", "It is destroyed")
        self._follow_choice()

    def _asked_about(self) -> ValueRef | None:
        chosen = self._chosen
        return ValueRef(Account.kind.name, chosen.id, self.table.current_field) if chosen else None

    @Slot()
    def _show_history(self) -> None:
        if line := self._chosen:
            HistoryDialog(self._workspace, ValueRef(Account.kind.name, line.id), self.window()).show()

    @property
    def _chosen(self) -> AccountLine | None:
        found = self.table.chosen()
        return found if isinstance(found, AccountLine) else None

    @Slot()
    def _follow_choice(self) -> None:
        chosen = self._chosen
        own = chosen is not None and chosen.login == self._workspace.user.login
        acting = chosen is not None and not chosen.closed
        self._buttons["history"].setEnabled(chosen is not None)
        self._buttons["name"].setEnabled(acting)
        self._buttons["lift"].setEnabled(acting and chosen is not None and bool(chosen.failures))
        for name in ("role", "reset"):
            self._buttons[name].setEnabled(acting and not own)
        self._buttons["close"].setEnabled(chosen is not None and not own and (acting or bool(chosen.trouble)))
        for name in ("role", "reset", "close"):
            self._buttons[name].setToolTip(self._may_not or (_OWN if own else ""))

    # ---- what everybody may do

    @Slot()
    def change_password(self) -> None:
        """Ask for a new password of one's own."""
        OwnPasswordDialog(self._workspace, self.window()).show()

    @Slot()
    def print_access_list(self) -> None:
        """Show the access list as it will print."""
        from gui.pages.accounts.papers import AccessPaper  # loads the PDF library: not before somebody prints

        AccessPaper(self._workspace, self.window()).show()

    # ---- what an administrator does

    @Slot()
    def _create(self) -> None:
        CreateDialog(self._workspace, self.window()).show()

    @Slot()
    def _change_role(self) -> None:
        if line := self._chosen:
            RoleDialog(self._workspace, line, self.window()).show()

    @Slot()
    def _correct_name(self) -> None:
        if line := self._chosen:
            NameDialog(self._workspace, line, self.window()).show()

    @Slot()
    def _reset(self) -> None:
        if line := self._chosen:
            ResetDialog(self._workspace, line, self.window()).show()

    @Slot()
    def _close_account(self) -> None:
        if line := self._chosen:
            self._ask_to_close(line.login, line.name)

    @Slot()
    def _take_away(self) -> None:
        self._ask_to_close(self._strangers[0], self._strangers[0])

    def _ask_to_close(self, login: str, name: str) -> None:
        dialog = CloseDialog(self._workspace, login, name, self.window())
        dialog.accepted.connect(self._offer_keys)
        dialog.show()

    @Slot()
    def _offer_keys(self) -> None:
        self.offer.show_text(
            "The account is closed. If its holder may have kept a copy of the study's files, make new keys: what is "
            "entered from then on, that copy does not open.",
            "due",
            "New keys…",
        )

    @Slot()
    def _lift(self) -> None:
        line = self._chosen
        if line is None:
            return
        login, accounts = line.login, self._workspace.study.accounts

        def lift(_progress: Progress) -> None:
            accounts.lift_block(login)

        self._workspace.jobs.start("Lifting the block", lift, self._lifted, self._not_lifted)

    @Slot(object)
    def _lifted(self, _result: object) -> None:
        self._workspace.say("Block lifted")
        self._workspace.changed(CHANGED)

    @Slot(object)
    def _not_lifted(self, refused: TrialError) -> None:
        self.message.show_text(str(refused))

    @Slot()
    def _new_recovery_key(self) -> None:
        RecoveryKeyDialog(self._workspace, self.window()).show()

    @Slot()
    def _give_up_key(self) -> None:
        try:
            self._workspace.study.accounts.give_up_recovery_key()
        except TrialError as refused:
            self.message.show_text(str(refused))
        else:
            self._workspace.changed(CHANGED)

    @Slot()
    def _new_keys(self) -> None:
        NewKeysDialog(self._workspace, self.window()).show()

    # ---- the cells

    def _since(self, line: AccountLine) -> str:
        return presenter.day(line.since, self._workspace.desk)

    def _last(self, line: AccountLine) -> str:
        return presenter.moment_words(line.last_sign_in, self._workspace.desk)

    def _state(self, line: AccountLine) -> str:
        return presenter.state(line, self._workspace.desk)[0]

    def _tone(self, line: AccountLine) -> str:
        return presenter.state(line, self._workspace.desk)[1]


def shots(workspace: Workspace) -> Iterator[tuple[str, QWidget | None]]:
    """The dialogs of this page."""
    line = workspace.study.accounts.lines()[2]
    dialogs: tuple[tuple[str, AccountDialog], ...] = (
        ("new", CreateDialog(workspace)),
        ("role", RoleDialog(workspace, line)),
        ("reset", ResetDialog(workspace, line)),
        ("close", CloseDialog(workspace, line.login, line.name)),
        ("own-password", OwnPasswordDialog(workspace)),
        ("keys", NewKeysDialog(workspace)),
    )
    for name, dialog in dialogs:
        dialog.show()
        yield f"accounts-{name}", dialog
        QDialog.reject(dialog)


def _name(line: AccountLine) -> str:
    return line.name


def _login(line: AccountLine) -> str:
    return line.login


def _by_since(line: AccountLine) -> datetime:
    return line.since


def _by_last(line: AccountLine) -> datetime:
    return line.last_sign_in or NO_MOMENT
