"""A record that was withdrawn, where a query, a draft or a line of a list still leads to it.

It says who withdrew it, when and why, and shows what the person at the desk had typed into its form and not saved.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QWidget

from gui.permits import closed_words
from gui.text import label, named
from gui.widgets.dialog_head import headed
from gui.widgets.form_draft import is_about
from gui.widgets.header import make_button
from gui.widgets.history import HistoryDialog, ValueRef
from gui.widgets.scrolled_part import ScrolledPart
from gui.workspace import Workspace
from models.domain.date_notation import write_moment
from models.records import KINDS
from models.study import Withdrawn

_TYPED = "You had typed this and not saved it. Enter it where it belongs, if it is still needed:"


class GoneDialog(QDialog):
    """Nothing in it can be changed; what was typed can be copied, and thrown away."""

    def __init__(self, workspace: Workspace, patient: int, gone: Withdrawn, parent: QWidget | None = None) -> None:
        """`gone` is the record, of that patient."""
        super().__init__(parent)
        self._workspace = workspace
        self._ref = ValueRef(gone.record.kind.name, gone.record.id)
        self._drafts = tuple(d.key for d in workspace.study.drafts() if is_about(d.key, patient, *self._ref[:2]))
        title = gone.record.kind.title
        named(self, "gone_dialog", f"{title}: withdrawn")
        self.setWindowTitle(title)  # the desktop shows it to others: no patient in it
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = headed(self, f"{title}: withdrawn")
        told = ScrolledPart("gone_told", "What became of it")
        column.addWidget(told, 1)
        when = write_moment(gone.at, workspace.desk)
        told.column.addWidget(label(f"Withdrawn {when} by {gone.by}: {gone.reason}", wrap=True, selectable=True))
        told.column.addWidget(label("It stays in the history, and nothing in it can be changed.", wrap=True))
        typed = list(self._typed())
        if typed:
            told.column.addWidget(label(_TYPED, "muted", wrap=True))
            grid = QGridLayout()
            grid.setColumnStretch(1, 1)
            for line, (name, text) in enumerate(typed):
                grid.addWidget(label(name, "muted"), line, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(label(text, wrap=True, selectable=True), line, 1)
            told.column.addLayout(grid)
        buttons = QHBoxLayout()
        history = make_button("gone_history", "History", look="link")
        history.clicked.connect(self._show_history)
        buttons.addWidget(history)
        if typed:
            self.discard = make_button("gone_discard", "Discard draft", look="link")
            self.discard.hold_back(closed_words(workspace.study))
            self.discard.clicked.connect(self._discard)
            buttons.addWidget(self.discard)
        buttons.addStretch(1)
        close = make_button("gone_close", "Close", look="primary", tip="Esc. What you typed is kept")
        close.clicked.connect(self.reject)
        buttons.addWidget(close)
        column.addLayout(buttons)
        told.fit(self, 520)
        close.setFocus()

    def _typed(self) -> Iterator[tuple[str, str]]:
        """What was typed, field by field, each under its words; of a new record not the fields that were left empty."""
        for key in self._drafts:
            kind, _, record, *_ = key.split("/")
            for name, text in (self._workspace.study.draft(key) or {}).items():
                if text or record != "0":
                    yield _words(kind, name), text or "nothing"

    @Slot()
    def _show_history(self) -> None:
        HistoryDialog(self._workspace, self._ref, self).show()

    @Slot()
    def _discard(self) -> None:
        for key in self._drafts:
            self._workspace.study.drop_draft(key)
        self._workspace.say("Draft discarded")
        self.accept()


def _words(kind: str, name: str) -> str:
    """What a place of a draft is called: `dose`, `visit.comment`, `replicate/2/number` (a line of a table)."""
    child, _, _ = name.rpartition("/")[0].partition("/")
    own = name.rpartition("/")[2].rpartition(".")[2]
    declared = KINDS.get(child or kind)
    words = declared.fields[own].label if declared and own in declared.fields else own.replace("_", " ").capitalize()
    return f"{declared.title}, {words}" if child and declared else words
