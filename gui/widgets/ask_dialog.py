"""Asks a question about a value of the record, and says who has to answer it."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.dialog_foot import DialogFoot
from gui.widgets.dialog_head import headed
from gui.widgets.dialog_size import fit_dialog
from gui.widgets.editors.note_editor import NoteEditor
from gui.widgets.form_draft import FormDraft
from gui.widgets.history import ValueRef
from gui.workspace import Workspace
from models.domain.codelists import ROLE
from models.domain.errors import TrialError
from models.records import KINDS
from models.study import Right, User


class AskDialog(QDialog):
    """The value, the question, and for whom it is. It closes when the question stands in the study.

    What is typed and not asked yet stays as a draft of the person who typed it.
    """

    def __init__(self, workspace: Workspace, patient: int, ref: ValueRef, parent: QWidget | None = None) -> None:
        """`ref` without a field asks about the record as a whole."""
        super().__init__(parent)
        self._workspace, self._patient, self._ref = workspace, patient, ref
        kind = KINDS[ref.kind]
        about = kind.fields[ref.field].label if ref.field in kind.fields else "the whole record"
        named(self, "ask_dialog", f"Ask about {about}, {kind.title}")
        self.setWindowTitle("Query")  # the desktop shows it to others: no patient in it
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.question = NoteEditor()
        self.question.name_parts("ask_question", "Question")
        self.question.expect()
        self.question.edited.connect(self._typed)
        self.assigned = named(QComboBox(), "ask_assigned", "For")
        for code, words in ROLE.terms.items():
            if User("", "", code).may(Right.ANSWER):
                self.assigned.addItem(words, code)
        self._failure = Banner("ask_failure")
        column = headed(self, f"Ask about: {about}")
        column.addWidget(label(f"{kind.title} · {workspace.study.chart(patient).label}", "muted", wrap=True))
        column.addWidget(self._failure)
        for words, editor in (("&Question", self.question), ("&For", self.assigned)):
            caption = label(words.replace("&", ""), "muted")
            caption.setBuddy(editor)
            column.addWidget(caption)
            column.addWidget(editor)
        column.addWidget(label("Question and answers stay in the study, with who gave them and when.", "small"))
        foot = DialogFoot(self, "ask_send", "Ask", self._ask)
        self.send = foot.do
        column.addLayout(foot)
        key = f"ask/{patient}/{ref.kind}/{ref.record}/{ref.field}"
        self._draft = FormDraft(workspace, key, self._texts, self, Right.ASK)
        self.question.set_typed(self._draft.found().get("question", ""))
        fit_dialog(self, 460)
        self.question.setFocus()
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        """However the dialog goes out of sight, its typing is kept."""
        self._draft.keep()
        super().hideEvent(event)

    def _texts(self) -> dict[str, str]:
        typed = self.question.typed().strip()
        return {"question": typed} if typed else {}

    @Slot()
    def _typed(self) -> None:
        self._draft.note_change()
        self._follow()

    def _follow(self) -> None:
        self.send.setEnabled(self.question.value() is not None)

    @Slot()
    def _ask(self) -> None:
        words = self.question.value()
        if words is None:
            return
        kind, record, field = self._ref
        try:
            changes = self._workspace.study.review.ask(
                self._patient, kind, record, field, str(words), str(self.assigned.currentData())
            )
        except TrialError as refused:
            self._failure.show_text(f"Not asked. {refused}")
            return
        self.question.set_typed("")
        self._draft.drop()
        self._workspace.say("Query asked")
        self.accept()
        self._workspace.changed(changes)
