"""The value chosen in the grid: what it is, why it has its grade, and the course of its test."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.pages.patient.laboratory.presenter import cell_tone, grade_words, range_words, value_words
from gui.pages.patient.presenter import day_words
from gui.text import label, named
from gui.theme import current_scheme
from gui.widgets.card import Card
from gui.widgets.figure_canvas import FigureCanvas
from gui.widgets.header import make_button
from gui.widgets.pill import Pill
from gui.widgets.side_by_side import SideBySide
from gui.widgets.why import WhyButton
from gui.workspace import Workspace
from models.chart.laboratory import LabView
from models.chart.patient_chart import PatientChart
from models.domain.date_notation import write_date
from models.domain.notation import unit_beside
from models.domain.quantities import Quantity
from models.domain.sentence import write_sentence
from models.domain.toxicity.units import convert
from models.figures.style import Drawing, DrawOptions, Hit
from models.figures.trend import TrendPoint, trend
from models.study import Right

_HEIGHT = 188
"""Pixels of the course: enough to read, little enough to leave the grid its room."""


class LabDetail(SideBySide):
    """`wanted` carries "open", "withdraw" or "history"; `opened` the id of a value clicked in the trend."""

    wanted = Signal(str)
    opened = Signal(int)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Empty until `show_value`."""
        self._workspace = workspace
        self._shown: tuple[PatientChart, LabView] | None = None
        self.value = Card(" ")
        self.course = Card()
        super().__init__((self.value, self.course), 125, (2, 3), parent)
        named(self, "lab_detail")
        self.value.setObjectName("lab_value")
        self.course.setAccessibleName("Course of the test")
        self.grade = Pill()
        self.why = WhyButton("lab_value_why", "Grade")
        self.reason = label("", wrap=True, selectable=True)
        self._facts = label("", "muted", wrap=True, selectable=True)
        line = QHBoxLayout()
        line.addWidget(self.grade)
        line.addWidget(self.why)
        line.addStretch(1)
        self.value.body.addLayout(line)
        self.value.body.addWidget(self.reason)
        self.value.body.addWidget(self._facts)
        self.value.body.addStretch(1)
        self._buttons = []
        for name, text in (("open", "Open"), ("withdraw", "Withdraw"), ("history", "History")):
            button = make_button(f"lab_{name}", text, look="link")
            button.clicked.connect(self._pressed)
            self.value.corner.addWidget(button)
            self._buttons.append(button)
            if name == "withdraw":
                workspace.permit(Right.ENTER, button)
        self.canvas = FigureCanvas("lab_trend", "Course of the test")
        self.canvas.setFixedHeight(_HEIGHT)
        self.canvas.opened.connect(self._hit)
        self.course.body.addWidget(self.canvas, 1)

    def show_value(self, chart: PatientChart, view: LabView | None) -> None:
        """Show a value, or that none is chosen: the course of the last test chosen stays then."""
        desk = self._workspace.desk
        for button in self._buttons:
            button.setEnabled(view is not None)
        if view is None:
            self.value.heading.setText("Nothing measured in this cell")
            self.grade.hide()
            self.why.set_derived("", None, desk)
            self.reason.clear()
            self._facts.clear()
            return
        self._shown = chart, view
        record = view.record
        self.value.heading.setText(f"{view.label} {value_words(view, desk)}")
        words = grade_words(view)
        self.grade.show_word(words, cell_tone(view) or "neutral")
        self.grade.setVisible(bool(words))
        self.why.set_derived(words, view.grading, desk)
        said = (view.grading.reason, view.grading.value.needs_judgement) if view.grading else ()
        self.reason.setText(" ".join(filter(None, (write_sentence(part, desk) for part in said))))
        day = chart.day(record.collected)
        when = write_date(record.collected, desk) + (f", {day_words(day)}" if day is not None else "")
        limits = range_words(view.lower, view.upper, desk) or "No reference range"
        facts = (when, limits, record.laboratory, record.comment)
        self._facts.setText("\n".join(fact for fact in facts if fact))
        self.canvas.show_drawing(self._draw)

    def _draw(self, width: float, height: float) -> Drawing:
        assert self._shown is not None
        chart, view = self._shown
        options = DrawOptions(
            width_inch=width,
            height_inch=height,
            scheme="dark" if current_scheme() == "dark" else "light",
            desk=self._workspace.desk,
        )
        unit = view.record.value.unit if view.record.value else ""
        title = ", ".join(filter(None, (view.label, unit_beside(unit))))
        return trend(title, trend_points(chart, view.record.test, unit), chart.day_one, options)

    @Slot()
    def _pressed(self) -> None:
        button = self.sender()
        if button is not None:
            self.wanted.emit(button.objectName().removeprefix("lab_"))

    @Slot(object)
    def _hit(self, hit: Hit) -> None:
        self.opened.emit(hit.record_id)


def trend_points(chart: PatientChart, test: str, unit: str) -> list[TrendPoint]:
    """The values of a test on full dates in one unit; what cannot be converted is left out."""
    points = []
    for view in chart.labs:
        day, value = view.record.collected.full, view.record.value
        if view.record.test != test or day is None or value is None:
            continue
        shown, lower, upper = (_in_unit(view, each, unit) for each in (value, view.lower, view.upper))
        if shown is not None:
            limits = (lower.value if lower else None, upper.value if upper else None)
            points.append(TrendPoint(day, shown, *limits, view.grade, view.record.id))
    return points


def _in_unit(view: LabView, value: Quantity | None, unit: str) -> Quantity | None:
    if value is None or value.unit == unit:
        return value
    if view.test is None:
        return None
    try:
        return convert(value, view.test.units, unit)
    except ValueError:
        return None
