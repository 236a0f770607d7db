"""The accounts of the demo study, one for each role: each signs in with one press."""

from typing import NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.text import label, named
from gui.widgets.choice import Choice
from models.domain.codelists import ROLE
from models.study import DEMO_PASSWORD


class DemoAccount(NamedTuple):
    """An account that everybody may use: its user name, the icon of its button, and what its role does."""

    login: str
    icon: str
    does: str


ACCOUNTS = (
    DemoAccount("coordinator", "patients", "Enters and corrects data, answers the monitor, prints."),
    DemoAccount("investigator", "protocol", "Does the same, and signs and locks visits."),
    DemoAccount("monitor", "today", "Reads without names, asks, verifies. Changes nothing."),
    DemoAccount("administrator", "settings", "Looks after accounts and backups. Sees no patient."),
)
"""The demo study names its accounts after their roles."""


class DemoAccounts(QWidget):
    """A button for each account; `chosen` carries the user name."""

    chosen = Signal(str)

    def __init__(self) -> None:
        """The buttons are named `demo_<login>`."""
        super().__init__()
        named(self, "demoAccounts", "Accounts of the demo study")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._sentence = label(
            "The patients of this study are made up, and everybody may look. Choose who you want to be, or type: "
            f"the user names are the roles, the password of each is “{DEMO_PASSWORD}”.",
            "muted",
            wrap=True,
        )
        column.addWidget(self._sentence)
        for account in ACCOUNTS:
            choice = Choice(f"demo_{account.login}", account.icon, ROLE.label(account.login), account.does)
            choice.setProperty("login", account.login)
            choice.clicked.connect(self._clicked)
            column.addWidget(choice)
            if account is ACCOUNTS[0]:
                self.setFocusProxy(choice)

    @property
    def words(self) -> str:
        """What it says about the accounts."""
        return self._sentence.text()

    @Slot()
    def _clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, Choice)
        self.chosen.emit(str(button.property("login")))
