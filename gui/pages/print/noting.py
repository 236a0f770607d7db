"""Telling the audit trail what was printed or saved as a file; looking at a paper is no print."""

from PySide6.QtCore import QObject, Slot

from gui.pages.print.paper_dialog import PaperDialog
from models.domain.errors import TrialError
from models.study import Study


class PrintNoting(QObject):
    """Follows a paper dialog. `what` names the paper in the trail; `visit` is the code of the visit it is about."""

    def __init__(self, dialog: PaperDialog, study: Study, what: str, patient: int = 0) -> None:
        """Lives as long as the dialog."""
        super().__init__(dialog)
        self._study, self._what, self._patient = study, what, patient
        self.visit: str | None = None
        dialog.given_out.connect(self._note)

    @Slot(str, int)
    def _note(self, done: str, pages: int) -> None:
        details: dict[str, object] = {"pages": pages}
        if self.visit is not None:
            details["visit"] = self.visit
        try:
            self._study.trail.note(f"{self._what} {done}", details, self._patient)
        except TrialError as refused:
            dialog = self.parent()
            assert isinstance(dialog, PaperDialog)
            dialog.show_failure(f"It was {done}, but the audit trail could not say so. {refused}")
