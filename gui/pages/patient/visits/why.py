"""Why a visit has its window, its state and its deviation: the panel that its line and its form open."""

from PySide6.QtWidgets import QWidget

from gui.pages.patient.visits.presenter import standing_words
from gui.widgets.why import WhyPanel
from models.chart.patient_chart import PatientChart
from models.chart.why import why_visit
from models.domain.notation import Desk
from models.protocols.schedule import PlannedVisit


def visit_panel(chart: PatientChart, visit: PlannedVisit, desk: Desk, parent: QWidget) -> WhyPanel:
    """The panel about a visit of the chart; worked out only when somebody asks."""
    return WhyPanel(visit.label, standing_words(visit, desk, chart.today), why_visit(chart, visit), desk, parent)
