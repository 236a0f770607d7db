"""The visit summary as it will print, for any visit that took place."""

from io import BytesIO

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from gui.pages.print.lists import printing_of
from gui.pages.print.noting import PrintNoting
from gui.pages.print.paper_dialog import PaperDialog
from gui.text import label, named
from gui.workspace import Workspace
from models.domain.date_notation import write_date
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.reports.batch import file_name
from models.reports.period import records_of, took_place
from models.reports.visit_summary import visit_summary


class PrintPreview(PaperDialog):
    """Opens with the last visit."""

    def __init__(self, workspace: Workspace, patient: int, parent: QWidget | None = None) -> None:
        """Read the patient and show the summary."""
        self._workspace = workspace
        (self._chart,) = workspace.study.charts((patient,), laboratory=True)  # without who the patient is
        super().__init__(
            f"Visit summary · {self._chart.label}",
            "Visit summary",
            f"{file_name(self._chart.label)}.pdf",
            parent,
        )
        self._noting = PrintNoting(self, workspace.study, "visit summary", patient)
        done = list(reversed(took_place(self._chart)))
        self._visits = [visit for _, visit in done]
        self.visit = named(QComboBox(), "previewVisit", "Visit")
        self.visit.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.visit.setMinimumContentsLength(24)
        for day, visit in done:
            self.visit.addItem(f"{visit.label}, {write_date(PartialDate.from_date(day), workspace.desk)}")
        caption = label("&Visit", "muted")
        caption.setBuddy(self.visit)
        self.choices.addWidget(caption)
        self.choices.addWidget(self.visit)
        self.visit.setVisible(bool(done))
        caption.setVisible(bool(done))
        self.visit.currentIndexChanged.connect(self._make)
        self._make()

    @Slot()
    def _make(self) -> None:
        """Make the paper of the visit chosen; of a patient without a visit what is known so far."""
        study = self._workspace.study
        place = self.visit.currentIndex()
        visit = self._visits[place] if place >= 0 else None
        self._noting.visit = visit.code if visit else ""
        out = BytesIO()
        try:
            visit_summary(
                self._chart,
                out,
                printing_of(self._workspace),
                visit=visit.code if visit else None,
                record=next(iter(records_of(visit)), 0),
                changed=study.trail.changed(self._chart.patient.id),
                signatures=study.signing.lines,
            )
        except TrialError as refused:
            self.show_failure(str(refused))
        else:
            self.show_pdf(out.getvalue())
