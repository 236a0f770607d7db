"""The list of the audit trail: newest first, a page at a time, and below it the line chosen in full."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from gui.pages.audit.presenter import TrailRow, Wording, details
from gui.pages.audit.reading import PAGE, Asked, Found, Reading
from gui.pages.patient.tab import tab_of
from gui.tables.rows_model import Column
from gui.tables.table_view import Table
from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.header import make_button
from gui.widgets.redact_dialog import REMOVE_WORDS, RedactDialog
from gui.widgets.side_by_side import SideBySide
from gui.workspace import Workspace
from models.domain.errors import TrialError
from models.study import Right
from models.study_types import TrailFilter, TrailLine

if TYPE_CHECKING:
    from gui.jobs import Job

_WIDEST = {"What": 165, "Which": 215, "Old value": 80, "New value": 145, "Reason": 90}
"""Pixels that a column asks for at most: the line below the table has every text whole."""
_PAPER = "document"
_FOOT_LETTERS = 90
"""Room from which on what is offered about all lines and about the chosen one stand beside each other."""


class _Modest(QStyledItemDelegate):
    """A cell that asks for no more than its column's share, however long its text is."""

    def __init__(self, widest: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._widest = widest

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        needed = super().sizeHint(option, index)
        return QSize(min(needed.width(), self._widest), needed.height())


class TrailList(QWidget):
    """Shows a part of the trail. `read` carries what was `Found` each time."""

    read = Signal(object)

    def __init__(self, workspace: Workspace, name: str, *, with_patient: bool, parent: QWidget | None = None) -> None:
        """`with_patient` shows whose record a line is about."""
        super().__init__(parent)
        self._workspace = workspace
        self._wording = Wording(workspace)
        self._asked = Asked(TrailFilter())
        self._job: Job | None = None
        self._lines: list[TrailLine] = []
        patient = (Column("Patient", _patient),) if with_patient else ()
        self.table = Table(
            f"{name}_table",
            "Audit trail",
            (
                Column("When", _when, sort=_row),
                Column("Who", _who),
                *patient,
                Column("What", _what, stretch=2),
                Column("Which", _which, stretch=2),
                Column("Old value", _old, stretch=1, spare=2),
                Column("New value", _new, stretch=3),
                Column("Reason", _reason, stretch=2, spare=1),
            ),
            empty=("Nothing here", "No line of the audit trail fits what was asked for.", ""),
        )
        for place, column in enumerate(self.table.model.columns):
            if column.title in _WIDEST:
                modest = _Modest(_WIDEST[column.title], self.table.view)
                self.table.view.setItemDelegateForColumn(place, modest)
        self.table.setMinimumHeight(170)
        self.failure = Banner(f"{name}_failure")
        self.older = make_button(f"{name}_older", "&Older lines", tip=f"The next {PAGE} lines")
        self.remove_button = make_button(f"{name}_remove", REMOVE_WORDS, look="link")
        workspace.permit(Right.REDACT, self.remove_button)
        self.open_button = make_button(f"{name}_open", "Open the record", look="link", tip="Enter")
        self.count = label("", "muted")
        self.detail = named(label("", wrap=True, selectable=True), f"{name}_detail", "The line chosen")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        for widget, stretch in ((self.failure, 0), (self.table, 1), (self.detail, 0)):
            lines.addWidget(widget, stretch)
        about_lines, about_one = _row_of(self.older, self.count), _row_of(self.remove_button, self.open_button)
        lines.addWidget(SideBySide((about_lines, about_one), _FOOT_LETTERS, (1, 0)))
        self.older.clicked.connect(self._read_older)
        self.remove_button.clicked.connect(self._remove_from_chosen)
        self.open_button.clicked.connect(self._open_chosen)
        self.table.opened.connect(self._open)
        self.table.view.selectionModel().selectionChanged.connect(self._follow_choice)
        self._follow_choice()

    @property
    def asked(self) -> Asked:
        """The part of the trail that was asked for, from its newest line on."""
        return self._asked._replace(wanted=self._asked.wanted._replace(before=0))

    def show_part(self, wanted: TrailFilter, patient: str = "") -> None:
        """Read the newest lines of a part of the trail; `patient` is a number as a person types it."""
        self._wording = Wording(self._workspace)
        self._start(Asked(wanted, patient, self._workspace.desk))

    @Slot()
    def _read_older(self) -> None:
        if self._lines:
            before = self._asked.wanted._replace(before=self._lines[-1].row)
            self._start(self._asked._replace(wanted=before))

    def _start(self, asked: Asked) -> None:
        self._asked = asked
        self.older.setEnabled(False)
        work = Reading(self._workspace.study, asked)
        self._job = self._workspace.jobs.start("Reading the audit trail", work, self._show, self._fail)

    @Slot(object)
    def _show(self, found: Found) -> None:
        if self.sender() is not self._job:
            return
        self.failure.hide()
        on = bool(found.asked.wanted.before)
        self._lines = [*(self._lines if on else ()), *found.lines]
        bar = self.table.view.verticalScrollBar()
        place = bar.value() if on else 0
        self.table.set_rows(self._wording.rows(self._lines))
        bar.setValue(place)
        self.older.setEnabled(found.more)
        self.older.setVisible(bool(self._lines))
        number = len(self._lines)
        shown = "1 line" if number == 1 else f"{number} lines"
        self.count.setText(f"{shown} shown, there are older ones" if found.more else f"{shown}, back to the first")
        self.count.setVisible(bool(number))
        if self.table.chosen() is None:
            self.table.choose(next(iter(self.table.model.rows), None))
        self._follow_choice()
        self.read.emit(found)

    @Slot(object)
    def _fail(self, refused: TrialError) -> None:
        if self.sender() is not self._job:
            return
        self._lines = []
        self.table.set_rows(())
        self.older.hide()
        self.count.hide()
        self.failure.show_text(str(refused), "due")
        self._follow_choice()

    @Slot()
    def _follow_choice(self) -> None:
        row = self.table.chosen()
        self.detail.setText(details(row) if row is not None else "")
        self.detail.setVisible(row is not None)
        self.remove_button.setEnabled(row is not None and bool(row.of.texts or row.of.reason))
        self.open_button.setEnabled(row is not None and bool(_tab(row)))

    @Slot()
    def _remove_from_chosen(self) -> None:
        row = self.table.chosen()
        if row is not None:
            RedactDialog(self._workspace, row.of, self.window()).show()

    @Slot()
    def _open_chosen(self) -> None:
        row = self.table.chosen()
        if row is not None:
            self._open(row)

    @Slot(object)
    def _open(self, row: TrailRow) -> None:
        tab = _tab(row)
        if not tab:
            return
        if not self._stands(row):
            self._workspace.say("This record was withdrawn: its history is all there is of it.")
            return
        self._workspace.open_patient(row.patient_id, tab, (row.kind, row.record))

    def _stands(self, row: TrailRow) -> bool:
        """Whether the record was not withdrawn. Papers are no part of the chart."""
        study = self._workspace.study
        if row.kind == _PAPER:
            return any(paper.id == row.record for paper in study.documents.list(row.patient_id))
        return row.kind == "patient" or study.chart(row.patient_id).record(row.kind, row.record) is not None


def _tab(row: TrailRow) -> str:
    """The tab of the patient page on which the record stands, "" for none."""
    return tab_of(row.kind) if row.patient_id else ""


def _row(row: TrailRow) -> int:
    return row.row


def _when(row: TrailRow) -> str:
    return row.when


def _who(row: TrailRow) -> str:
    return row.who


def _patient(row: TrailRow) -> str:
    return row.patient


def _what(row: TrailRow) -> str:
    return row.what


def _row_of(*widgets: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return made


def _which(row: TrailRow) -> str:
    return row.which


def _old(row: TrailRow) -> str:
    return row.old


def _new(row: TrailRow) -> str:
    return row.new


def _reason(row: TrailRow) -> str:
    return row.reason
