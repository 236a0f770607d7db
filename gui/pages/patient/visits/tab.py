"""The Visits tab: what the protocol plans, what happened, and what each visit still lacks."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.keys import WHY_KEYS
from gui.pages.patient.mrd.entry import MrdEntry, open_mutation
from gui.pages.patient.review.visit_bar import VisitBar
from gui.pages.patient.tab import tab_of
from gui.pages.patient.visits.form import VisitDialog
from gui.pages.patient.visits.presenter import VisitRow, visit_rows
from gui.pages.patient.visits.why import visit_panel
from gui.tables.delegates import PillDelegate
from gui.tables.rows_model import Column
from gui.tables.table_view import Table
from gui.text import named
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.header import Button, make_button
from gui.widgets.history import HistoryDialog, ValueRef
from gui.widgets.record_dialog import open_record
from gui.widgets.value_history import TableHistory
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.domain.errors import TrialError
from models.protocols.schedule import PlannedVisit
from models.records.visits import UNSCHEDULED
from models.study import Right

_STATE_COLUMN, _REVIEW_COLUMN = 4, 6
_WHY = "Why this window and state?"
_IN_PLACE = frozenset({"mrd", "mutation", "vitals", "assessment", "lumbar_puncture", "phase"})
"""Kinds whose form opens over the visit's own; for the others their tab comes into view."""


