"""The panel entry in a dialog of its own."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gui.pages.patient.laboratory.panel_form import PanelForm
from gui.text import label, named
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.domain.context import Changes

_WIDTH, _HEIGHT = 860, 720


class PanelDialog(QDialog):
    """`saved` carries the `Changes`."""

    saved = Signal(object)

    def __init__(
        self, workspace: Workspace, chart: PatientChart, values: Mapping[str, object], parent: QWidget | None = None
    ) -> None:
        """`values` are starting values; see `PanelForm`."""
        super().__init__(parent)
        title = f"Laboratory values · {chart.label}"
        named(self, "lab_panel_dialog", title)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = PanelForm(workspace, chart, values)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(20, 14, 20, 14)
        lines.setSpacing(10)
        lines.addWidget(label(title, "title", wrap=True))
        lines.addWidget(self.form, 1)
        self.form.saved.connect(self._saved)
        self.form.left.connect(self.reject)
        room = self.screen().availableGeometry()
        self.resize(min(_WIDTH, room.width()), min(_HEIGHT, room.height()))
        self.form.focus_first()

    @Slot(object)
    def _saved(self, changes: Changes) -> None:
        self.saved.emit(changes)
        self.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the typing, however the dialog is closed."""
        self.form.keep_draft()
        super().closeEvent(event)
