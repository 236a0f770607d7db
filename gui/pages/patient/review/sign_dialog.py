"""Signs a visit, or the whole record of a patient: who, meaning what, over what, and the password each time."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from gui.jobs import Progress
from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.dialog_foot import DialogFoot
from gui.widgets.dialog_size import fit_dialog
from gui.widgets.password_field import PasswordField
from gui.workspace import Workspace
from models.domain.codelists import SIGNATURE_MEANING
from models.domain.context import Changes
from models.domain.errors import TrialError
from models.study import Study


class SignDialog(QDialog):
    """It closes when the signature stands. The user name is asked for too at the first signature of a sitting."""

    def __init__(
        self, workspace: Workspace, patient: int, visit: int | None, title: str, parent: QWidget | None = None
    ) -> None:
        """`visit` is the id of the visit's record, None for the whole record; `title` says what is signed and whose."""
        super().__init__(parent)
        self._workspace, self._patient, self._visit = workspace, patient, visit
        signing = workspace.study.signing
        named(self, "sign_dialog", f"Sign: {title}")
        self.setWindowTitle("Electronic signature")  # the desktop shows it to others: no patient in it
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        user = workspace.user
        covered = signing.covers(patient, visit)
        counts = ", ".join(f"{kind} ({number})" if number > 1 else kind for kind, number in covered.items())
        self._signing = False
        self._failure = Banner("sign_failure")
        self.meaning = named(QComboBox(), "sign_meaning", "Meaning")
        for code, words in SIGNATURE_MEANING.terms.items():
            self.meaning.addItem(words, code)
        self.login = named(QLineEdit(), "sign_login", "User name")
        self.password = PasswordField("sign_password", "Password")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(8)
        column.addWidget(label(f"Sign: {title}", "heading", wrap=True))
        column.addWidget(self._failure)
        column.addWidget(label(f"{user.name}, {user.role_words.lower()}", "strong", wrap=True, selectable=True))
        column.addWidget(label(f"Covers, as it stands now: {counts}.", wrap=True, selectable=True))
        note = (
            "If anything of this is changed, withdrawn or added later, the signature is void and says so. It counts as "
            "one by hand, and keeps name, role, moment and meaning."
        )
        column.addWidget(label(note, "small", wrap=True))
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.addRow(label("Meaning", "muted"), self.meaning)
        if signing.asks_for_login:
            self.login.setToolTip("The first signature of a sitting needs the user name too")
            form.addRow(label("User name", "muted"), self.login)
        else:
            self.login.setParent(self)
            self.login.hide()
        form.addRow(label("Password", "muted"), self.password)
        column.addLayout(form)
        foot = DialogFoot(self, "sign_sign", "Sign", self._sign)
        self.sign = foot.do
        column.addLayout(foot)
        self.password.line.textChanged.connect(self._follow)
        self.password.line.returnPressed.connect(self._sign)
        fit_dialog(self, 480)
        (self.login if signing.asks_for_login else self.password).setFocus()
        self._follow()

    def reject(self) -> None:
        """Leave; not while it signs: the signature would stand, and no page would show it."""
        if not self._signing:
            super().reject()

    @Slot()
    def _follow(self) -> None:
        self.sign.setEnabled(bool(self.password.password) and not self._signing)

    @Slot()
    def _sign(self) -> None:
        if not self.sign.isEnabled():
            return
        self._signing = True
        self.sign.setEnabled(False)
        study, meaning = self._workspace.study, str(self.meaning.currentData())
        work = _Signing(study, self._patient, self._visit, meaning, self.password.password, self.login.text())
        self.password.clear()
        self._workspace.jobs.start("Signing", work, self._signed, self._refused)

    @Slot(object)
    def _signed(self, changes: Changes) -> None:
        self._workspace.say("Signed")
        self.accept()
        self._workspace.changed(changes)

    @Slot(object)
    def _refused(self, refused: TrialError) -> None:
        self._signing = False
        self._follow()
        self._failure.show_text(f"Not signed. {refused}")
        self.password.setFocus()


class _Signing:
    """The work of signing: most of its time goes into making the key from the password."""

    def __init__(self, study: Study, patient: int, visit: int | None, meaning: str, password: str, login: str) -> None:
        self._study = study
        self._said = (patient, visit, meaning, password, login)

    def __call__(self, _progress: Progress) -> Changes:
        return self._study.signing.sign(*self._said)
