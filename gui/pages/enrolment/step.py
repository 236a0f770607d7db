"""What the steps of an enrolment have in common: a draft, what stands in the way of saving, and one transaction."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.text import label
from gui.widgets.banner import Banner
from gui.widgets.editors.editor import Editor
from gui.widgets.findings import FindingList
from gui.widgets.form_draft import FormDraft, draft_key
from gui.workspace import Workspace
from models.domain.errors import TrialError
from models.domain.findings import Finding, RejectedError, errors_of, warnings_of
from models.study import Changes, Context, Edit

DRAFT_KIND = "enrolment"
"""The kind in the keys of the drafts: `enrolment/12/1` is the second step of patient 12."""

_CHECK_AFTER = 250


class Step(QWidget):
    """One step.

    `saved` carries the `Changes`, or None where nothing was left to save; `edited` follows the typing; `led` says that
    the cursor has been put somewhere that may be out of view.
    """

    saved = Signal(object)
    edited = Signal()
    led = Signal()

    def __init__(self, workspace: Workspace, patient: int, number: int, sentence: str) -> None:
        """`patient` is 0 before the first step is saved; `sentence` says what the step is about."""
        super().__init__()
        self.workspace = workspace
        self.patient = patient
        self.draft = FormDraft(workspace, draft_key(DRAFT_KIND, patient, number), self.texts, self)
        self._notice = Banner(f"enrolment_{number}_draft")
        self._failure = Banner(f"enrolment_{number}_failure")
        self._general = FindingList(workspace.desk)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_CHECK_AFTER)
        self._timer.timeout.connect(self.check)
        self._notice.pressed.connect(self.discard)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(label(sentence, "muted", wrap=True))
        for widget in (self._notice, self._failure):
            lines.addWidget(widget)
        lines.addLayout(self.body)
        lines.addWidget(self._general)
        lines.addStretch(1)

    # ---- what each step says for itself

    def texts(self) -> Mapping[str, str]:
        """What is typed and differs from how the step began."""
        raise NotImplementedError

    def restore(self, texts: Mapping[str, str]) -> None:
        """Put the typing of a draft back."""
        raise NotImplementedError

    def start(self) -> None:
        """Show what is stored."""
        raise NotImplementedError

    def finish(self) -> None:
        """Take the typing as finished."""
        raise NotImplementedError

    def edits(self) -> tuple[Edit, ...]:
        """What saving would save: nothing where nothing has changed."""
        raise NotImplementedError

    def editors(self) -> tuple[Editor, ...]:
        """Everything typed into, in the order of the eye."""
        raise NotImplementedError

    def editor_of(self, edit: Edit, field: str) -> Editor | None:
        """Where a field of what would be saved is typed; None where it is not typed here."""
        raise NotImplementedError

    def problems(self) -> Mapping[str, Editor]:
        """Where the typing cannot be read or an answer is missing, by its label."""
        raise NotImplementedError

    def show_findings(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Show each finding beside its field, and give back those without a field."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Put the cursor where the typing goes on."""
        raise NotImplementedError

    def store(self, edits: Sequence[Edit], by: Context) -> Changes:
        """Save in one transaction."""
        return self.workspace.study.save(self.patient, edits, by)

    def reason_for(self, edits: Sequence[Edit], doubts: Sequence[Finding]) -> str | None:
        """The reason the person gives where one is needed, "" where none is, None where it was refused."""
        corrects = any(edit.id and edit.values for edit in edits)
        if not doubts and not corrects:
            return ""
        what = "Save with a doubtful value" if doubts else "Correct what was saved"
        return self.workspace.ask_reason(self, what, doubts)

    # ---- what they share

    def begin(self) -> None:
        """Show what is stored and what an earlier visit left unsaved."""
        self.start()
        found = self.draft.found()
        if found:
            self.restore(found)
            self._notice.show_text(self.draft.found_words(), "due", "Discard draft")

    def note_edit(self) -> None:
        """Something was typed."""
        self.draft.note_change()
        self._timer.start()
        self.edited.emit()

    @Slot()
    def check(self) -> tuple[Finding, ...]:
        """What stands against the step as it is now, shown in place."""
        return tuple(finding for _, finding in self._found())

    def _found(self) -> list[tuple[Edit, Finding]]:
        self._timer.stop()
        study, edits = self.workspace.study, self.edits()
        found = [(edit, finding) for edit in edits for finding in study.check(self.patient, edit, edits)]
        self._general.show_findings(self.show_findings([finding for _, finding in found]))
        return found

    @Slot()
    def save(self) -> bool:
        """Check and save; what stands in the way is shown in place. Returns whether the step is done."""
        self.finish()
        found = self._found()
        findings = [finding for _, finding in found]
        wrong = self.problems()
        impossible = errors_of(findings)
        if wrong or impossible:
            where = f" Look at: {', '.join(wrong)}." if wrong else ""
            self._failure.show_text(f"Not saved yet.{where} What you typed is kept.", "urgent")
            self._lead_to(wrong.values(), [about for about in found if about[1] in impossible])
            return False
        edits = self.edits()
        if not edits:
            self.draft.drop()
            self.saved.emit(None)
            return True
        reason = self.reason_for(edits, warnings_of(findings))
        if reason is None:
            self._lead_to((), found)
            return False
        return self._store(edits, reason)

    def refuse(self, sentence: str) -> None:
        """Say what stands against the enrolment here, the cursor in the first field at fault."""
        self.finish()
        found = self._found()
        self._failure.show_text(sentence, "urgent")
        self._lead_to(self.problems().values(), found)

    def _lead_to(self, wrong: Iterable[Editor], found: Iterable[tuple[Edit, Finding]]) -> None:
        """Put the cursor into the first field, as the eye goes, that something stands against."""
        at_fault = [*wrong, *(self.editor_of(edit, finding.field) for edit, finding in found)]
        first = next((editor for editor in self.editors() if editor in at_fault), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self.led.emit()

    def _store(self, edits: Sequence[Edit], reason: str) -> bool:
        edits = [Edit(e.kind, e.values, e.id, e.children, self.draft.key) for e in edits]
        try:
            changes = self.store(edits, self.workspace.context(reason))
        except RejectedError as rejected:
            self._general.show_findings(self.show_findings(rejected.findings))
            self._failure.show_text(f"Not saved. {rejected} What you typed is kept.", "urgent")
            self._lead_to((), [(edit, finding) for edit in edits for finding in rejected.findings])
            return False
        except TrialError as refused:
            self._failure.show_text(f"Not saved. {refused} What you typed is kept.", "urgent")
            return False
        self.draft.forget()
        self._failure.hide()
        self.workspace.changed(changes)
        self.saved.emit(changes)
        return True

    @Slot()
    def discard(self) -> None:
        """Forget the typing and begin again."""
        self.draft.drop()
        self._notice.hide()
        self._failure.hide()
        self.start()
        self.check()
        self.focus_first()

    def keep_draft(self) -> None:
        """Keep the typing now."""
        self.draft.keep()

    def hideEvent(self, event: QHideEvent) -> None:
        """However the step goes out of sight, its typing is kept."""
        self.draft.keep()
        super().hideEvent(event)
