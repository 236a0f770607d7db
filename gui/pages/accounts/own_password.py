"""The dialog in which everybody changes the own password."""

from PySide6.QtWidgets import QWidget

from gui.jobs import Progress
from gui.pages.accounts.account_dialog import AccountDialog, Words, Work
from gui.widgets.password_field import PasswordField
from gui.widgets.password_pair import PasswordPair
from gui.workspace import Workspace


class OwnPasswordDialog(AccountDialog):
    """Asks for the password that holds, and twice for the new one."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(
            workspace,
            "ownPassword",
            Words(
                "Change my password",
                "Change it when somebody may have seen it. Otherwise it need not be changed from time to time.",
                "Change it",
                "Password changed",
            ),
            parent,
        )
        self.old = PasswordField("ownPassword_old", "Password until now")
        self.pair = PasswordPair("ownPassword_")
        self.ask("&Until now", self.old)
        self.body.addWidget(self.pair)
        self.old.setFocus()

    def problem(self) -> str:
        """What the study holds against the new one."""
        if not self.old.password:
            self.old.setFocus()
            return "Type the password that you have until now."
        study = self.workspace.study
        return self.pair.problem(study.accounts.against_password(study.user.login, study.user.name, self.pair.password))

    def work(self) -> Work:
        """Change it."""
        accounts, old, new = self.workspace.study.accounts, self.old.password, self.pair.password

        def change(_progress: Progress) -> None:
            accounts.change_own_password(old, new)

        return change
