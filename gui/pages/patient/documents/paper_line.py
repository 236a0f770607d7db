"""The line of a record's form with the papers behind it: open them, attach one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.pages.patient.documents.add_dialog import AddDialog
from gui.pages.patient.documents.viewer import DocumentViewer
from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.header import make_button
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.domain.context import Changes
from models.domain.errors import TrialError
from models.study import Right

if TYPE_CHECKING:
    from models.study_types import DocumentView


class PaperLine(QWidget):
    """Names the newest paper about a record; the others stand in the Documents tab."""

    def __init__(
        self, workspace: Workspace, chart: PatientChart, about: tuple[str, int], parent: QWidget | None = None
    ) -> None:
        """`about` is kind and id of the record."""
        super().__init__(parent)
        named(self, f"{about[0]}_papers", "Paper report")
        self._workspace, self._chart, self._about = workspace, chart, about
        self._newest: DocumentView | None = None
        self._words = label("", "muted", wrap=True)
        self._failure = Banner(f"{about[0]}_papers_failure")
        self.open = make_button(f"{about[0]}_paper_open", "Open the paper report", look="link")
        self.attach = make_button(f"{about[0]}_paper_attach", "Attach the paper report…", look="link")
        workspace.permit(Right.ENTER, self.attach)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._words, 1)
        line.addWidget(self.open)
        line.addWidget(self.attach)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(line)
        column.addWidget(self._failure)
        self.open.clicked.connect(self._open)
        self.attach.clicked.connect(self._attach)
        workspace.notifier.changed.connect(self._changed)
        self._show()

    def _show(self) -> None:
        listed = self._workspace.study.documents.list(self._chart.patient.id)
        own = [document for document in listed if (document.kind, document.record) == self._about]
        self._newest = own[-1] if own else None
        self._words.setText(", ".join(document.title for document in own) or "No paper report attached.")
        self.open.setVisible(self._newest is not None)
        closed = self._newest.closed if self._newest else ""
        self.open.hold_back(closed)
        if closed:
            self._failure.show_text(closed, "due")
        else:
            self._failure.hide()

    @Slot(object)
    def _changed(self, changes: Changes | None) -> None:
        if changes is None or "document" in changes.kinds:
            self._show()

    @Slot()
    def _open(self) -> None:
        if self._newest is None:
            return
        try:
            content = self._workspace.study.documents.read(self._newest.id)
        except TrialError as refused:
            self._failure.show_text(str(refused))
            return
        title = f"{self._newest.title} · {self._chart.label}"
        DocumentViewer(title, content, self._newest.media_type, self.window()).show()

    @Slot()
    def _attach(self) -> None:
        AddDialog(self._workspace, self._chart, self._about, self.window()).show()
