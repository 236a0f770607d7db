"""The head of the patient page: who it is, where the patient stands, and the two main buttons."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QVBoxLayout, QWidget

from gui.actions import RECORDS
from gui.pages.patient.presenter import Mark, facts, ikzf1_words, marks
from gui.text import label, named
from gui.widgets.header import make_button
from gui.widgets.pill import Pill
from gui.widgets.pill_lines import PillLines
from gui.widgets.why import WhyButton
from models.chart.patient_chart import PatientChart
from models.chart.why import why_response
from models.domain.notation import Desk

_GAP = 10


class PatientHeader(QWidget):
    """Facts and pills stand beside the number where there is room, else below it.

    `listed` asks for the list of patients, `recording` for a new record of the kind it carries, `printing` for the
    visit summary.
    """

    listed = Signal()
    recording = Signal(str)
    printing = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_chart`."""
        super().__init__(parent)
        named(self, "patientHeader", "Patient")
        self.back = make_button("patientList", "Patients \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", look="link")
        self.back.setAccessibleName("Back to the list of patients")
        self.back.clicked.connect(self.listed)
        self.number = named(label(role="title", selectable=True), "patientNumber")
        self.number.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.facts = named(label(), "patientFacts")
        self.ikzf1 = named(label(role="strong"), "patientIkzf1")
        self.why = WhyButton("patientIkzf1Why", "IKZF1 class")
        self.response_why = WhyButton("patientResponseWhy", "Molecular response")
        self.response_why.setText("why this response?")  # not beside its pill: in a narrow window those need all room
        self.record = make_button("patientRecord", "&Record", look="menu")
        self.record.setMenu(self._menu())
        self.review = make_button("patientReview", "Re&view", look="menu")
        self.print = make_button("patientPrint", "&Print visit summary", look="primary", tip="Ctrl+P")
        self.print.clicked.connect(self.printing)
        self._number = _part(self.back, self.number)
        self._who = _part(self.facts, self.ikzf1, self.why, self.response_why)
        self._pills = PillLines()
        self._buttons = _part(self.record, self.review, self.print)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._lines = tuple(QHBoxLayout() for _ in range(3))
        for line in self._lines:
            line.setSpacing(_GAP)
            column.addLayout(line)
        self._rows: tuple[int, int] | None = None
        self._arrange()

    @property
    def pills(self) -> tuple[Pill, ...]:
        """The pills shown."""
        return self._pills.pills

    def show_chart(self, chart: PatientChart, desk: Desk) -> None:
        """Show who it is and where the patient stands."""
        self.number.setText(chart.label)
        self.setAccessibleName(f"Patient {chart.label}")
        genotype = ikzf1_words(chart)
        self.facts.setText(f"{facts(chart)} ·")
        self.ikzf1.setText(genotype)
        self.why.set_derived(genotype, chart.ikzf1, desk)
        said = marks(chart, desk)
        self._pills.show_pills([Pill(mark.words, mark.tone) for mark in said])
        self.response_why.set_derived(said[0].words, why_response(chart), desk)

    def add_marks(self, said: Sequence[Mark]) -> None:
        """Show more pills, behind those of the chart."""
        self._pills.show_pills((*self._pills.pills, *(Pill(mark.words, mark.tone) for mark in said)))

    def minimumSizeHint(self) -> QSize:
        """Never in the way of a narrow window: there the pills go on in the next line."""
        return QSize(0, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Arrange anew where the room or what stands in it has changed."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        """Who and how beside the number where there is room, else on a line of their own, or on two."""
        wide = [part.sizeHint().width() + _GAP for part in (self._number, self._who, self._pills, self._buttons)]
        number, who, pills, buttons = wide
        room = self.width()
        who_row = 0 if number + who + buttons <= room else 1
        beside = who + pills <= room if who_row else number + who + pills + buttons <= room
        rows = who_row, who_row if beside else who_row + 1
        if rows == self._rows:
            return
        self._rows = rows
        for each in self._lines:
            for part in (self._number, self._who, self._pills, self._buttons):
                each.removeWidget(part)  # an item left alive keeps outdated sizes
            while each.takeAt(0):
                pass  # what is left are stretches
        for line, part in ((0, self._number), (rows[0], self._who), (rows[1], self._pills)):
            self._lines[line].addWidget(part)
        for each in self._lines:
            each.addStretch(1)
        self._lines[0].addWidget(self._buttons)

    def _menu(self) -> QMenu:
        menu = named(QMenu(self), "patientRecordMenu", "Record")
        for declared in RECORDS:
            if declared.section:
                menu.addSeparator()
            action = QAction(declared.text, menu)
            action.setObjectName(f"record_{declared.kind}")
            action.setData(declared.kind)
            action.triggered.connect(self._recorded)
            menu.addAction(action)
        return menu

    @Slot()
    def _recorded(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.recording.emit(str(action.data()))


def _part(*widgets: QWidget) -> QWidget:
    """Widgets that stay on one line."""
    part = QWidget()
    line = QHBoxLayout(part)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(7)
    for widget in widgets:
        line.addWidget(widget)
    return part
