"""The cohort report: made beside the window, shown as it will print."""

from io import BytesIO

from PySide6.QtWidgets import QWidget

from gui.jobs import Progress
from gui.pages.cohort.basis import Basis
from gui.pages.print.noting import PrintNoting
from gui.pages.print.paper_dialog import PaperDialog
from gui.workspace import Workspace
from models.records.review import DataCut
from models.reports.cohort_changes import held_against
from models.reports.cohort_report import cohort_report


class ReportWork:
    """The work of making the report. What it needs of the window is read before it starts."""

    def __init__(self, workspace: Workspace, basis: Basis, by: str, since: DataCut | None) -> None:
        """`since` is the cut whose differences are told at the end, None for none."""
        self._study, self._desk, self._by = workspace.study, workspace.desk, by
        self._basis = basis
        self._since = None if basis.until else since  # a former day is no later state than the cut

    def __call__(self, progress: Progress) -> bytes:
        """The file; empty where the work was stopped."""
        study, cut, since = self._study, self._basis.cut, self._since
        found = study.cohorts.count(self._by, cut=cut, until=self._basis.until, forms=True, progress=progress)
        if not progress(1, 1):
            return b""
        changes = study.cohorts.compare(since, cut, self._by, progress) if since else ()
        if not progress(1, 1):
            return b""
        told = held_against(since, cut, changes, study.trail, study.accounts.tenures(), self._desk) if since else None
        out = BytesIO()
        cohort_report(found, out, study.printing(self._desk), cut=cut.name if cut else "", comparison=told)
        return out.getvalue()


class ReportDialog(PaperDialog):
    """The report on the screen, to be printed or saved; the trail keeps that it was."""

    def __init__(self, workspace: Workspace, pdf: bytes, parent: QWidget | None = None) -> None:
        """`pdf` is what `ReportWork` made."""
        name = f"cohort-report-{workspace.study.today.isoformat()}.pdf"
        super().__init__("Cohort report", "Cohort report", name, parent)
        PrintNoting(self, workspace.study, "cohort report")
        self.show_pdf(pdf)
