"""The two questions about time: up to which day is counted, and what a new data cut is called."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.dialog_draft import DialogDraft
from gui.widgets.dialog_foot import DialogFoot
from gui.widgets.editors.date_editor import DateEditor
from gui.widgets.editors.editor import Editor
from gui.widgets.editors.note_editor import NoteEditor
from gui.widgets.editors.text_editor import TextEditor
from gui.workspace import Workspace
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.study import Right

if TYPE_CHECKING:
    from datetime import date

_WIDTH = 440


class _Question(QDialog):
    """A heading, a sentence, a few fields, and two buttons."""

    def __init__(self, name: str, heading: str, sentence: str, do: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        named(self, name, heading)
        self.setWindowTitle(heading)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._name = name
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(20, 16, 20, 14)
        self._lines.setSpacing(8)
        self._lines.addWidget(label(heading, "title"))
        self._lines.addWidget(label(sentence, "muted", wrap=True))
        self.failure = Banner(f"{name}_failure")
        self._foot = DialogFoot(self, f"{name}_do", do, self.finish)
        self.setMinimumWidth(min(_WIDTH, self.screen().availableGeometry().width()))

    def _ask(self, words: str, field: str, editor: Editor) -> None:
        caption = label(words, "muted")
        caption.setBuddy(editor)
        editor.name_parts(f"{self._name}_{field}", words.replace("&", ""))
        self._lines.addWidget(caption)
        self._lines.addWidget(editor)

    def _end(self) -> None:
        self._lines.addWidget(self.failure)
        self._lines.addLayout(self._foot)

    @Slot()
    def finish(self) -> None:
        """Take the answer, or say what it lacks."""
        raise NotImplementedError


class DayDialog(_Question):
    """Up to which day. After it was accepted, `day` is a day that is not after today."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Begins with today."""
        super().__init__(
            "cohort_day",
            "Count up to a day",
            "What happened after that day is left out. The records themselves are those of now; for the records as"
            " they were, choose a data cut.",
            "Count",
            parent,
        )
        self._today = workspace.study.today
        self.day: date | None = None
        self.editor = DateEditor(workspace.desk, workspace.study.clock)
        self.editor.set_value(PartialDate.from_date(self._today))
        self._ask("&Last day that counts", "day", self.editor)
        self._end()

    @Slot()
    def finish(self) -> None:
        """Take the day."""
        value = self.editor.value()
        day = value.full if isinstance(value, PartialDate) else None
        if day is None or day > self._today:
            self.failure.show_text("Type a whole date, today or earlier.")
            return
        self.day = day
        self.accept()


class CutDialog(_Question):
    """Makes a data cut. After it was accepted, `made` is its name. What is typed until then stays as a draft."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Begins with today as the cut-off."""
        super().__init__(
            "cohort_cut",
            "Make a data cut",
            "Freezes the study as it stands now under a name. It is counted the same whatever is entered later, and is"
            " never made again or removed.",
            "Make the data cut",
            parent,
        )
        self._workspace = workspace
        self.made = ""
        self.name = TextEditor()
        self.name.expect()
        self.cut_off = DateEditor(workspace.desk, workspace.study.clock)
        self.cut_off.set_value(PartialDate.from_date(workspace.study.today))
        self.comment = NoteEditor()
        self._ask("&Name, such as a meeting and its month", "name", self.name)
        self._ask("Cut-off: the &last day that counts", "cut_off", self.cut_off)
        self._ask("&Comment", "comment", self.comment)
        self._end()
        typed = {"name": self.name, "cut_off": self.cut_off, "comment": self.comment}
        DialogDraft(self, workspace, "data_cut", typed, Right.CONFIGURE)

    @Slot()
    def finish(self) -> None:
        """Make it, or say why it cannot be made."""
        day = self.cut_off.value()
        if not isinstance(day, PartialDate):
            self.failure.show_text("Type the cut-off as a whole date: day, month and year.")
            return
        try:
            made = self._workspace.study.cohorts.cuts.make(
                str(self.name.value() or ""), day, str(self.comment.value() or "")
            )
        except TrialError as refused:
            self.failure.show_text(str(refused))
            return
        self.made = made.name
        self.accept()
