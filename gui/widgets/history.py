"""The history of a record: every correction with its old and new value, who made it, when and why."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui.tables.rows_model import Column
from gui.tables.table_view import Table
from gui.text import label, named
from gui.widgets.choices_of import choices_of_kind
from gui.widgets.header import make_button
from gui.widgets.words import in_words
from gui.workspace import Workspace
from models.domain.date_notation import write_moment
from models.records import Record
from models.study import Correction


class HistoryDialog(QDialog):
    """Who entered a record, and below it every correction, newest first."""

    def __init__(self, workspace: Workspace, record: Record, title: str, parent: QWidget | None = None) -> None:
        """`title` names the record."""
        super().__init__(parent)
        kind = type(record).kind
        named(self, "history_dialog", f"History: {title}")
        self.setWindowTitle(f"History: {title}")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._workspace = workspace
        self._kind = kind
        self._choices = choices_of_kind(workspace, kind, record.patient)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(20, 14, 20, 14)
        lines.setSpacing(10)
        lines.addWidget(label(title, "title", wrap=True))
        lines.addWidget(label(self._entered(record), "muted", wrap=True, selectable=True))
        self.table = Table("history_table", "Corrections", self._columns(), empty=_NOTHING)
        self.table.set_rows(self._newest_first(workspace.study.corrections(kind.name, record.id)))
        lines.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        close = make_button("history_close", "Close", look="primary")
        close.clicked.connect(self.accept)
        foot.addWidget(close)
        lines.addLayout(foot)
        room = self.screen().availableGeometry()
        self.resize(min(860, room.width()), min(420, room.height()))

    def _entered(self, record: Record) -> str:
        moment = f" on {write_moment(record.entered_at, self._workspace.desk)}" if record.entered_at else ""
        return f"Entered by {record.entered_by or 'nobody named'}{moment}."

    def _columns(self) -> tuple[Column[Correction], ...]:
        return (
            Column("When", self._when, sort=_moment),
            Column("Who", _who),
            Column("Field", _field),
            Column("Old value", self._old, stretch=1),
            Column("New value", self._new, stretch=1),
            Column("Reason", _reason, stretch=2),
        )

    def _when(self, correction: Correction) -> str:
        return write_moment(correction.at, self._workspace.desk)

    def _old(self, correction: Correction) -> str:
        return self._value(correction, correction.old)

    def _new(self, correction: Correction) -> str:
        return self._value(correction, correction.new)

    def _value(self, correction: Correction, value: object) -> str:
        field = self._kind.fields.get(correction.field)
        if field is None:
            return "" if value is None else str(value)
        return in_words(field, value, self._workspace.desk, self._choices.get(field.name, ())) or "empty"

    @staticmethod
    def _newest_first(corrections: Sequence[Correction]) -> list[Correction]:
        return sorted(corrections, key=_moment, reverse=True)


_NOTHING = ("Never corrected", "Every value stands as it was first entered.", "")


def _moment(correction: Correction) -> datetime:
    return correction.at


def _who(correction: Correction) -> str:
    return correction.actor


def _field(correction: Correction) -> str:
    return correction.label


def _reason(correction: Correction) -> str:
    return correction.reason
