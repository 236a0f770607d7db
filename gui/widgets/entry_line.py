"""The head of a record dialog: who entered the record and when, how late, and what was said about it."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.text import label, named
from gui.widgets.form_review import record_review
from gui.widgets.header import make_button
from gui.widgets.history import HistoryDialog, ValueRef
from gui.workspace import Workspace
from models.chart.entry import days_late
from models.domain.date_notation import write_moment
from models.records import Record


def entry_words(workspace: Workspace, record: Record) -> str:
    """Who entered it and when: "Entered 14 Mar 2026, 09:12 UTC+01:00 by C. Rossi, 3 days after the event"."""
    name = workspace.study.trail.names().get(record.entered_by, record.entered_by)
    when = f" {write_moment(record.entered_at, workspace.desk)}" if record.entered_at else ""
    late = days_late(record)
    after = f", {late} {'day' if late == 1 else 'days'} after the event" if late else ""
    return f"Entered{when} by {name}{after}"


class EntryLine(QWidget):
    """The sentence and the buttons of the whole record; below them what monitor and site say about it, if anything."""

    def __init__(self, workspace: Workspace, record: Record, patient: int, parent: QWidget | None = None) -> None:
        """For a stored record; `patient` is 0 for one of the study."""
        super().__init__(parent)
        self._workspace = workspace
        self._ref = ValueRef(record.kind.name, record.id)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(
            named(label(entry_words(workspace, record), "muted", wrap=True, selectable=True), "entered", "Entered"), 1
        )
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        lines.addLayout(line)
        review = record_review(workspace, patient, self._ref, self)
        if review is not None:
            line.addWidget(review.ask)
            line.addWidget(review.verify)
            lines.addWidget(review)
        button = make_button(f"{record.kind.name}_record_history", "History", look="link", tip="Every value: Ctrl+H")
        button.clicked.connect(self._open)
        line.addWidget(button)

    @Slot()
    def _open(self) -> None:
        HistoryDialog(self._workspace, self._ref, self.window()).show()
