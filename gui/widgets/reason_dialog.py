"""Asks for the reason of a correction, a withdrawal or a doubtful value."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui.keys import FINISH_KEYS
from gui.text import label, named
from gui.widgets.editors.choice_editor import ChoiceEditor
from gui.widgets.editors.note_editor import NoteEditor
from gui.widgets.findings import FindingList
from gui.widgets.header import make_button
from models.domain.characters import told
from models.domain.findings import Finding
from models.domain.notation import Desk

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


def ask_reason(parent: QWidget, what: str, findings: Sequence[Finding], desk: Desk) -> str | None:
    """Ask why. `what` is what is about to be done: a heading, perhaps lines below it. None if the person gives up."""
    dialog = ReasonDialog(what, findings, desk, parent)
    try:
        return dialog.reason() if dialog.exec() == QDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()


class ReasonDialog(QDialog):
    """A reason from the list, or typed, or both: "Typing error: 450 was meant"."""

    def __init__(
        self,
        what: str,
        findings: Sequence[Finding],
        desk: Desk,
        parent: QWidget | None = None,
        offered: Sequence[str] = CORRECTION_REASONS,
    ) -> None:
        """`what`: the first line is the heading, the others say what changes. `offered` are reasons to choose from."""
        super().__init__(parent)
        heading, _, lines = what.partition("\n")
        self.setWindowTitle("Reason")
        named(self, "reason_dialog", heading)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(8)
        column.addWidget(label(heading, "heading", wrap=True))
        if lines:
            column.addWidget(label(lines, wrap=True, selectable=True))
        doubts = FindingList(desk)
        column.addWidget(doubts)
        doubts.show_findings(findings)
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
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        cancel = make_button("reason_cancel", "Cancel")
        self.save = make_button("reason_save", "Save", look="primary", tip="Ctrl+Enter")
        buttons.addWidget(cancel)
        buttons.addWidget(self.save)
        column.addLayout(buttons)
        cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._finish)
        for keys in FINISH_KEYS:
            QShortcut(QKeySequence(keys), self).activated.connect(self._finish)
        self.setMinimumWidth(min(420, self.screen().availableGeometry().width()))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.choice.setFocus()
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
