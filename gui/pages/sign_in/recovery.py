"""The page for the day on which nobody can sign in any more: the recovery key gives an account a new password."""

from typing import NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.header import make_button
from gui.widgets.middle import in_the_middle
from gui.widgets.password_pair import PasswordPair
from models.domain import passwords

_COLUMN = 520


class Recovery(NamedTuple):
    """The key as typed, the account that it is used for, and that account's new password."""

    key: str
    login: str
    password: str

    def __repr__(self) -> str:
        """Without key and password: this may end up in a message."""
        return f"Recovery({self.login!r})"


class RecoveryPage(QWidget):
    """What goes wrong is said here, in place. `chosen` carries a `Recovery`, `left` gives up."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        named(self, "recoveryPage", "Use the recovery key")
        self.banner = Banner("recoveryMessage")
        self.key = named(QLineEdit(), "recoveryTyped", "Recovery key")
        self.key.setPlaceholderText("Group by group, as on the sheet")
        self.login = named(QLineEdit(), "recoveryUser", "User name")
        self.login.setPlaceholderText("An administrator's, who then looks after the others")
        self.pair = PasswordPair("recovery")
        self.enter = make_button("recoveryEnter", "Give this account the new password", look="primary")
        self.back = make_button("recoveryBack", "Back", look="link", tip="Back to the sign-in page")
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        for words, field in (("&Recovery key", self.key), ("&User name", self.login)):
            caption = label(words, "muted")
            caption.setBuddy(field)
            caption.setMinimumWidth(96)
            form.addRow(caption, field)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.enter)
        column = QVBoxLayout()
        column.setContentsMargins(0, 28, 0, 16)
        column.setSpacing(10)
        column.addWidget(label("Use the recovery key", "title"))
        column.addWidget(
            label("Capital and small letters, spaces and hyphens make no difference in the key.", "muted", wrap=True)
        )
        column.addWidget(self.banner)
        column.addLayout(form)
        column.addWidget(self.pair)
        column.addLayout(buttons)
        column.addStretch(1)
        in_the_middle(self, column, _COLUMN)
        self.enter.clicked.connect(self._enter)
        self.pair.again.line.returnPressed.connect(self._enter)
        self.back.clicked.connect(self._leave)

    def begin(self, login: str) -> None:
        """Ask anew; `login` stands in its line already."""
        self.forget()
        self.login.setText(login)
        self.set_busy(busy=False)

    def forget(self) -> None:
        """Forget what was typed."""
        self.banner.hide()
        self.key.clear()
        self.pair.clear()

    def set_busy(self, *, busy: bool) -> None:
        """While the key is being tried, nothing can be typed."""
        for widget in (self.key, self.login, self.pair, self.enter, self.back):
            widget.setEnabled(not busy)

    def refuse(self, sentence: str) -> None:
        """Say why it did not work; what was typed stays, to be corrected."""
        self.set_busy(busy=False)
        self.banner.show_text(sentence)
        self.key.setFocus()

    @Slot()
    def _leave(self) -> None:
        self.forget()
        self.left.emit()

    @Slot()
    def _enter(self) -> None:
        login = self.login.text().strip()
        if not self.key.text().strip() or not login:
            self.banner.show_text("Type the recovery key, and the user name of the account that gets a new password.")
            (self.login if self.key.text().strip() else self.key).setFocus()
            return
        problem = self.pair.problem(passwords.check(self.pair.password, login, ""))
        if problem:
            self.banner.show_text(problem)
            return
        self.set_busy(busy=True)
        self.chosen.emit(Recovery(self.key.text(), login, self.pair.password))
