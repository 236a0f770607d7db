"""The tab: all events of the patient, and below them what belongs to the one chosen."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.minutes import each_minute
from gui.pages.patient.adverse_events.facts import EventFacts
from gui.pages.patient.adverse_events.form import open_drug, open_event, open_grade
from gui.pages.patient.adverse_events.presenter import EventLine, event_lines, summary
from gui.tables.delegates import PillDelegate
from gui.tables.rows_model import Column
from gui.tables.table_view import Table
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.header import make_button
from gui.widgets.history import HistoryDialog, ValueRef
from gui.widgets.record_list import RecordList
from gui.widgets.side_by_side import SideBySide
from gui.widgets.value_history import TableHistory
from gui.workspace import Workspace
from models.chart.events import EventView
from models.chart.patient_chart import PatientChart
from models.domain.errors import TrialError
from models.records.safety import AdverseEvent, AeDrug, AeGrade
from models.study import Right

_GRADE, _SERIOUS = 1, 4


class Tab(QWidget):
    """Events that go on stand first. Enter opens the one chosen."""

    def __init__(self, workspace: Workspace) -> None:
        """Filled by `show_chart`."""
        super().__init__()
        self._workspace = workspace
        self._chart: PatientChart | None = None
        self.card = Card("Adverse events", " ")
        self._failure = Banner("event_failure")
        self.card.body.addWidget(self._failure)
        self.table = Table(
            "event_table",
            "Adverse events",
            _columns(),
            empty=(
                "No adverse event",
                "Every untoward event from consent on belongs here, whatever its cause: its grade over time, whether it"
                " was serious, and what each drug had to do with it.",
                "Add adverse event",
            ),
        )
        for place in (_GRADE, _SERIOUS):
            self.table.view.setItemDelegateForColumn(place, PillDelegate(self.table.view))
        self.card.body.addWidget(self.table, 1)
        self._buttons = {}
        for name, text, slot in (
            ("add", "&Add adverse event", self.add),
            ("open", "Open", self._open_chosen),
            ("withdraw", "Withdraw", self._withdraw),
            ("history", "History", self._history),
        ):
            button = make_button(f"event_{name}", text, look="" if name == "add" else "link")
            button.clicked.connect(slot)
            self.card.corner.addWidget(button)
            self._buttons[name] = button
        workspace.permit(Right.ENTER, self._buttons["add"], self._buttons["withdraw"], self.table.offer)
        self.facts = EventFacts()
        self.grades = RecordList(
            workspace, AeGrade.kind, ("grade", "since"), heading="Grades", open_form=self._open_grade
        )
        self.drugs = RecordList(
            workspace, AeDrug.kind, ("drug", "causality", "action"), heading="Drugs", open_form=self._open_drug
        )
        self._detail = SideBySide((self.facts, self.grades, self.drugs), 130, (5, 4, 5))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.card, 3)
        column.addWidget(self._detail, 2)
        self.table.stand_for(AdverseEvent.kind.name, _record)
        self.table.opened.connect(self._open_line)
        self.table.offered.connect(self.add)
        TableHistory(workspace, self.table.view, self._asked_about)
        self.table.view.selectionModel().selectionChanged.connect(self._follow_choice)
        each_minute(self, self._follow_clocks)

    # ---- the contract of a tab

    def show_chart(self, chart: PatientChart) -> None:
        """Show a patient's events; the one chosen stays chosen."""
        before = self.table.chosen()
        same = self._chart is not None and self._chart.patient.id == chart.patient.id
        wanted = before.record if before and same else 0
        desk, now = self._workspace.desk, self._workspace.study.clock.now()
        self._failure.hide()
        self.card.remark.setText(summary(chart))
        self._chart = None
        self.table.set_rows(event_lines(chart, desk, now))
        self._chart = chart
        self._choose(wanted)

    def open_record(self, kind: str, id_: int, values: Mapping[str, object]) -> None:
        """Open an event, also for one of its grades or drugs; id 0 is a new event."""
        if self._chart is None:
            return
        if kind != AdverseEvent.kind.name and id_:
            child = self._chart.record(kind, id_)
            id_ = child.parent if child else 0
        view = self._view(id_)
        if id_ and view is None:
            return
        self._choose(id_)
        self._open(view, values)

    # ---- what a person asks

    @Slot()
    def add(self) -> None:
        """Open the form of a new event."""
        self._open(None, {})

    @Slot()
    def _open_chosen(self) -> None:
        if view := self.chosen():
            self._open(view, {})

    @Slot(object)
    def _open_line(self, line: EventLine) -> None:
        self._open(self._view(line.record), {})

    @Slot()
    def _withdraw(self) -> None:
        view, chart = self.chosen(), self._chart
        if view is None or chart is None:
            return
        what = f"Withdraw an adverse event\n{view.record.name}, with its grades and drugs"
        reason = self._workspace.ask_reason(self, what, ())
        if reason is None:
            return
        try:
            changes = self._workspace.study.void(
                chart.patient.id, AdverseEvent.kind.name, view.record.id, self._workspace.context(reason)
            )
        except TrialError as refused:
            self._failure.show_text(f"Not withdrawn. {refused}")
            return
        self._failure.hide()
        self._workspace.say("Adverse event withdrawn")
        self._workspace.changed(changes)

    @Slot()
    def _history(self) -> None:
        if view := self.chosen():
            HistoryDialog(self._workspace, ValueRef(AdverseEvent.kind.name, view.record.id), self.window()).show()

    def _asked_about(self) -> ValueRef | None:
        line = self.table.chosen()
        return ValueRef(AdverseEvent.kind.name, line.record, self.table.current_field) if line else None

    def chosen(self) -> EventView | None:
        """The event chosen in the table."""
        line = self.table.chosen()
        return self._view(line.record) if line else None

    # ---- inside

    def _view(self, record: int) -> EventView | None:
        events = self._chart.events if self._chart else ()
        return next((view for view in events if view.record.id == record), None)

    def _open(self, view: EventView | None, values: Mapping[str, object]) -> None:
        if self._chart is not None:
            dialog = open_event(self._workspace, self._chart, view, values, self.window())
            dialog.saved.connect(self._saved)

    def _open_grade(self, record: int | None) -> None:
        view, chart = self.chosen(), self._chart
        if view and chart:
            grade = next((g for g in view.grades if g.id == record), None)
            open_grade(self._workspace, chart, view, grade, self.window())

    def _open_drug(self, record: int | None) -> None:
        view, chart = self.chosen(), self._chart
        if view and chart:
            drug = next((d for d in view.drugs if d.id == record), None)
            open_drug(self._workspace, chart, view, drug, self.window())

    @Slot(object)
    def _saved(self, changes: object) -> None:
        """Choose an event that is new; one of which only a grade or a drug changed is chosen already."""
        records = getattr(changes, "records", ())
        if saved := next((id_ for kind, id_ in records if kind == AdverseEvent.kind.name), 0):
            self._choose(saved)

    def _choose(self, record: int) -> None:
        lines = self.table.model.rows
        line = next((line for line in lines if line.record == record), lines[0] if lines else None)
        chart, self._chart = self._chart, None
        self.table.choose(line)
        self._chart = chart
        self._follow_choice()

    @Slot()
    def _follow_clocks(self) -> None:
        """Say anew how long is left to report what is not reported, where that has changed."""
        if self._chart is None:
            return
        lines = event_lines(self._chart, self._workspace.desk, self._workspace.study.clock.now())
        if set(lines) != set(self.table.model.rows):
            self.show_chart(self._chart)

    @Slot()
    def _follow_choice(self) -> None:
        chart = self._chart
        if chart is None:  # the table is on its way to another choice, which is shown once it stands
            return
        view = self.chosen()
        for name in ("open", "withdraw", "history"):
            self._buttons[name].setVisible(bool(self.table.model.rows))
            self._buttons[name].setEnabled(view is not None)
        self._buttons["add"].setVisible(bool(self.table.model.rows))
        self._detail.setVisible(view is not None)
        if view is not None:
            self.facts.show_event(chart, view, self._workspace.desk, self._workspace.study.clock.now())
        grades, drugs = (view.grades, view.drugs) if view else ((), ())
        of_event = replace(chart, records={**chart.records, AeGrade.kind.name: grades, AeDrug.kind.name: drugs})
        for each in (self.grades, self.drugs):
            each.withdrawn.parent_record = view.record.id if view else 0
            each.show_chart(of_event)