class Tab(QWidget):
    """One line a visit; Enter opens its form."""

    def __init__(self, workspace: Workspace) -> None:
        """Empty until `show_chart`."""
        super().__init__()
        named(self, "tab_visits", "Visits")
        self._workspace = workspace
        self._chart: PatientChart | None = None
        self._dialog: VisitDialog | None = None
        card = Card("Visits", " ")
        self._remark = card.remark
        self.review = VisitBar(workspace)
        self._failure = Banner("visitFailure")
        self.table = Table(
            "visit_table",
            "Visits",
            (
                Column("Visit", _visit, stretch=1, field="code"),
                Column("Window", _window, sort=_order, spare=2),
                Column("Date", _date, sort=_order, field="date"),
                Column("Day", _day, sort=_order, right=True, spare=4, field="date"),
                Column("State", _state, tone=_tone, tip=_note, field="status"),
                Column("Deviation", _deviation, tip=_note, spare=3),
                Column("Review", self._reviewed, tone=self._reviewed_tone, tip=self._reviewed_tip, spare=1),
                Column("Still lacks", _lacks, stretch=3),
            ),
        )
        for place in (_STATE_COLUMN, _REVIEW_COLUMN):
            self.table.view.setItemDelegateForColumn(place, PillDelegate(self.table.view))
        self.table.view.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the number at the end tells visits apart
        self.table.setMinimumHeight(260)
        self.open_button = self._button(card, "visit_open", "Record or open", self._open_chosen)
        self.withdraw_button = self._button(card, "visit_withdraw", "Withdraw", self._withdraw)
        self.history_button = self._button(card, "visit_history", "History", self._history)
        add = self._button(card, "visit_unscheduled", "Add unscheduled visit", self._add_unscheduled)
        self.why_button = self._button(card, "visit_why", "Why?", self._explain)
        self.why_button.setAccessibleName(_WHY)
        self.why_button.setToolTip(f"{_WHY} {WHY_KEYS}")
        workspace.permit(Right.ENTER, self.withdraw_button, add)
        card.body.addWidget(self._failure)
        card.body.addWidget(self.table)
        card.body.addWidget(self.review)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.addWidget(card)
        self.table.stand_for("visit", _record)
        self.table.opened.connect(self._open_row)
        TableHistory(workspace, self.table.view, self._asked_about)
        why = QAction(_WHY, self.table.view)
        why.setObjectName("visit_why_key")
        why.setShortcut(QKeySequence(WHY_KEYS))
        why.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        why.triggered.connect(self._explain)
        self.table.view.addAction(why)
        self.table.view.selectionModel().selectionChanged.connect(self._follow_choice)

    def show_chart(self, chart: PatientChart) -> None:
        """Show the patient's visits; the line chosen stays chosen."""
        same = self._chart is not None and self._chart.patient.id == chart.patient.id
        before = self.table.chosen()
        self._chart = chart
        self.review.show_chart(chart)
        rows = visit_rows(chart, self._workspace.desk)
        self.table.set_rows(rows)
        kept = _again(rows, before) if same and before else None
        due = next((row for row in rows if row.tone in ("urgent", "due", "accent") and not row.record), None)
        self.table.choose(kept or due or next(iter(rows), None))
        self._remark.setText(f"{sum(bool(row.record) for row in rows)} recorded")
        self._failure.hide()
        if self._dialog:
            self._dialog.show_chart(chart)
        self._follow_choice()

    def open_record(self, kind: str, id_: int, values: Mapping[str, object]) -> None:
        """Open a visit by its record or by its code in `values["visit"]` (or "code")."""
        assert self._chart is not None
        if id_:
            row = next((row for row in self._rows if row.record == id_), None)
            stored = self._chart.record("visit", id_)
            self._show(row.code if row else str(getattr(stored, "code", UNSCHEDULED)), id_)
            return
        code = str(values.get("visit") or values.get("code") or "")
        if code == UNSCHEDULED:
            self._add_unscheduled()
            return
        row = next((row for row in self._rows if row.code == code), None) or self.table.chosen()
        if row:
            self.table.choose(row)
            self._open_row(row)

    @property
    def dialog(self) -> VisitDialog | None:
        """The form that is open."""
        return self._dialog

    @property
    def _rows(self) -> tuple[VisitRow, ...]:
        return tuple(self.table.model.rows)

    def _button(self, card: Card, name: str, text: str, slot: object) -> Button:
        button = make_button(name, text, look="link")
        button.clicked.connect(slot)
        card.corner.addWidget(button)
        return button

    def _show(self, code: str, record: int) -> None:
        assert self._chart is not None
        self._dialog = VisitDialog(self._workspace, self._chart, code, record, self.window())
        self._dialog.opening.connect(self._open_piece)
        self._dialog.listing.connect(self._list_records)
        self._dialog.finished.connect(self._closed)
        self._dialog.show()

    @Slot()
    def _closed(self) -> None:
        self._dialog = None

    @Slot(str, int, object)
    def _open_piece(self, kind: str, id_: int, values: Mapping[str, object]) -> None:
        """Open the form of a piece: over the visit where it is a dialog, else in its own tab."""
        assert self._chart is not None
        if kind not in _IN_PLACE:
            if self._dialog:
                self._dialog.leave()
            self._workspace.open_patient(self._chart.patient.id, tab_of(kind), (kind, id_), **values)
            return
        over = self._dialog or self.window()
        if kind == "mrd":
            MrdEntry(self._workspace, self._chart, id_, values, over)
        elif kind == "mutation":
            open_mutation(self._workspace, self._chart, values, over, id_)
        else:
            open_record(self._workspace, kind, self._chart.patient.id, id_ or None, values, parent=over)

    @Slot(str)
    def _list_records(self, kind: str) -> None:
        assert self._chart is not None
        if self._dialog:
            self._dialog.leave()
        self._workspace.open_patient(self._chart.patient.id, tab_of(kind))

    @Slot(object)
    def _open_row(self, row: VisitRow) -> None:
        self._show(row.code, row.record)

    @Slot()
    def _open_chosen(self) -> None:
        row = self.table.chosen()
        if row:
            self._open_row(row)

    @Slot()
    def _add_unscheduled(self) -> None:
        self._show(UNSCHEDULED, 0)

    @Slot()
    def _explain(self) -> None:
        """Say at its line why the visit chosen has its window, its state and its deviation."""
        row, view = self.table.chosen(), self.table.view
        if row and self._chart:
            panel = visit_panel(self._chart, self._visit_of(row), self._workspace.desk, view)
            cell = view.visualRect(view.model().index(view.currentIndex().row(), _STATE_COLUMN))
            panel.open_at(view.viewport().mapToGlobal(cell.bottomLeft()))

    def _visit_of(self, row: VisitRow) -> PlannedVisit:
        visits = self._chart.visits if self._chart else ()
        return next(v for v in visits if v.code == row.code and row.record in {*(a.key for a in v.actual), 0})

    @Slot()
    def _history(self) -> None:
        row = self.table.chosen()
        record = self._chart.record("visit", row.record) if row and self._chart else None
        if record:
            HistoryDialog(self._workspace, ValueRef("visit", record.id), self.window()).show()

    def _asked_about(self) -> ValueRef | None:
        row = self.table.chosen()
        return ValueRef("visit", row.record, self.table.current_field) if row and row.record else None

    @Slot()
    def _withdraw(self) -> None:
        row = self.table.chosen()
        if not row or not row.record or not self._chart:
            return
        reason = self._workspace.ask_reason(self, f"Withdraw a record\nVisit: {_named(row)}", ())
        if reason is None:
            return
        try:
            changes = self._workspace.study.void(
                self._chart.patient.id, "visit", row.record, self._workspace.context(reason)
            )
        except TrialError as refused:
            self._failure.show_text(f"Not withdrawn. {refused}")
            return
        self._failure.hide()
        self._workspace.say("Visit withdrawn")
        self._workspace.changed(changes)

    @Slot()
    def _follow_choice(self) -> None:
        row = self.table.chosen()
        for button in (self.open_button, self.why_button):
            button.setEnabled(row is not None)
        self.open_button.setText("Open" if row and row.record else "Record this visit")
        self.open_button.hold_back("" if row and row.record else self._workspace.refusal(Right.ENTER))
        for button in (self.withdraw_button, self.history_button):
            button.setEnabled(bool(row and row.record))
        self.review.show_visit(row.record if row else 0, _named(row) if row else "")

    def _reviewed(self, row: VisitRow) -> str:
        return self.review.standing(row.record).words if row.record else ""

    def _reviewed_tone(self, row: VisitRow) -> str:
        return self.review.standing(row.record).tone if row.record else ""

    def _reviewed_tip(self, row: VisitRow) -> str:
        return "\n".join(self.review.standing(row.record).sentences) if row.record else ""


def _again(rows: Sequence[VisitRow], before: VisitRow) -> VisitRow | None:
    """The line of the same record, else of the same visit, of which something may have been recorded meanwhile."""
    own = [row for row in rows if row.code == before.code]
    return next((row for row in own if row.record == before.record), next(iter(own), None))


def _named(row: VisitRow) -> str:
    """Which visit it is; of those outside the plan only the day tells."""
    return f"{row.visit}, {row.date}" if row.date else row.visit


def _record(row: VisitRow) -> int:
    return row.record


def _visit(row: VisitRow) -> str:
    return row.visit


def _window(row: VisitRow) -> str:
    return row.window


def _order(row: VisitRow) -> object:
    return row.order


def _date(row: VisitRow) -> str:
    return row.date


def _day(row: VisitRow) -> str:
    return row.day


def _state(row: VisitRow) -> str:
    return row.state


def _tone(row: VisitRow) -> str:
    return row.tone


def _note(row: VisitRow) -> str:
    return row.note or row.state


def _deviation(row: VisitRow) -> str:
    return row.deviation


def _lacks(row: VisitRow) -> str:
    return row.lacks
