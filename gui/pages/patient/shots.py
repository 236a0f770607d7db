"""The pictures of the patient page for the documentation, each state with the patient who shows it best."""

from collections.abc import Iterator
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from gui.pages.patient.clinical_shots import clinical_shots
from gui.pages.patient.mrd.entry import MrdEntry
from gui.pages.patient.page import Page
from gui.pages.patient.review.shots import review_shots
from gui.pages.patient.visits.form import VisitDialog
from gui.pages.print.clinic import ClinicDialog
from gui.pages.print.preview import PrintPreview
from gui.workspace import Target, Workspace
from models.chart.patient_chart import PatientChart
from models.domain.molecular.terms import COMPLETE
from models.domain.quantities import Quantity
from models.protocols.schedule import DUE_STATES

Shot = tuple[str, QWidget]


def shots(workspace: Workspace) -> Iterator[Shot]:
    """Overview, Visits and MRD, the forms that open from them, and the paper."""
    charts = [chart for chart in workspace.study.charts() if chart.course.series]
    rising = next((chart for chart in charts if chart.alerts), charts[0])
    treated = next((chart for chart in charts if chart.status == "ON TREATMENT"), charts[0])
    complete = next((chart for chart in charts if _complete(chart)), charts[0])
    for name, chart, tab in (
        ("patient-overview", complete, "overview"),
        ("patient-overview-rising", rising, "overview"),
        ("patient-visits", treated, "visits"),
        ("patient-mrd", rising, "mrd"),
    ):
        workspace.host.show_target(Target("patient", chart.patient.id, tab))
        yield name, _page(workspace).window()
    yield from _forms(workspace, treated)
    yield from clinical_shots(workspace)
    yield from review_shots(workspace)
    preview = PrintPreview(workspace, complete.patient.id, _page(workspace).window())
    preview.show()
    yield "print-preview", preview
    preview.close()
    preview.deleteLater()
    clinic = ClinicDialog(workspace, _page(workspace).window())
    clinic.show()
    workspace.jobs.wait(20)
    yield "print-clinic", clinic
    clinic.close()


def _forms(workspace: Workspace, chart: PatientChart) -> Iterator[Shot]:
    window = _page(workspace).window()
    entry = MrdEntry(workspace, chart, 0, {}, window)
    form = entry.dialog.form
    for name, copies in (("target_copies", 0), ("control_copies", 45_310)):
        form.editor(name).set_value(Quantity(Decimal(copies), "copies"))
    form.announce()
    yield "mrd-entry", entry.dialog
    form.discard()
    entry.dialog.close()
    due = next((visit for visit in chart.visits if visit.state in DUE_STATES), chart.visits[0])
    dialog = VisitDialog(workspace, chart, due.code, 0, window)
    dialog.show()
    yield "visit-form", dialog
    dialog.discard()


def _page(workspace: Workspace) -> Page:
    page = getattr(workspace.host, "page", None)
    assert isinstance(page, Page)
    return page


def _complete(chart: PatientChart) -> bool:
    standing = chart.course.standing
    return standing is not None and standing.headline.value == COMPLETE and len(chart.milestones) > 3
