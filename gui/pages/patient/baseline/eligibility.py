"""Eligibility, criterion by criterion, with the verdict of each and of the whole list."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.pages.patient.baseline.presenter import STATUS_TONES, CriterionLine, criterion_lines
from gui.text import label, named
from gui.widgets.card import Card, rule
from gui.widgets.header import make_button
from gui.widgets.history import HistoryDialog, ValueRef
from gui.widgets.pill import Pill
from gui.widgets.why import WhyButton
from gui.workspace import Workspace
from models.chart.eligible import judged
from models.chart.patient_chart import PatientChart
from models.domain.notation import Desk
from models.records.patient import EligibilityAnswer
from models.study import Right

_CODE, _TEXT, _ANSWER, _VALUE, _VERDICT, _BUTTON, _HISTORY = range(7)


class EligibilityCard(Card):
    """`wanted` asks for the form of a criterion: its code, and the id of its answer (0 where there is none)."""

    wanted = Signal(str, int)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Filled by `show_chart`."""
        super().__init__("Eligibility", " ", parent)
        named(self, "eligibility_card", "Eligibility")
        self._workspace = workspace
        self.status = Pill()
        self.why = WhyButton("eligibility_why", "Eligibility")
        self.corner.addWidget(self.status)
        self.corner.addWidget(self.why)
        self._inside = QWidget()
        self.body.addWidget(self._inside)
        self._lines: tuple[CriterionLine, ...] = ()

    def show_chart(self, chart: PatientChart, desk: Desk) -> None:
        """Show a patient's answers."""
        result = judged(chart)
        self.status.show_word(result.value.status.value, STATUS_TONES[result.value.status])
        self.why.set_derived(result.value.status.value, result, desk)
        self._lines = criterion_lines(chart, result.value, desk)
        answered = sum(bool(line.record) for line in self._lines)
        self.remark.setText(f"{answered} of {len(self._lines)} criteria answered")
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(_TEXT, 5)
        grid.setColumnStretch(_VERDICT, 3)
        row, before = 0, ""
        for line in self._lines:
            if line.sort != before:
                grid.addWidget(label(f"{line.sort} criteria", "small"), row, 0, 1, _HISTORY + 1)
                row, before = row + 1, line.sort
            grid.addWidget(rule(), row, 0, 1, _HISTORY + 1)
            self._add(grid, row + 1, line)
            row += 2
        self.body.replaceWidget(self._inside, fresh)
        self._inside.hide()
        self._inside.deleteLater()
        self._inside = fresh

    def _add(self, grid: QGridLayout, row: int, line: CriterionLine) -> None:
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(label(line.code, "muted"), row, _CODE, top)
        grid.addWidget(label(line.text, wrap=True), row, _TEXT, top)
        grid.addWidget(label(line.answer, "strong"), row, _ANSWER, top)
        grid.addWidget(label(line.value), row, _VALUE, top)
        verdict = QWidget()
        inside = QGridLayout(verdict)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setVerticalSpacing(1)
        inside.addWidget(Pill(line.outcome, line.tone), 0, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(label(line.reason, "small", wrap=True), 1, 0)
        grid.addWidget(verdict, row, _VERDICT)
        text = "Open" if line.record else "Answer"
        button = make_button(f"criterion_{line.code}", text, look="link")
        button.setAccessibleName(f"{text}: {line.code} {line.text}")
        if not line.record:
            self._workspace.permit(Right.ENTER, button)
        button.clicked.connect(self._pressed)
        grid.addWidget(button, row, _BUTTON, top)
        if line.record:
            history = make_button(f"history_{line.code}", "History", look="link")
            history.setAccessibleName(f"History: {line.code} {line.text}")
            history.clicked.connect(self._show_history)
            grid.addWidget(history, row, _HISTORY, top)

    def _line_of(self, begin: str) -> CriterionLine | None:
        """The line of the button that was pressed, whose name begins so."""
        code = self.sender().objectName().removeprefix(begin)
        return next((line for line in self._lines if line.code == code), None)

    @Slot()
    def _pressed(self) -> None:
        line = self._line_of("criterion_")
        if line:
            self.wanted.emit(line.code, line.record)

    @Slot()
    def _show_history(self) -> None:
        line = self._line_of("history_")
        if line:
            HistoryDialog(self._workspace, ValueRef(EligibilityAnswer.kind.name, line.record), self.window()).show()