def _columns() -> list[Column[EventLine]]:
    return [
        Column("Event", _term, tip=_term_tip, stretch=2, field="term"),
        Column("Grade", _grade, sort=_by_grade, tone=_grade_tone),
        Column("Began", _began, sort=_by_began, field="began"),
        Column("Ended", _ended, sort=_by_ended, spare=1, field="ended"),
        Column("Serious", _serious, tone=_serious_tone, field="serious"),
        Column("Drugs", _drugs, stretch=3, spare=3),
        Column("Outcome", _outcome, spare=2, field="outcome"),
    ]


def _record(line: EventLine) -> int:
    return line.record


def _term(line: EventLine) -> str:
    return line.term


def _term_tip(line: EventLine) -> str:
    return f"{line.term}\n{line.words}" if line.words else line.term


def _grade(line: EventLine) -> str:
    return line.grade


def _by_grade(line: EventLine) -> int:
    return line.worst or 0


def _grade_tone(line: EventLine) -> str:
    return f"grade{line.worst}" if line.worst else ""


def _began(line: EventLine) -> str:
    return line.began


def _by_began(line: EventLine) -> str:
    return line.day


def _drugs(line: EventLine) -> str:
    return line.drugs


def _ended(line: EventLine) -> str:
    return line.ended


def _by_ended(line: EventLine) -> str:
    return line.last_day


def _serious(line: EventLine) -> str:
    return line.serious


def _serious_tone(line: EventLine) -> str:
    return line.serious_tone


def _outcome(line: EventLine) -> str:
    return line.outcome
