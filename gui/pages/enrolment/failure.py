"""Asks when and why a screening ended without enrolment."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.dialog_draft import DialogDraft
from gui.widgets.dialog_foot import DialogFoot
from gui.widgets.dialog_head import headed
from gui.widgets.editors.date_editor import DateEditor
from gui.widgets.editors.note_editor import NoteEditor
from gui.workspace import Workspace
from models.domain.partial_dates import PartialDate


class FailureDialog(QDialog):
    """A date and a reason, both needed. `given` carries the dialog, to be accepted or refused by its owner.

    What is typed and not recorded yet stays as a draft.
    """

    given = Signal(object)

    def __init__(self, workspace: Workspace, number: str, proposed: str, parent: QWidget) -> None:
        """`proposed` is what the criteria say already; it can be changed."""
        super().__init__(parent)
        named(self, "screen_failure_dialog", "Screen failure")
        self.setWindowTitle("Screen failure")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._date = DateEditor(workspace.desk, workspace.study.clock)
        self._date.name_parts("screen_failure_date", "Screen failure on")
        self._date.expect()
        self._why = NoteEditor()
        self._why.name_parts("screen_failure_reason", "Reason")
        self._why.expect()
        self._why.set_value(proposed or None)
        self._banner = Banner("screen_failure_problem")
        column = headed(self, f"{number} does not enter the study")
        column.addWidget(label("Number, date and reason stay in the study. Nothing is deleted.", "muted", wrap=True))
        column.addWidget(self._banner)
        for words, editor in (("Screen failure on", self._date), ("Reason", self._why)):
            caption = label(words, "muted")
            caption.setBuddy(editor)
            column.addWidget(caption)
            column.addWidget(editor)
        column.addLayout(DialogFoot(self, "screen_failure_save", "Record the screen failure", self._finish))
        DialogDraft(self, workspace, "screen_failure", {"date": self._date, "why": self._why}, about=number)
        self.setMinimumWidth(min(460, self.screen().availableGeometry().width()))
        self._date.setFocus()

    @property
    def on(self) -> PartialDate | None:
        """The date."""
        value = self._date.value()
        return value if isinstance(value, PartialDate) else None

    @property
    def why(self) -> str:
        """The reason."""
        return str(self._why.value() or "")

    @Slot()
    def _finish(self) -> None:
        self._date.finish()
        if self._date.problem():
            self._banner.show_text(self._date.problem())
        elif self.on is None:
            self._banner.show_text("The date is missing. Type it, for instance today.")
            self._date.setFocus()
        elif not self.why:
            self._banner.show_text("A screen failure keeps its reason. Say which criterion was not met.")
            self._why.setFocus()
        else:
            self.given.emit(self)

    def refuse(self, sentence: str) -> None:
        """Say why it could not be kept; the dialog stays."""
        self._banner.show_text(sentence)
