"""The page in front of a study whose password somebody else gave: a password of one's own comes first."""

from typing import NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.header import make_button
from gui.widgets.middle import in_the_middle
from gui.widgets.password_field import PasswordField
from gui.widgets.password_pair import PasswordPair
from models.study import Study

_COLUMN = 480


class PasswordChange(NamedTuple):
    """The password that holds until now, and the one that is to hold from now on."""

    old: str
    new: str

    def __repr__(self) -> str:
        """Without either: this may end up in a message."""
        return "PasswordChange()"


class NewPasswordPage(QWidget):
    """What goes wrong is said here, in place. `chosen` carries a `PasswordChange`, `left` gives up."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        """For nobody yet: see `show_for`."""
        super().__init__()
        named(self, "newPasswordPage", "A password of your own")
        self._study: Study | None = None
        self.banner = Banner("newPasswordMessage")
        self.old = PasswordField("newPasswordOld", "The password you were given")
        self.pair = PasswordPair("newPassword")
        self.keep = make_button("newPasswordKeep", "Keep it and go on", look="primary")
        self.back = make_button("newPasswordBack", "Not now", look="link", tip="Back to the sign-in page")
        caption = label("The password you were &given", "muted")
        caption.setBuddy(self.old)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.keep)
        column = QVBoxLayout()
        column.setContentsMargins(0, 28, 0, 16)
        column.setSpacing(10)
        column.addWidget(label("A password of your own", "title"))
        column.addWidget(
            label(
                "Somebody else knows the password you signed in with. What is done under your name is yours alone, so "
                "choose one that only you know.",
                "muted",
                wrap=True,
            )
        )
        for widget in (self.banner, caption, self.old, self.pair):
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addStretch(1)
        in_the_middle(self, column, _COLUMN)
        self.old.line.returnPressed.connect(self.pair.first.setFocus)
        self.pair.first.line.returnPressed.connect(self.pair.again.setFocus)
        self.pair.again.line.returnPressed.connect(self._keep)
        self.keep.clicked.connect(self._keep)
        self.back.clicked.connect(self.left)

    def show_for(self, study: Study) -> None:
        """Ask the person who has signed in to that study."""
        self._study = study
        self.forget()
        self.set_busy(busy=False)

    def forget(self) -> None:
        """Forget what was typed."""
        self.banner.hide()
        self.old.clear()
        self.pair.clear()

    def set_busy(self, *, busy: bool) -> None:
        """While the password is being changed, nothing can be typed."""
        for widget in (self.old, self.pair, self.keep, self.back):
            widget.setEnabled(not busy)
        self.keep.setText("One moment…" if busy else "Keep it and go on")

    def refuse(self, sentence: str) -> None:
        """Say why it was not changed."""
        self.set_busy(busy=False)
        self.banner.show_text(sentence)
        self.old.setFocus()

    @Slot()
    def _keep(self) -> None:
        study = self._study
        if study is None:
            return
        if not self.old.password:
            self.banner.show_text("Type the password you were given.")
            self.old.setFocus()
            return
        user = study.user
        problem = self.pair.problem(study.accounts.against_password(user.login, user.name, self.pair.password))
        if problem:
            self.banner.show_text(problem)
            return
        self.set_busy(busy=True)
        self.chosen.emit(PasswordChange(self.old.password, self.pair.password))
