"""The keys of the study: a new recovery key, and new keys after somebody has left."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.jobs import Progress
from gui.pages.accounts.account_dialog import AccountDialog, Words, Work
from gui.pages.start.recovery_step import KeySheet, RecoveryStep, study_words
from gui.widgets.password_field import PasswordField
from gui.workspace import Workspace


class RecoveryKeyDialog(AccountDialog):
    """Makes a new recovery key and shows it this once; it does not close before the key is kept."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Asks first: the former key is lost by it."""
        super().__init__(
            workspace,
            "newRecovery",
            Words(
                "New recovery key",
                "Have one made when the sheet is lost, or somebody has seen it. The former key opens the study no "
                "more; copies and backups made before still open with it.",
                "Make a new key",
                "New recovery key made",
            ),
            parent,
        )
        self._shown = False
        self.step = RecoveryStep(workspace.study.clock, workspace.desk)
        self.step.hide()
        self.body.addWidget(self.step)
        self.step.kept.connect(self.go.setEnabled)

    def work(self) -> Work:
        """Make it."""
        accounts = self.workspace.study.accounts

        def make(_progress: Progress) -> str:
            return accounts.new_recovery_key()

        return make

    def finish(self, key: object) -> None:
        """Show it."""
        study = self.workspace.study
        self._shown = True
        self.inside.setEnabled(True)
        self.cancel.hide()
        self.go.setText("Close")
        self.go.setEnabled(False)
        self.step.show()
        info = study.info
        self.step.show_key(
            KeySheet(
                str(key),
                study_words(study.protocol),
                f"{info.site_code}, {info.site_name}",
                study.path.name,
                study.user.name,
                study.trail.head().short,
                info.synthetic,
            )
        )

    @Slot()
    def begin(self) -> None:
        """Make it; once it is shown and kept, close."""
        if self._shown:
            super().finish(None)
        else:
            super().begin()

    def reject(self) -> None:
        """A key that nobody has kept is not lost by a key pressed inadvertently."""
        if self._shown:
            self.refuse("The key is not shown again. Keep it, then tick that you have done so.")
        else:
            super().reject()


class NewKeysDialog(AccountDialog):
    """Gives the study new keys; then everybody signs in again."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Asks for the administrator's own password."""
        super().__init__(
            workspace,
            "newKeys",
            Words(
                "New keys for the study",
                "The study is encrypted anew. Do this when an account was closed whose holder may have a copy of the "
                "keyring: what is entered from now on, that copy does not open. Copies and backups made until now it "
                "still opens. Everybody keeps the password and the recovery key, and signs in again. The fallback set "
                "gets a new password: a coordinator has it shown on the Backups page and writes it down.",
                "Make new keys",
                "",
            ),
            parent,
        )
        self.password = PasswordField("newKeys_password", "Your password")
        self.ask("Your &password", self.password)
        self.password.setFocus()

    def problem(self) -> str:
        """The password is asked for again."""
        return "" if self.password.password else "Type your password: this is for the person who signed in."

    def work(self) -> Work:
        """Make them."""
        accounts, password = self.workspace.study.accounts, self.password.password

        def change(progress: Progress) -> bool:
            return accounts.change_keys(password, progress)

        return change

    @Slot()
    def begin(self) -> None:
        """Make them; until they are in place this can be stopped."""
        super().begin()
        self.cancel.setEnabled(True)

    def finish(self, _result: object) -> None:
        """The study is closed: back to the sign-in page."""
        self.accept()
        self.workspace.lock()

    def reject(self) -> None:
        """Leave, or ask what is going on to stop."""
        if self.job is not None:
            self.job.cancel()
        super().reject()
