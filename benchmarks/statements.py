"""How many SQL statements a patient page takes, for a patient with few records and for one with many."""

from pathlib import Path

from benchmarks.counting import counted
from benchmarks.measure import Figure
from benchmarks.opening import open_patient
from benchmarks.painting import process_until
from benchmarks.window import open_window, page_of
from gui.pages.patient.page import Page
from gui.pages.patient.tab import TABS
from gui.workspace import Workspace


def figure(study: Path) -> Figure:
    """The page with all its tabs, as it is read for the patients with the fewest and the most records.

    Exactly 1 where the numbers are the same, whichever of the two would take more.
    """
    with open_window(study) as workspace:
        ids = workspace.study.enrolled()
        size = {
            chart.patient.id: sum(map(len, chart.records.values()))
            for chart in workspace.study.charts(ids, laboratory=True)
        }
        fewest, most = min(size, key=size.__getitem__), max(size, key=size.__getitem__)
        _walk_through(workspace, ids[0])
        few, many = _statements(workspace, fewest), _statements(workspace, most)
    detail = f"{many} for {size[most]} records, {few} for {size[fewest]} records"
    return Figure("statements", max(few, many) / min(few, many), detail)


def _statements(workspace: Workspace, patient: int) -> int:
    with counted() as seen:
        _walk_through(workspace, patient)
    return len(seen)


def _walk_through(workspace: Workspace, patient: int) -> None:
    """Open the patient and every tab."""
    open_patient(workspace, patient)
    page = page_of(workspace)
    assert isinstance(page, Page)
    for tab in TABS:
        page.show_tab(tab.name)
        process_until(lambda: not workspace.jobs.running)
    page.show_tab(TABS[0].name)
