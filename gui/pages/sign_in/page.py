"""The sign-in page: who wants to open this study. What the study is called is not told before that."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.pages.sign_in.demo_accounts import DemoAccounts
from gui.text import ElidedLabel, label, named
from gui.widgets.banner import Banner
from gui.widgets.header import make_button
from gui.widgets.middle import in_the_middle
from gui.widgets.password_field import PasswordField
from models.study import DEMO_PASSWORD

_COLUMN = 460


class Credentials(NamedTuple):
    """What a person typed to sign in."""

    login: str
    password: str
    read_only: bool = False

    def __repr__(self) -> str:
        """Without the password: this may end up in a message."""
        return f"Credentials({self.login!r})"


class SignInPage(QWidget):
    """User name and password. What goes wrong is said here, in place.

    `asked` carries `Credentials`; `left` asks for the start page, `recovery_asked` for the page of the recovery key.
    """

    asked = Signal(object)
    left = Signal()
    recovery_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """For no study yet: see `show_for`."""
        super().__init__(parent)
        named(self, "signInPage", "Sign in")
        self.banner = Banner("signInMessage")
        self.login = named(QLineEdit(), "signInUser", "User name")
        self.login.setMaxLength(80)
        self.password = PasswordField("signInPassword", "Password")
        self.enter = make_button("signInEnter", "Sign in", look="primary")
        self.other = make_button("signInOther", "Another study", look="link", tip="Back to the start page")
        self.recovery = make_button("signInRecovery", "Use the recovery key", look="link")
        self.demo = DemoAccounts()
        self._path = ElidedLabel("", "muted")
        self._lay_out()
        self.banner.pressed.connect(self._ask_for_reading)
        self.login.returnPressed.connect(self.password.setFocus)
        self.password.line.returnPressed.connect(self._ask)
        self.enter.clicked.connect(self._ask)
        self.other.clicked.connect(self.left)
        self.recovery.clicked.connect(self.recovery_asked)
        self.demo.chosen.connect(self._demo_chosen)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        for words, field in (("&User name", self.login), ("&Password", self.password)):
            caption = label(words, "muted")
            caption.setBuddy(field)
            form.addRow(caption, field)
        buttons = QHBoxLayout()
        buttons.addWidget(self.other)
        buttons.addWidget(self.recovery)
        buttons.addStretch(1)
        buttons.addWidget(self.enter)
        column = QVBoxLayout()
        column.setContentsMargins(0, 28, 0, 16)
        column.setSpacing(10)
        column.addWidget(label("Sign in", "title"))
        column.addWidget(self._path)
        column.addWidget(self.banner)
        column.addWidget(self.demo)
        column.addLayout(form)
        column.addLayout(buttons)
        column.addStretch(1)
        in_the_middle(self, column, _COLUMN)

    def show_for(self, path: Path, login: str, *, synthetic: bool) -> None:
        """Ask for the study at `path`. `login` stands in the line already; "" asks for it."""
        self._path.setText(str(path))
        self.demo.setVisible(synthetic)
        self.recovery.setVisible(not synthetic)
        self.banner.hide()
        self.login.setText(login)
        self.password.clear()
        self.set_busy(busy=False)

    def set_busy(self, *, busy: bool) -> None:
        """While the study is being opened, or closed, nothing can be typed."""
        for widget in (self.login, self.password, self.enter, self.other, self.recovery, self.demo):
            widget.setEnabled(not busy)
        self.enter.setText("One moment…" if busy else "Sign in")

    def focus_first(self) -> None:
        """Put the cursor where typing begins; in front of the demo, onto its first account."""
        (self.password if self.login.text() else self.login if self.demo.isHidden() else self.demo).setFocus()

    def refuse(self, sentence: str, *, offer_reading: bool = False) -> None:
        """Say why it did not work; what was typed stays, to be corrected. A study in use may still be read."""
        self.set_busy(busy=False)
        self.banner.show_text(sentence, "urgent", "Open for reading only" if offer_reading else "")
        if offer_reading:
            self.banner.button.setFocus()
        else:
            self.password.setFocus()
            self.password.line.selectAll()

    @Slot()
    def _ask(self) -> None:
        self._emit(read_only=False)

    @Slot()
    def _ask_for_reading(self) -> None:
        self._emit(read_only=True)

    def _emit(self, *, read_only: bool) -> None:
        login = self.login.text().strip()
        if not login:
            self.banner.show_text("Type your user name.", "urgent")
            self.login.setFocus()
        elif not self.password.password:
            self.banner.show_text("Type your password.", "urgent")
            self.password.setFocus()
        else:
            self.set_busy(busy=True)
            self.asked.emit(Credentials(login, self.password.password, read_only))

    @Slot(str)
    def _demo_chosen(self, login: str) -> None:
        self.login.setText(login)
        self.password.line.setText(DEMO_PASSWORD)
        self._ask()
