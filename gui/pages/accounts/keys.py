"""The keys of the study: a new recovery key, and new keys after somebody has left."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from gui.jobs import Progress
from gui.pages.accounts.account_dialog import AccountDialog, Words, Work
from gui.pages.start.recovery_step import KeySheet, RecoveryStep, study_words
from gui.widgets.password_field import PasswordField
from gui.workspace import Workspace
from models.domain.errors import TrialError

if TYPE_CHECKING:
    from gui.pages.print.paper_dialog import PaperDialog


class RecoveryKeyDialog(AccountDialog):
    """Shows a new recovery key this once, and takes it into use when somebody says that it is kept.

    Until then the former one opens the study: whatever closes this dialog loses nothing.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Asks first: in the end the former key is lost by it."""
        super().__init__(
            workspace,
            "newRecovery",
            Words(
                "New recovery key",
                "Have one made when the sheet is lost, or somebody has seen it. The former key opens the study until "
                "you say that the new one is kept, and then no more; copies and backups made before still open with "
                "it.",
                "Show a new key",
                "New recovery key taken into use",
            ),
            parent,
        )
        self._key = ""
        self.step = RecoveryStep(workspace.study.clock, workspace.desk)
        self.step.hide()
        self.body.addWidget(self.step)
        self.step.kept.connect(self.go.setEnabled)
        self.step.paper.connect(self._note_prints)
        self.cancel.clicked.disconnect(self.reject)
        self.cancel.clicked.connect(self.give_up)

    def work(self) -> Work:
        """Have one made; once it is kept, take it into use."""
        accounts, key = self.workspace.study.accounts, self._key

        def show(_progress: Progress) -> str:
            return accounts.show_recovery_key()

        def take(_progress: Progress) -> None:
            accounts.take_recovery_key(key)

        return take if key else show

    def finish(self, result: object) -> None:
        """Show it; once it is in use, close."""
        if self._key:
            super().finish(None)
        elif self.isVisible():  # else the desk was locked meanwhile
            self._key = str(result)
            self._show_key()

    def _show_key(self) -> None:
        study = self.workspace.study
        self._words = self._words._replace(go="Use it from now on")
        for button, words in ((self.go, self._words.go), (self.cancel, "Keep the former key")):
            button.setText(words)
            button.setAccessibleName(words)
        self.cancel.setToolTip("The new key opens nothing then: destroy what was printed or written of it")
        for part in (self.inside, self.cancel):
            part.setEnabled(True)
        self.step.show()
        info = study.info
        self.step.show_key(
            KeySheet(
                self._key,
                study_words(study.protocol),
                info.site,
                study.path.name,
                study.user.name,
                study.trail.head().short,
                info.synthetic,
            )
        )

    @Slot(object)
    def _note_prints(self, paper: "PaperDialog") -> None:
        paper.given_out.connect(self._note_print)

    @Slot(str, int)
    def _note_print(self, done: str, pages: int) -> None:
        try:
            self.workspace.study.accounts.note_recovery_sheet(done, pages)
        except TrialError as refused:
            self.refuse(f"It was {done}, but the audit trail could not say so. {refused}")

    @Slot()
    def give_up(self) -> None:
        """Leave it; the former key goes on."""
        if self.job is not None:
            return
        if self._key:
            try:
                self.workspace.study.accounts.give_up_recovery_key()
            except TrialError as refused:
                self.refuse(str(refused))
                return
            self.workspace.say("The former recovery key goes on")
        super().reject()

    def hideEvent(self, event: QHideEvent) -> None:
        """However it went out of sight, locked or closed: what was shown is not kept here."""
        if not event.spontaneous():  # which it is where the window was only made small
            self._key = ""
            self.step.forget()
        super().hideEvent(event)

    def reject(self) -> None:
        """A key that is shown does not go by a key pressed inadvertently."""
        if self._key:
            self.refuse("The key is not shown again. Keep it and tick that you have done so, or keep the former key.")
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

    @Slot()
    def _stopped(self) -> None:
        super()._stopped()
        self.refuse("Stopped before the end. The study keeps the keys it has.")
