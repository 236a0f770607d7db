"""Asks before a backup is restored beside the live study: what comes of it, and what it will lack."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QWidget

from gui.text import label, named
from gui.widgets.dialog_foot import DialogFoot
from gui.widgets.dialog_head import headed
from gui.widgets.dialog_size import fit_dialog
from gui.widgets.password_field import PasswordField


class RestoreDialog(QDialog):
    """`answered` means yes, and brings the user name and the password of then, which only a `former` backup needs."""

    answered = Signal(str, str)

    def __init__(self, made: str, loss: str, former: str = "", parent: QWidget | None = None) -> None:
        """`made` is when the backup was made, `loss` the sentence about what it has not.

        `former` is the sentence about a backup from before a change of keys, "" for any other.
        """
        super().__init__(parent)
        named(self, "restore_dialog", "Restore beside the study")
        self.setWindowTitle("Restore")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = headed(self, f"Restore the backup of {made}")
        column.addWidget(
            label(
                "A study of its own is made from it in the folder beside this one. This study is not touched. The copy "
                f"opens with the passwords of {'that day' if former else 'today'}.",
                wrap=True,
            )
        )
        self.login = named(QLineEdit(), "restore_login", "User name on that day")
        self.password = PasswordField("restore_password", "Password on that day")
        then = QWidget()
        form = QFormLayout(then)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(label(former, "due", wrap=True))
        form.addRow(label("User name on that day"), self.login)
        form.addRow(label("Password on that day"), self.password)
        then.setVisible(bool(former))
        column.addWidget(then)
        self.loss = named(label(loss, wrap=True, selectable=True), "restore_loss", "What it lacks")
        column.addWidget(self.loss)
        foot = DialogFoot(self, "restore_restore", "Restore beside", self.accept)
        column.addLayout(foot)
        self.accepted.connect(self._answer)
        fit_dialog(self, 460)
        (self.login if former else foot.do).setFocus()

    @Slot()
    def _answer(self) -> None:
        self.answered.emit(self.login.text(), self.password.password)
