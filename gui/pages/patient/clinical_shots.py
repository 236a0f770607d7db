"""Pictures of the tabs for adverse events, treatment, laboratory and baseline, with the forms that open from them."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from gui.pages.patient.adverse_events.form import EventForm
from gui.pages.patient.laboratory.panel_form import PanelForm
from gui.widgets.grid_form import GridDialog
from gui.widgets.record_dialog import RecordDialog
from gui.workspace import Target, Workspace
from models.chart.patient_chart import PatientChart

Shot = tuple[str, QWidget]
_TYPED = {"WBC": "1.2", "NEUT": "0.4", "HGB": "9.1", "PLAT": "40"}


def clinical_shots(workspace: Workspace) -> Iterator[Shot]:
    """Each tab with the patient who shows it best."""
    charts = list(workspace.study.charts())
    reporting = next((chart for chart in charts if any(view.deadline for view in chart.events)), charts[0])
    transplanted = next((chart for chart in charts if chart.transplant), charts[0])
    for name, chart, tab in (
        ("patient-adverse-events", reporting, "adverse_events"),
        ("patient-treatment", transplanted, "treatment"),
        ("patient-laboratory", reporting, "laboratory"),
        ("patient-baseline", transplanted, "baseline"),
    ):
        yield name, _open(workspace, chart, tab)
    window = _open(workspace, reporting, "adverse_events")
    serious = next((view for view in reporting.events if view.record.serious), None)
    dialog = RecordDialog(EventForm(workspace, reporting, serious, {}), f"Adverse event · {reporting.label}", window)
    dialog.show()
    yield "adverse-event-form", dialog
    dialog.close()
    chart = workspace.study.chart(reporting.patient.id)
    form = PanelForm(workspace, chart, {"collected": chart.labs[-1].record.collected} if chart.labs else {})
    form.grid.set_texts(_TYPED)
    panel = GridDialog(form, f"Laboratory values · {chart.label}", window)
    panel.show()
    yield "laboratory-panel", panel
    form.discard()
    panel.close()


def _open(workspace: Workspace, chart: PatientChart, tab: str) -> QWidget:
    workspace.host.show_target(Target("patient", chart.patient.id, tab))
    page = getattr(workspace.host, "page", None)
    assert isinstance(page, QWidget)
    return page.window()
