"""What monitor and site can do about a value from its menu: ask about it, verify it, take a verification back."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from gui.keys import ASK_KEYS, VERIFY_KEYS
from gui.widgets.history import ValueRef
from gui.workspace import Workspace
from models.domain.errors import TrialError
from models.records import KINDS
from models.study import Right
from models.study_types import Mark, TrailFilter

_ASK, _VERIFY, _TAKE_BACK = "Ask about this value…", "Mark as verified", "Take the verification back…"


class ValueReview(QObject):
    """Asks about values and verifies them, for the menus of one part of the window."""

    def __init__(self, workspace: Workspace, area: QWidget) -> None:
        """Dialogs open over the window of `area`."""
        super().__init__(area)
        self._workspace = workspace
        self._area = area
        self._ref: ValueRef | None = None

    def add_to(self, menu: QMenu, ref: ValueRef) -> None:
        """Add what can be done about that value; who may not do it reads who may."""
        if not askable(ref.kind):
            return
        self._ref = ref
        menu.setToolTipsVisible(True)
        entries = [("value_ask", _ASK, ASK_KEYS, Right.ASK, self._ask_asked)]
        if KINDS[ref.kind].name != "identity":
            entries.append(("value_verify", _VERIFY, VERIFY_KEYS, Right.VERIFY, self._verify_asked))
            if self._mark(ref) is not None:
                entries.append(("value_take_back", _TAKE_BACK, "", Right.VERIFY, self._take_back_asked))
        for name, words, keys, right, slot in entries:
            action = QAction(words, menu)
            action.setObjectName(name)
            action.setShortcut(QKeySequence(keys))
            refused = self._workspace.refusal(right)
            action.setEnabled(not refused)
            action.setToolTip(refused or words)
            action.triggered.connect(slot)
            menu.addAction(action)

    def ask(self, ref: ValueRef) -> None:
        """Open the dialog for a question about that value."""
        from gui.widgets.ask_dialog import AskDialog  # asked for now and then: not loaded with every table

        patient = self._may(ref, Right.ASK)
        if patient:
            AskDialog(self._workspace, patient, ref, self._area.window()).show()

    def verify(self, ref: ValueRef) -> None:
        """Mark that value, or without a field the whole record, as compared with the source."""
        patient = self._may(ref, Right.VERIFY)
        if not patient:
            return
        try:
            changes = self._workspace.study.review.verify(
                patient, ref.kind, ref.record, (ref.field,) if ref.field else ()
            )
        except TrialError as refused:
            self._workspace.say(str(refused))
            return
        self._workspace.say("Marked as verified" if changes.records else "Verified already, and not changed since")
        self._workspace.changed(changes)

    def _may(self, ref: ValueRef, right: Right) -> int:
        """The patient whose value it is; 0, and a sentence in the line below, where the person may not do that."""
        if not askable(ref.kind):
            return 0
        refused = self._workspace.refusal(right)
        if refused:
            self._workspace.say(refused)
            return 0
        return self._patient(ref)

    def _patient(self, ref: ValueRef) -> int:
        line = next(iter(self._workspace.study.trail.lines(TrailFilter(kinds=(ref.kind,), record=ref.record), 1)), None)
        return line.patient_id if line else 0

    def _mark(self, ref: ValueRef) -> Mark | None:
        """The standing mark on exactly this value."""
        if not self._workspace.user.may(Right.VERIFY):
            return None
        mark = self._workspace.study.review.verification(self._patient(ref)).of(ref.kind, ref.record, ref.field)
        return mark if mark is not None and mark.stands and mark.field == ref.field else None

    @Slot()
    def _ask_asked(self) -> None:
        if self._ref is not None:
            self.ask(self._ref)

    @Slot()
    def _verify_asked(self) -> None:
        if self._ref is not None:
            self.verify(self._ref)

    @Slot()
    def _take_back_asked(self) -> None:
        mark = self._mark(self._ref) if self._ref is not None else None
        if mark is None:
            return
        reason = self._workspace.ask_reason(self._area.window(), "Take the verification back", ())
        if reason is None:
            return
        try:
            changes = self._workspace.study.review.withdraw_mark(mark.id, reason)
        except TrialError as refused:
            self._workspace.say(str(refused))
            return
        self._workspace.say("Verification taken back")
        self._workspace.changed(changes)


def askable(kind: str) -> bool:
    """Whether records of that kind are a patient's, so that something can be said about them."""
    declared = KINDS[kind]
    return not declared.of_study and not declared.review and kind != "flag"
