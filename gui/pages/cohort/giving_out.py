"""What leaves the Cohort page: files of what is shown, and the report."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.saving import ask_where
from gui.workspace import Workspace
from models.domain.errors import TrialError
from models.records.review import DataCut

if TYPE_CHECKING:
    from gui.jobs import Job
    from gui.pages.cohort.basis import Basis
    from gui.pages.cohort.counting import Shown
    from gui.pages.cohort.saving import Format


class GivingOut(QObject):
    """`failed` carries the sentence why something could not be saved or made; `making` says whether a report is."""

    failed = Signal(str)
    making = Signal(bool)

    def __init__(self, workspace: Workspace, page: QWidget) -> None:
        """`page` is what dialogs open above."""
        super().__init__(page)
        self._workspace, self._page = workspace, page

    def save_as(self, shown: "Shown", wanted: "Format") -> None:
        """Ask where, and save."""
        from gui.pages.cohort.saving import file_name

        path = ask_where(self._page, wanted.words.rstrip("…"), file_name(shown, wanted), wanted.kind)
        if path is not None:
            self.save_to(shown, wanted, path)

    def save_to(self, shown: "Shown", wanted: "Format", path: Path) -> None:
        """Write the file, and tell the audit trail."""
        from gui.pages.cohort.saving import note, write

        assert shown.exhibit is not None
        try:
            write(shown, wanted, path, self._workspace)
            note(self._workspace.study, shown.exhibit.table, wanted, path)
        except TrialError as refused:
            self.failed.emit(str(refused))
        else:
            self._workspace.say(f"Saved as {path}")

    def print_report(self, basis: "Basis", by: str, since: DataCut | None) -> None:
        """Make the report beside the window, and show it as it will print."""
        from gui.pages.cohort.report import ReportWork  # loads the PDF library: not before somebody prints

        self.making.emit(True)
        work = ReportWork(self._workspace, basis, by, since)
        job = self._workspace.jobs.start("Making the cohort report", work, self._made, self._refused)
        job.finished.connect(self._finished)

    @Slot(object)
    def _made(self, pdf: bytes) -> None:
        from gui.pages.cohort.report import ReportDialog

        dialog = ReportDialog(self._workspace, pdf, self._page.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    @Slot(object)
    def _refused(self, refused: TrialError) -> None:
        self.failed.emit(str(refused))

    @Slot(object)
    def _finished(self, _job: "Job") -> None:
        self.making.emit(False)
