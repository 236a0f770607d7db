"""The common part of forms that save a whole grid of values at once: draft, messages, buttons, one transaction."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QHideEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gui.keys import FINISH_KEYS, LEAVE_KEY, on_keys
from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.findings import FindingList
from gui.widgets.form_bar import FormBar
from gui.widgets.form_body import FormBody
from gui.widgets.form_draft import FormDraft
from gui.widgets.form_hold import hold_form
from gui.widgets.record_form import CHECK_AFTER
from gui.workspace import Workspace
from models.domain.errors import TrialError
from models.domain.findings import Finding, RejectedError, errors_of, warnings_of
from models.study import Edit, Right


class GridForm(QWidget):
    """Subclasses put their editors into `fields`, say what is typed, and what saving would save.

    `saved` carries the `Changes` after everybody was told; `left` asks the owner to close. What is typed stays as a
    draft until it is saved or discarded.
    """

    saved = Signal(object)
    left = Signal()

    def __init__(self, workspace: Workspace, name: str, title: str, draft: str, patient: int) -> None:
        """`name` begins the names of all widgets; `draft` is the draft's key; `patient` 0 for records of the study."""
        super().__init__()
        named(self, f"{name}_form", title)
        self._workspace = workspace
        self._title = title
        self._patient = patient
        self._draft = FormDraft(workspace, draft, self.texts, self)
        self._notice = Banner(f"{name}_draft")
        self._failure = Banner(f"{name}_failure")
        self._findings = FindingList(workspace.desk)
        self._body = FormBody(None)
        self.fields = self._body.fields
        self.foot = QVBoxLayout()
        self._bar = FormBar(name, offer_next=False)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CHECK_AFTER)
        self._timer.timeout.connect(self._check)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(self._notice)
        lines.addWidget(self._failure)
        lines.addWidget(self._body, 1)
        lines.addLayout(self.foot)
        lines.addWidget(self._findings)
        lines.addWidget(self._bar)
        self._notice.pressed.connect(self.discard)
        self._bar.cancelled.connect(self.leave)
        self._bar.discarded.connect(self.discard)
        self._bar.saving.connect(self.save)
        on_keys(self, self.save, *FINISH_KEYS)
        on_keys(self, self.leave, LEAVE_KEY)

    # ---- what a subclass says

    def texts(self) -> Mapping[str, str]:
        """What is typed and differs from how the form began."""
        raise NotImplementedError

    def restore(self, texts: Mapping[str, str]) -> None:
        """Put the typing of a draft back."""
        raise NotImplementedError

    def clear(self) -> None:
        """Begin again."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Put the cursor where typing begins."""
        raise NotImplementedError

    def edits(self) -> tuple[Sequence[Edit], Sequence[Finding]]:
        """What saving would save, and everything that stands against it."""
        raise NotImplementedError

    def doubts_at_saving(self, _edits: Sequence[Edit]) -> Sequence[Finding]:
        """What is asked about besides, once everything can be saved: what takes too long to look for at typing."""
        return ()

    def begin(self) -> None:
        """Take up an earlier draft: called once by the subclass when its editors stand."""
        found = self._draft.found()
        if found:
            self.restore(found)
            self._notice.show_text(self._draft.found_words(), "due", "Discard draft")
        self._bar.show_changed(changed=bool(self.texts()))
        hold_form(self._workspace, self._body, self._bar, self._notice)

    @Slot()
    def after_edit(self) -> None:
        """Follow a keystroke: keep the draft soon, check soon."""
        self._draft.note_change()
        self._timer.start()
        self._bar.show_changed(changed=bool(self.texts()))

    def keep_draft(self) -> None:
        """Keep the typing now."""
        self._draft.keep()

    def hideEvent(self, event: QHideEvent) -> None:
        """However the form goes out of sight, its typing is kept."""
        self._draft.keep()
        super().hideEvent(event)

    # ---- what the person does

    @Slot()
    def save(self) -> bool:
        """Check and save everything typed; doubts are asked about once for the whole grid."""
        if self._workspace.refusal(Right.ENTER):
            return False
        edits, findings = self.edits()
        self._findings.show_findings(findings)
        if errors_of(findings) or not edits:
            why = "Correct what is marked." if findings else "Type at least one value."
            self._failure.show_text(f"Not saved yet. {why} What you typed is kept.")
            return False
        reason: str | None = ""
        if doubts := (*warnings_of(findings), *self.doubts_at_saving(edits)):
            reason = self._workspace.ask_reason(self, f"{self._title}: save with a doubtful value", doubts)
        if reason is None:
            return False
        try:
            changes = self._workspace.study.save(self._patient, edits, self._workspace.context(reason))
        except RejectedError as rejected:
            self._findings.show_findings(rejected.findings)
            self._failure.show_text("Not saved. Correct what is marked. What you typed is kept.")
            return False
        except TrialError as refused:
            self._failure.show_text(f"Not saved. {refused} What you typed is kept.")
            return False
        self._draft.forget()
        self._workspace.say(f"{self._title}: {len(edits)} saved")
        self._workspace.changed(changes)
        self.saved.emit(changes)
        return True

    @Slot()
    def leave(self) -> None:
        """Close without saving; the typing stays as a draft."""
        self._draft.leave()
        self.left.emit()

    @Slot()
    def discard(self) -> None:
        """Forget the typing and begin again."""
        self._draft.drop()
        self._notice.hide()
        self._failure.hide()
        self._findings.show_findings(())
        self.clear()
        self._bar.show_changed(changed=False)
        self.focus_first()

    @Slot()
    def _check(self) -> None:
        self._findings.show_findings(self.edits()[1] if self.texts() else ())


class GridDialog(QDialog):
    """A grid form in a dialog of its own; it closes when the form was saved or left."""

    def __init__(self, form: GridForm, title: str, parent: QWidget | None = None) -> None:
        """`title` stands above the form."""
        super().__init__(parent)
        named(self, form.objectName().replace("_form", "_dialog"), title)
        self.setWindowTitle(form.accessibleName())  # the desktop shows it to others: no patient in it
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = form
        lines = QVBoxLayout(self)
        lines.setContentsMargins(20, 14, 20, 14)
        lines.setSpacing(10)
        lines.addWidget(label(title, "title", wrap=True))
        lines.addWidget(form, 1)
        form.saved.connect(self.accept)
        form.left.connect(self.reject)
        room = self.screen().availableGeometry()
        self.resize(min(_WIDTH, room.width()), min(_HEIGHT, room.height()))
        form.focus_first()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the typing, however the dialog is closed."""
        self.form.keep_draft()
        super().closeEvent(event)


_WIDTH, _HEIGHT = 860, 720
