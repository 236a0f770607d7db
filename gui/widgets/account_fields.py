"""Who a new account is for: user name, printed name, password."""

from collections.abc import Iterable

from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from gui.text import label
from gui.widgets.editors.text_editor import TextEditor
from gui.widgets.password_pair import PasswordPair
from models.domain import passwords
from models.domain.fields import LONGEST_NAME
from models.study import NewAccount

_LONGEST_LOGIN = 64


class AccountFields(QWidget):
    """The lines are named `<name>User`, `<name>Name`, `<name>Password`, `<name>Again`."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """All are empty."""
        super().__init__(parent)
        self.user, self.printed = TextEditor(), TextEditor()
        self.user.name_parts(f"{name}User", "User name")
        self.user.line.setPlaceholderText("What is typed to sign in: c.rossi")
        self.user.line.setMaxLength(_LONGEST_LOGIN)
        self.printed.name_parts(f"{name}Name", "Printed name")
        self.printed.line.setPlaceholderText("Given name and family name, as on paper")
        self.printed.line.setMaxLength(LONGEST_NAME)
        self.pair = PasswordPair(name)
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        for words, field in (("&User name", self.user), ("Printed na&me", self.printed)):
            caption = label(words, "muted")
            caption.setBuddy(field)
            caption.setMinimumWidth(96)
            form.addRow(caption, field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(form)
        column.addWidget(self.pair)

    def problem(self, words: Iterable[str], taken: Iterable[str] = ()) -> str:
        """What stands against this account, empty if nothing; the cursor is put there.

        `words` are what anybody at the desk knows and no password may be made of; `taken` are user names in use.
        """
        user, printed = _single_spaced(self.user), _single_spaced(self.printed)
        if not user or not printed:
            (self.printed if user else self.user).setFocus()
            return "Type the user name and the printed name."
        if user.casefold() in {other.casefold() for other in taken}:
            self.user.setFocus()
            return f"The user name {user} is taken. Each person has an account of their own."
        return self.pair.problem(passwords.check(self.pair.password, user, printed, words))

    def account(self, role: str, *, must_change: bool) -> NewAccount:
        """The account as typed."""
        user, printed = _single_spaced(self.user), _single_spaced(self.printed)
        return NewAccount(user, printed, role, self.pair.password, must_change)


def _single_spaced(line: TextEditor) -> str:
    return " ".join(line.typed().split())
