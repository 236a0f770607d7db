"""What an investigator does with a visit or a patient: sign, lock, unlock; and the list of what was signed."""

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from gui.pages.patient.review.sign_dialog import SignDialog
from gui.pages.patient.review.signatures_dialog import SignaturesDialog
from gui.widgets.reason_dialog import ReasonDialog
from gui.workspace import Workspace
from models.domain.errors import TrialError
from models.study import Right

LOCK_REASONS = ("Verified and signed", "Ready for the data cut", "Monitoring visit closed")
UNLOCK_REASONS = ("Correction asked for by the monitor", "Result reported late", "Locked by mistake")


class ReviewCommands(QObject):
    """The commands for one patient after the other; dialogs open over the window of `area`."""

    def __init__(self, workspace: Workspace, area: QWidget) -> None:
        """No patient yet."""
        super().__init__(area)
        self._workspace = workspace
        self._area = area
        self._asked: tuple[int, int | None, bool] = (0, None, False)

    def sign(self, patient: int, visit: int | None, title: str) -> None:
        """Open the dialog that signs; `title` says what, and whose."""
        if not self._refused(Right.SIGN):
            SignDialog(self._workspace, patient, visit, title, self._area.window()).show()

    def turn_lock(self, patient: int, visit: int | None, title: str, *, lock: bool) -> None:
        """Ask for the reason, then lock or unlock."""
        if self._refused(Right.LOCK):
            return
        self._asked = (patient, visit, lock)
        what = "Nothing in it can be changed then." if lock else "The signatures under it become void."
        heading = f"{'Lock' if lock else 'Unlock'}: {title}\n{what}"
        offered = LOCK_REASONS if lock else UNLOCK_REASONS
        dialog = ReasonDialog(heading, (), self._workspace, self._area.window(), offered)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._turn)
        dialog.show()

    def list_signatures(self, patient: int, title: str) -> None:
        """Show every signature of the patient."""
        desk = self._workspace.desk
        signatures = self._workspace.study.signing.signatures(patient, desk)
        SignaturesDialog(signatures, title, desk, self._area.window()).show()

    @Slot()
    def _turn(self) -> None:
        dialog = self.sender()
        assert isinstance(dialog, ReasonDialog)
        patient, visit, lock = self._asked
        locking = self._workspace.study.locking
        try:
            changes = (locking.lock if lock else locking.unlock)(patient, visit, dialog.reason())
        except TrialError as refused:
            self._workspace.say(f"Not {'locked' if lock else 'unlocked'}. {refused}")
            return
        self._workspace.say("Locked" if lock else "Unlocked")
        self._workspace.changed(changes)

    def _refused(self, right: Right) -> bool:
        sentence = self._workspace.refusal(right)
        if sentence:
            self._workspace.say(sentence)
        return bool(sentence)
