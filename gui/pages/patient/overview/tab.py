"""The Overview: everything about a patient on one time axis, and what is next beside it."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from gui.pages.patient.mrd.presenter import result_rows
from gui.pages.patient.overview.curve_card import CurveCard
from gui.pages.patient.overview.line_card import LineCard
from gui.pages.patient.overview.presenter import (
    Line,
    event_lines,
    last_event,
    milestone_lines,
    next_lines,
    question_lines,
)
from gui.pages.patient.overview.results_card import ResultsCard
from gui.pages.patient.tab import tab_of
from gui.text import named
from gui.widgets.history import ValueRef
from gui.widgets.value_history import ValueHistory
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.figures.style import Hit
from models.study import Right

_SIDE_WIDTH = 262
_WIDE = 900
"""Pixels from which on the cards stand beside the drawing."""
_MOST_RESULTS = 5
_NO_LIMIT = 16_777_215  # Qt's own QWIDGETSIZE_MAX, which PySide does not have


class Tab(QWidget):
    """The drawing over the last results at the left; next, questions, open events and milestones at the right."""

    def __init__(self, workspace: Workspace) -> None:
        """Empty until `show_chart`."""
        super().__init__()
        named(self, "tab_overview", "Overview")
        self._workspace = workspace
        self._chart: PatientChart | None = None
        self.curve = CurveCard(workspace)
        self._histories = ValueHistory(workspace, self)
        self.results = ResultsCard(self._histories)
        self.next = LineCard("overviewNext", "Next")
        self.questions = LineCard("overviewQuestions", "To be settled")
        self.events = LineCard("overviewEvents", "Open adverse events")
        self.milestones = LineCard("overviewMilestones", "Milestones", beside=True)
        left, self._side = QVBoxLayout(), QWidget()
        left.setSpacing(10)
        left.addWidget(self.curve)
        left.addWidget(self.results)
        left.addStretch(1)
        cards = QVBoxLayout(self._side)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(10)
        for card in (self.next, self.questions, self.events, self.milestones):
            cards.addWidget(card)
            card.opened.connect(self._open_line)
        cards.addStretch(1)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 4, 0, 4)
        self._box.setSpacing(12)
        self._box.addLayout(left, 1)
        self._box.addWidget(self._side)
        self._wide: bool | None = None
        self.curve.opened.connect(self._open_hit)
        workspace.permit(Right.ENTER, self.results.add)
        self.results.opened.connect(self._open_result)
        self.results.adding.connect(self._add_result)
        self.results.listing.connect(self._list_results)

    def show_chart(self, chart: PatientChart) -> None:
        """Draw the patient, and fill the cards."""
        desk = self._workspace.desk
        self._chart = chart
        self.curve.show_chart(chart)
        rows = result_rows(chart, desk)
        self.results.show_rows(rows[:_MOST_RESULTS], len(rows), desk)
        self.next.show_lines(next_lines(chart, desk), desk, "Nothing is due or planned.")
        self.questions.show_lines(question_lines(chart, desk), desk)
        self.events.show_lines(event_lines(chart, desk), desk, last_event(chart, desk))
        self.milestones.show_lines(milestone_lines(chart, desk), desk, "None yet.")
        for card in (self.next, self.questions, self.events, self.milestones):
            for button in card.lines:
                if button.line.record_id:
                    self._histories.offer(button, ValueRef(button.line.kind, button.line.record_id))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards beside the drawing, or below it where the window is narrow."""
        super().resizeEvent(event)
        frame = self.parentWidget()
        if frame:
            self.curve.fit(frame.height())
        wide = event.size().width() >= _WIDE
        if wide != self._wide:
            self._wide = wide
            directions = QBoxLayout.Direction
            self._box.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
            self._side.setMinimumWidth(_SIDE_WIDTH if wide else 0)
            self._side.setMaximumWidth(_SIDE_WIDTH if wide else _NO_LIMIT)

    def _open(self, kind: str, id_: int, **values: object) -> None:
        assert self._chart is not None
        self._workspace.open_patient(self._chart.patient.id, tab_of(kind), (kind, id_), **values)

    @Slot(object)
    def _open_hit(self, hit: Hit) -> None:
        if hit.record_id or not hit.code:
            self._open(hit.kind, hit.record_id)
        else:
            self._open(hit.kind, 0, visit=hit.code)

    @Slot(object)
    def _open_line(self, line: Line) -> None:
        self._open(line.kind, line.record_id, **line.values)

    @Slot(int)
    def _open_result(self, id_: int) -> None:
        self._open("mrd", id_)

    @Slot()
    def _add_result(self) -> None:
        self._open("mrd", 0)

    @Slot()
    def _list_results(self) -> None:
        assert self._chart is not None
        self._workspace.open_patient(self._chart.patient.id, "mrd")
