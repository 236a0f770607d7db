"""The drawing of a patient with its controls: the whole course or one phase, days or dates, the cohort behind it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QRadioButton, QWidget

from gui.pages.patient.overview.behind import CohortBehind
from gui.text import label, named
from gui.theme import current_scheme
from gui.widgets.card import Card
from gui.widgets.figure_canvas import FigureCanvas
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.figures.data import overview_content
from models.figures.overview import draw, zooms
from models.figures.style import Drawing, DrawOptions

if TYPE_CHECKING:
    from models.figures.cohort.standing import Standing
    from models.figures.content import OverviewContent

_LEAST, _MOST = 300, 620
_BESIDE = 278
"""Pixels of height for what stands above and below the drawing: its controls, and the last results."""
_WHOLE = "Whole course"


class CurveCard(Card):
    """`opened` carries the `Hit` that was clicked. `standing` is the cohort behind the curve, if shown.

    `behind` counts it.
    """

    opened = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Empty until `show_chart`."""
        super().__init__("Course", parent=parent)
        self._workspace = workspace
        self._content: OverviewContent | None = None
        self._patient = 0
        self._label = ""
        self.behind = CohortBehind(workspace, self)
        self.standing: Standing | None = None
        self._spans: tuple[tuple[str, tuple[int, int]], ...] = ()
        self.zoom = named(QComboBox(), "overviewZoom", "Part of the course shown")
        self.zoom.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.zoom.setMinimumContentsLength(16)
        self.days = named(QRadioButton("Da&ys"), "overviewDays", "Label the axis with study days")
        self.dates = named(QRadioButton("Da&tes"), "overviewDates", "Label the axis with dates")
        self.days.setChecked(True)
        self.cohort = named(QCheckBox("&Cohort"), "overviewCohort", "Show the cohort behind the curve")
        self.cohort.setToolTip("Median and middle half of all patients, and where this one stands among them")
        group = QButtonGroup(self)
        for button in (self.days, self.dates):
            group.addButton(button)
        caption = label("&Show", "muted")
        caption.setBuddy(self.zoom)
        for widget in (self.cohort, caption, self.zoom, self.days, self.dates):
            self.corner.addWidget(widget)
        self.canvas = FigureCanvas("overviewCurve", "Molecular response curve, treatment, adverse events and visits")
        self.canvas.setFixedHeight(_LEAST)
        self.body.addWidget(self.canvas)
        self.zoom.currentIndexChanged.connect(self._redraw)
        self.days.toggled.connect(self._redraw)
        self.cohort.toggled.connect(self._place)
        self.behind.counted.connect(self._place)
        self.behind.stopped.connect(self._leave_out)
        self.canvas.opened.connect(self.opened)

    def show_chart(self, chart: PatientChart) -> None:
        """Draw this patient; for the same patient the part of the course stays as it was chosen."""
        self._content = overview_content(chart)
        spans = zooms(self._content)
        if chart.patient.id != self._patient or spans != self._spans:
            same = chart.patient.id == self._patient
            kept = self.zoom.currentText() if same else _WHOLE
            self._patient, self._spans = chart.patient.id, spans
            self.zoom.blockSignals(True)
            self.zoom.clear()
            self.zoom.addItems([_WHOLE, *(name for name, _ in spans)])
            self.zoom.setCurrentIndex(max(self.zoom.findText(kept), 0))
            self.zoom.blockSignals(False)
        self._label = chart.label
        self._place()

    def fit(self, room: int) -> None:
        """Take the height that is left for the drawing in a tab of that height."""
        self.canvas.setFixedHeight(min(max(room - _BESIDE, _LEAST), _MOST))

    @Slot()
    def _place(self) -> None:
        """Hold the patient against the cohort, if that is wanted; until it is counted the curve stands alone."""
        curves = self.behind.curves() if self.cohort.isChecked() else None
        self.standing = None
        if curves is not None:
            from models.cohort.who import Who
            from models.figures.cohort.standing import standing

            self.standing = standing(curves, Who(self._patient, self._label))
        self._redraw()

    @Slot()
    def _leave_out(self) -> None:
        """Counting was stopped."""
        self.cohort.setChecked(False)

    @Slot()
    def _redraw(self) -> None:
        self.canvas.show_drawing(self._draw)

    def _draw(self, width: float, height: float) -> Drawing:
        assert self._content is not None
        place = self.zoom.currentIndex() - 1
        options = DrawOptions(
            axis="dates" if self.dates.isChecked() else "days",
            span=self._spans[place][1] if place >= 0 else None,
            width_inch=width,
            height_inch=height,
            scheme="dark" if current_scheme() == "dark" else "light",
            desk=self._workspace.desk,
        )
        return draw(self._content, options, self.standing)
