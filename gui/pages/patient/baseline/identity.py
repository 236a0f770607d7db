"""Who the patient is to the hospital: out of sight until somebody asks to see it."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.widgets.header import make_button
from gui.widgets.record_card import RecordCard
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.domain.fields import Field
from models.records.patient import Identity
from models.study import Right

_COVER = "Kept apart from the research record and never exported by default. Hidden until you ask to see it."
_NOBODY = "Name, date of birth and hospital number are not recorded."


class IdentityCard(RecordCard):
    """Covered again whenever another patient comes into view."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Covered."""
        super().__init__(workspace, Identity.kind, empty=_NOBODY, parent=parent)
        self.shown = False
        self.toggle = make_button("identity_show", "&Show identity")
        self.toggle.clicked.connect(self._toggle)
        workspace.permit(Right.READ_IDENTITY, self.toggle)
        if self.withdrawn is not None:
            workspace.permit(Right.READ_IDENTITY, self.withdrawn.toggle)
        self.corner.addWidget(self.toggle)

    def show_chart(self, chart: PatientChart) -> None:
        """Show the patient's identity, if it was asked for."""
        if self._chart is None or self._chart.patient.id != chart.patient.id:
            self.shown = False
            if self.withdrawn is not None:
                self.withdrawn.toggle.setChecked(False)
        super().show_chart(chart)
        self._follow()

    def _fill(self, pairs: Sequence[tuple[Field, str]], remark: str) -> None:
        """Put the answers into the window only while they are to be seen."""
        if self._record is not None and not self.shown:
            super()._fill((), _COVER)
        else:
            super()._fill(pairs, remark)

    def _follow(self) -> None:
        known = self._record is not None
        self.toggle.setVisible(known)
        self.toggle.setText("&Hide identity" if self.shown else "&Show identity")
        self.toggle.setAccessibleName(self.toggle.text().replace("&", ""))
        for name, button in self._buttons.items():
            button.setVisible(self.shown if known else name == "open")

    @Slot()
    def _toggle(self) -> None:
        self.shown = not self.shown
        if self._chart is not None:
            self.show_chart(self._chart)
