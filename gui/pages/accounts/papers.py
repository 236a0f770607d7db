"""The papers about people: who had access, and who the subjects are."""

from io import BytesIO

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.pages.print.lists import printing_of
from gui.pages.print.noting import PrintNoting
from gui.pages.print.paper_dialog import PaperDialog
from gui.workspace import Workspace
from models.domain.errors import TrialError
from models.reports.access_list import access_list
from models.reports.identification_list import identification_list


class AccessPaper(PaperDialog):
    """Who had which role from when to when, and which training. It names no patient: administrators print it too."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Made from what the trail says now."""
        super().__init__("Access and training", "Access list", "access-list.pdf", parent)
        self._workspace, study = workspace, workspace.study
        paper = BytesIO()
        access_list(study.accounts.tenures(), study.accounts.trainings(), paper, printing_of(workspace))
        self.show_pdf(paper.getvalue())
        self.given_out.connect(self._note)

    @Slot(str, int)
    def _note(self, done: str, pages: int) -> None:
        try:
            self._workspace.study.accounts.note_access_list(done, pages)
        except TrialError as refused:
            self.show_failure(f"It was {done}, but the audit trail could not say so. {refused}")


class IdentificationPaper(PaperDialog):
    """Who the subjects are; only for those who may know."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Made from the identities as they stand now."""
        super().__init__("Subject identification list", "Identification list", "identification-list.pdf", parent)
        study = workspace.study
        paper = BytesIO()
        identification_list(study.patients(), study.identities(), paper, printing_of(workspace), study.trail.changed())
        PrintNoting(self, study, "identification list")
        self.show_pdf(paper.getvalue())
