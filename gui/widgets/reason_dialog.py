"""Asks for the reason of a correction, a withdrawal or a doubtful value."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QWidget

from gui.text import label, named
from gui.widgets.dialog_draft import DialogDraft
from gui.widgets.dialog_foot import DialogFoot
from gui.widgets.dialog_head import headed
from gui.widgets.editors.choice_editor import ChoiceEditor
from gui.widgets.editors.note_editor import NoteEditor
from gui.widgets.findings import FindingList
from gui.widgets.scrolled_part import ScrolledPart
from gui.workspace import Workspace
from models.domain.characters import told
from models.domain.findings import Finding
from models.study import Right

CORRECTION_REASONS = (
    "Typing error",
    "Source document corrected",
    "Result reported late",
    "Entered for the wrong patient",
    "Entered for the wrong day",
    "Entered twice",
)
"""Reasons offered for a change; any other can be typed."""
DOUBT_REASONS = ("Checked against the source document", "Confirmed by the laboratory", "Confirmed by the investigator")
"""Reasons offered for keeping a doubtful value."""

_WIDTH = 420
_DRAFT = "reason"  # without "/": a part of what is saved, not listed as a form of its own


def ask_reason(parent: QWidget, what: str, findings: Sequence[Finding], workspace: Workspace) -> str | None:
    """Ask why. `what` is what is about to be done: a heading, perhaps lines below it. None if the person gives up."""
    dialog = ReasonDialog(what, findings, workspace, parent)
    try:
        return dialog.reason() if dialog.exec() == QDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()


class ReasonDialog(QDialog):
    """A reason from the list, or typed, or both: "Typing error: 450 was meant".

    What is typed stays as a draft until it is given as a reason: it comes back when the same is asked again.
    """

    def __init__(
        self,
        what: str,
        findings: Sequence[Finding],
        workspace: Workspace,
        parent: QWidget | None = None,
        offered: Sequence[str] = CORRECTION_REASONS,
    ) -> None:
        """`what`: the first line is the heading, the others say what changes. `offered` are reasons to choose from."""
        super().__init__(parent)
        heading, _, lines = what.partition("\n")
        self.setWindowTitle("Reason")
        named(self, "reason_dialog", heading)
        column = headed(self, heading)
        about = ScrolledPart("reason_told", "What the reason is asked for")
        if lines:
            changes = label(lines, wrap=True, selectable=True)
            changes.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the keys scroll what is around it
            about.column.addWidget(changes)
        doubts = FindingList(workspace.desk)
        about.column.addWidget(doubts)
        doubts.show_findings(findings)
        about.setVisible(bool(lines or findings))
        column.addWidget(about, 1)
        self.choice = ChoiceEditor([(words, words) for words in (DOUBT_REASONS if findings else offered)], free=True)
        self.choice.name_parts("reason_choice", "Reason")
        self.choice.expect()
        self.note = NoteEditor()
        self.note.name_parts("reason_note", "More about the reason")
        for words, editor in (("&Reason", self.choice), ("&More, if needed", self.note)):
            caption = label(words.replace("&", ""), "muted")
            caption.setBuddy(editor)
            column.addWidget(caption)
            column.addWidget(editor)
            editor.edited.connect(self._follow)
        column.addWidget(label("The reason is kept with the record.", "small", wrap=True))
        foot = DialogFoot(self, "reason_save", "Save", self._finish)
        self.save = foot.do
        column.addLayout(foot)
        about.fit(self, _WIDTH)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.choice.setFocus()
        right = Right.ASK if workspace.user.may(Right.ASK) else Right.MANAGE_ACCOUNTS
        DialogDraft(self, workspace, _DRAFT, {"choice": self.choice, "note": self.note}, right, about=what)
        self._follow()

    def reason(self) -> str:
        """The reason as one text."""
        parts = (told(str(value or "")) for value in (self.choice.value(), self.note.value()))
        return ": ".join(filter(None, parts))

    @Slot()
    def _follow(self) -> None:
        self.save.setEnabled(bool(self.reason()))

    @Slot()
    def _finish(self) -> None:
        if self.reason():
            self.accept()
