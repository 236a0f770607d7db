"""The history of a record or of one value in it: every old and new value, who made the change, when and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui.tables.rows_model import Column
from gui.tables.table_view import Table
from gui.text import label, named
from gui.widgets.choices_of import choices_of_kind
from gui.widgets.header import make_button
from gui.widgets.redact_dialog import REMOVE_WORDS, RedactDialog, Removable, removable
from gui.widgets.trail_words import value_words
from gui.workspace import Workspace
from models.domain.date_notation import write_moment
from models.records import KINDS
from models.study import Right
from models.study_types import TrailFilter, TrailLine

_ENTERED = "insert"
_MOST = 2_000
"""Lines of one record: nobody corrects one as often."""


class ValueRef(NamedTuple):
    """A value of the record: kind and id of the record, and the name of the field; without a field, all its values.

    A setting of the study is the field of that name, of the kind `STUDY_FACT` and the record 0.
    """

    kind: str
    record: int
    field: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the table."""

    at: datetime
    when: str
    who: str
    field: str
    old: str
    new: str
    reason: str
    of: Removable


class HistoryDialog(QDialog):
    """Who entered a record, and below it every correction, newest first; of one value the first entry too."""

    def __init__(self, workspace: Workspace, ref: ValueRef, parent: QWidget | None = None) -> None:
        """Read the trail of that value, or of the whole record."""
        super().__init__(parent)
        kind = KINDS.get(ref.kind)
        self._workspace = workspace
        self._ref = ref
        self._fields = kind.fields if kind else {}
        lines = self._own_lines()
        newest = next(iter(lines), None)
        told = (newest.title, newest.which, newest.patient) if newest else (kind.title if kind else "",)
        title = " · ".join(part for part in told if part)
        known = {change.field: change.label for line in lines for change in line.changes}
        field = self._fields[ref.field].label if ref.field in self._fields else known.get(ref.field, "")
        heading = f"{field} · {title}" if field else title
        named(self, "history_dialog", f"History: {heading}")
        self.setWindowTitle("History")  # names nobody: other people read it in the bar of the desktop
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        about, reads = next((line.patient_id for line in lines), 0), workspace.user.may(Right.READ_RECORD)
        self._choices = choices_of_kind(workspace, kind, about) if kind and reads else {}
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 14, 20, 14)
        box.setSpacing(10)
        box.addWidget(label(heading, "title", wrap=True))
        box.addWidget(label(self._entered(), "muted", wrap=True, selectable=True))
        self.remove = make_button("history_remove", REMOVE_WORDS, look="link")
        workspace.permit(Right.REDACT, self.remove)
        self.remove.clicked.connect(self._remove)
        empty = _NEVER_ENTERED if ref.field else _NEVER_CORRECTED
        self.table = Table("history_table", "Corrections", self._columns(), empty=empty)
        self.table.view.selectionModel().selectionChanged.connect(self._follow)
        self._show(lines)
        box.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.remove)
        foot.addStretch(1)
        close = make_button("history_close", "Close", look="primary")
        close.clicked.connect(self.accept)
        foot.addWidget(close)
        box.addLayout(foot)
        room = self.screen().availableGeometry()
        self.resize(min(860, room.width()), min(420, room.height()))

    @Slot()
    def _follow(self) -> None:
        chosen = self.table.chosen()
        self.remove.setEnabled(chosen is not None and bool(chosen.of.texts or chosen.of.reason))

    @Slot()
    def _remove(self) -> None:
        chosen = self.table.chosen()
        if chosen is not None:
            dialog = RedactDialog(self._workspace, chosen.of, self)
            dialog.accepted.connect(self._read_again)
            dialog.show()

    @Slot()
    def _read_again(self) -> None:
        self._show(self._own_lines())

    def _show(self, lines: Iterable[TrailLine]) -> None:
        self.table.set_rows([shown for line in lines for shown in self._shown(line)])
        self.table.choose(next(iter(self.table.model.rows), None))
        self._follow()

    def _own_lines(self) -> tuple[TrailLine, ...]:
        """What was entered and corrected of the value, or of the whole record."""
        return self._lines_of(TrailFilter(kinds=(self._ref.kind,), record=self._ref.record, field=self._ref.field))

    def _entered(self) -> str:
        """Who entered the record: of one value that may be long before the value itself."""
        whole = TrailFilter(kinds=(self._ref.kind,), record=self._ref.record)
        first = next((line for line in reversed(self._lines_of(whole)) if line.act == _ENTERED), None)
        if first is None:
            return "Nothing is known of who entered it."
        return f"Entered by {first.name} on {write_moment(first.at, self._workspace.desk)}."

    def _lines_of(self, wanted: TrailFilter) -> tuple[TrailLine, ...]:
        return self._workspace.study.trail.lines(wanted, _MOST, self._workspace.desk)

    def _columns(self) -> tuple[Column[_Line], ...]:
        field = () if self._ref.field else (Column("Field", _field),)
        return (
            Column("When", _when, sort=_moment),
            Column("Who", _who),
            *field,
            Column("Old value", _old, stretch=1),
            Column("New value", _new, stretch=1),
            Column("Reason", _reason, stretch=2),
        )

    def _shown(self, line: TrailLine) -> list[_Line]:
        """The changes of a line; the first entry of all values together is told above the table."""
        first = line.act == _ENTERED
        if first and not self._ref.field:
            return []
        desk, shown = self._workspace.desk, []
        for change in line.changes:
            if change.field == self._ref.field or not self._ref.field:
                field = self._fields.get(change.field)
                choices = self._choices.get(change.field, ())
                old, new = (value_words(field, each, desk, choices) or "empty" for each in (change.old, change.new))
                reason = line.reason or ("First entry" if change.old is None else "")
                moment = write_moment(line.at, desk)
                of = removable(self._workspace, line, change.field)
                shown.append(_Line(line.at, moment, line.name, change.label, "" if first else old, new, reason, of))
        return shown


_NEVER_CORRECTED = ("Never corrected", "Every value stands as it was first entered.", "")
_NEVER_ENTERED = ("Nothing entered", "This field was left empty, and nobody has changed that.", "")


def _moment(line: _Line) -> datetime:
    return line.at


def _when(line: _Line) -> str:
    return line.when


def _who(line: _Line) -> str:
    return line.who


def _field(line: _Line) -> str:
    return line.field


def _old(line: _Line) -> str:
    return line.old


def _new(line: _Line) -> str:
    return line.new


def _reason(line: _Line) -> str:
    return line.reason
