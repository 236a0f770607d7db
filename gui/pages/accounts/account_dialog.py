"""What the dialogs about accounts share: fields, a sentence in place of what stands against it, and the work."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from gui.jobs import Job, Progress
from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.dialog_draft import DialogDraft
from gui.widgets.editors.choice_editor import ChoiceEditor
from gui.widgets.editors.editor import Editor
from gui.widgets.header import make_button
from gui.workspace import Workspace
from models.domain.context import Changes
from models.domain.errors import TrialError
from models.study import Right

_WIDTH = 520
_CAPTION = 96
CHANGED = Changes(None, frozenset({"account", "training"}))

Work = Callable[[Progress], object]


class Words(NamedTuple):
    """What a dialog says: its title, a note below it, its button, and in the bottom line what was done."""

    title: str
    note: str
    go: str
    done: str


class AccountDialog(QDialog):
    """Asks, does it on a worker thread, since keys take a moment to make, and closes.

    A dialog about something gives `problem` and `work`, and adds its fields with `ask`, the first one with the cursor.
    """

    def __init__(self, workspace: Workspace, name: str, words: Words, parent: QWidget | None = None) -> None:
        """Its parts are named `<name>_...`."""
        super().__init__(parent)
        named(self, name, words.title)
        self.setWindowTitle(words.title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.workspace = workspace
        self._words = words
        self._typed: dict[str, Editor] = {}
        self.job: Job | None = None
        self.message = Banner(f"{name}_message")
        self.inside = QWidget()
        self.body = QVBoxLayout(self.inside)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(14)
        self._form.setVerticalSpacing(8)
        self.body.addLayout(self._form)
        self.cancel = make_button(f"{name}_cancel", "Cancel", tip="Esc")
        self.go = make_button(f"{name}_go", words.go, look="primary")
        self.go.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.go)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 14, 20, 14)
        self._column.setSpacing(10)
        self._column.addWidget(label(words.title, "heading", wrap=True))
        if words.note:
            self._column.addWidget(label(words.note, "muted", wrap=True))
        self._column.addWidget(self.message)
        self._column.addWidget(self.inside)
        self._column.addStretch(1)
        self._column.addLayout(buttons)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.begin)
        self.resize(_WIDTH, 0)

    # ---- what a dialog gives

    def problem(self) -> str:
        """What stands against doing it, empty if nothing; the cursor is put there."""
        return ""

    def work(self) -> Work:
        """What is done, on a thread of its own: it must not touch a widget."""
        raise NotImplementedError

    def finish(self, _result: object) -> None:
        """It was done."""
        self.accept()
        self.workspace.say(self._words.done)
        self.workspace.changed(CHANGED)

    # ---- what it is built with

    def ask(self, words: str, field: QWidget) -> None:
        """Add a field behind its caption."""
        caption = label(words, "muted")
        caption.setBuddy(field)
        caption.setMinimumWidth(_CAPTION)
        self._form.addRow(caption, field)
        if isinstance(field, Editor):
            self.remember(words.replace("&", ""), field)

    def remember(self, name: str, editor: Editor) -> None:
        """Keep what is typed there as a draft; no password is typed into an editor."""
        self._typed[name] = editor

    def ask_reason(self, *offered: str) -> ChoiceEditor:
        """Add the field for the reason: one of a list, or other words."""
        reason = ChoiceEditor([(words, words) for words in offered], free=True)
        reason.name_parts(f"{self.objectName()}_reason", "Reason")
        reason.expect()
        self.ask("&Reason", reason)
        return reason

    # ---- doing it

    @Slot()
    def begin(self) -> None:
        """Do it, if nothing stands against it."""
        problem = self.problem()
        if problem:
            self.refuse(problem)
            return
        self.message.hide()
        self._set_busy(busy=True)
        self.job = self.workspace.jobs.start(self._words.title, self.work(), self._done, self._failed)
        self.job.cancelled.connect(self._stopped)

    def refuse(self, sentence: str) -> None:
        """Say why not; what was typed stays, to be corrected."""
        self.message.show_text(sentence)

    def reject(self) -> None:
        """Leave; what is being done cannot be left."""
        if self.job is None:
            super().reject()

    def _set_busy(self, *, busy: bool) -> None:
        for part in (self.inside, self.go, self.cancel):
            part.setEnabled(not busy)
        self.go.setText("One moment…" if busy else self._words.go)

    @Slot(object)
    def _done(self, result: object) -> None:
        self.job = None
        self.finish(result)

    @Slot(object)
    def _failed(self, refused: TrialError) -> None:
        self._stopped()
        self.refuse(str(refused))

    @Slot()
    def _stopped(self) -> None:
        self.job = None
        self._set_busy(busy=False)

    def showEvent(self, event: QShowEvent) -> None:
        """Now every field is there: what was typed before comes back. Passwords are no part of it."""
        super().showEvent(event)
        if self._typed:
            about = self._words.title
            DialogDraft(self, self.workspace, "account", self._typed, Right.MANAGE_ACCOUNTS, about)
            self._typed = {}

    def event(self, event: QEvent) -> bool:
        """Make room for texts that wrap and for what appears: their height follows the width."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.resize(self.width(), max(self.height(), self._column.totalHeightForWidth(self.width())))
        return handled
