"""Removes a text from the audit trail: what, why, and that it cannot be undone (ICH E6(R3) 4.2.2 (b))."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QDialog, QRadioButton, QVBoxLayout, QWidget

from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.dialog_draft import DialogDraft
from gui.widgets.dialog_foot import DialogFoot
from gui.widgets.dialog_head import headed
from gui.widgets.dialog_size import fit_dialog
from gui.widgets.editors.note_editor import NoteEditor
from gui.workspace import Workspace
from models.domain.context import Changes
from models.domain.errors import TrialError
from models.study import Right
from models.study_types import TrailLine

REMOVE_WORDS = "Remove from the audit trail…"
_WARNING = (
    "For what must not be known from here, such as the name of somebody. It cannot be undone: nobody can read the text "
    "again. The line stays, and the trail says who removed a text of it, when and why. Backups made before keep the "
    "text until they are thinned."
)
_LONGEST = 60


class Removable(NamedTuple):
    """A line of the trail as far as something of it can go: its texts (name and label of the field), its reason."""

    row: int
    patient: int
    kind: str
    record: int
    texts: tuple[tuple[str, str], ...]
    reason: str


def removable(workspace: Workspace, line: TrailLine, field: str = "") -> Removable:
    """What can go of a line; of a line with many values only what is of `field`, where one is named."""
    told = ((change.field, change.label) for change in line.changes if field in ("", change.field))
    texts = tuple((name, words) for name, words in told if workspace.study.trail.is_text(line.kind, name))
    return Removable(line.row, line.patient_id, line.kind, line.record, texts, line.reason)


class RedactDialog(QDialog):
    """What is removed is chosen where a line has several texts. It closes when the text is gone.

    Why, as far as it was typed, stays as a draft until then.
    """

    def __init__(self, workspace: Workspace, of: Removable, parent: QWidget | None = None) -> None:
        """Nothing is removed yet."""
        super().__init__(parent)
        self._workspace, self._of = workspace, of
        named(self, "redact_dialog", "Remove a text from the audit trail")
        self.setWindowTitle("Audit trail")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = headed(self, "Remove a text from the audit trail")
        self.choices = QButtonGroup(self)
        for number, (_, words) in enumerate(of.texts):
            self._offer(column, f"Every former text of {words}", number)
        if of.reason:
            self._offer(column, f"The reason of this line: {_short(of.reason)}", len(of.texts))
        column.addWidget(label(_WARNING, wrap=True))
        self.failure = Banner("redact_failure")
        column.addWidget(self.failure)
        self.why = NoteEditor()
        self.why.name_parts("redact_why", "Why it must not stay")
        self.why.expect()
        caption = label("Why it must not stay. Do not repeat the text here.", "muted", wrap=True)
        caption.setBuddy(self.why)
        column.addWidget(caption)
        column.addWidget(self.why)
        foot = DialogFoot(self, "redact_remove", "Remove", self._remove)
        self.remove = foot.do
        column.addLayout(foot)
        self.why.edited.connect(self._follow)
        about = f"{of.kind}/{of.record}/{of.row}"
        DialogDraft(self, workspace, "redact", {"why": self.why}, Right.REDACT, about)
        fit_dialog(self, 500)
        self._follow()

    def _offer(self, column: QVBoxLayout, words: str, number: int) -> None:
        choice = named(QRadioButton(words.replace("&", "&&")), f"redact_what_{number}", words)
        choice.setChecked(number == 0)
        self.choices.addButton(choice, number)
        column.addWidget(choice)

    @Slot()
    def _follow(self) -> None:
        self.remove.setEnabled(self.why.value() is not None)

    @Slot()
    def _remove(self) -> None:
        why, chosen, of = self.why.value(), self.choices.checkedId(), self._of
        if why is None:
            return
        trail = self._workspace.study.trail
        try:
            if chosen < len(of.texts):
                trail.redact(of.kind, of.record, of.texts[chosen][0], str(why))
            else:
                trail.redact_reason(of.row, str(why))
        except TrialError as refused:
            self.failure.show_text(f"Not removed. {refused}")
            return
        self._workspace.say("Removed from the audit trail")
        self.accept()
        self._workspace.changed(Changes(of.patient or None, frozenset({of.kind}), ((of.kind, of.record),)))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
