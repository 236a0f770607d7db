"""The line at the bottom of the window: which study, whether everything is saved, what is going on, who works here."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from gui.jobs import Jobs
from gui.text import ElidedLabel, label, named
from gui.widgets.busy import BusyBar
from gui.widgets.pill import Pill
from gui.workspace import Workspace

_SECONDS = 6


class StatusLine(QFrame):
    """Reads the study when told to; says a passing sentence for a few seconds."""

    def __init__(self, workspace: Workspace, jobs: Jobs, parent: QWidget | None = None) -> None:
        """Show the study of that workspace."""
        super().__init__(parent)
        named(self, "statusLine", "State of the study")
        self._workspace = workspace
        study = workspace.study
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 3, 12, 3)
        line.setSpacing(14)
        self._study = ElidedLabel(f"{study.protocol.id} · site {study.info.site_code} {study.info.site_name}".rstrip())
        self._synthetic = Pill("Demo study: made-up patients", "due")
        self._synthetic.setVisible(study.info.synthetic)
        self._state = ElidedLabel()
        self._state.setMinimumWidth(self.fontMetrics().horizontalAdvance("Everything saved"))
        self._busy = BusyBar(jobs)
        self._person = named(label(), "statusPerson", "Person at this desk")
        line.addWidget(self._study)
        line.addWidget(self._synthetic)
        line.addWidget(self._state, 1)
        line.addWidget(self._busy)
        line.addWidget(self._person)
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._passing.setInterval(_SECONDS * 1000)
        self._passing.timeout.connect(self.read)
        self._saved_at = ""
        self.setFixedHeight(self.sizeHint().height())
        self.read()

    @property
    def text(self) -> str:
        """What it says about saving, or the passing sentence."""
        return self._state.text()

    def say(self, text: str) -> None:
        """Show a sentence for a few seconds."""
        self._state.setText(text)
        self._passing.start()

    def saved(self) -> None:
        """A command was saved just now."""
        self._saved_at = f"{self._workspace.study.clock.now():%H:%M}"
        if not self._passing.isActive():
            self.read()

    @Slot()
    def read(self) -> None:
        """Say how things stand: saved, or how many unfinished forms are kept as drafts."""
        self._person.setText(self._workspace.actor or "No name set")
        drafts = len(self._workspace.study.drafts())
        if drafts:
            forms = "1 form is" if drafts == 1 else f"{drafts} forms are"
            self._state.setText(f"{forms} not finished, kept as draft")
        else:
            self._state.setText(f"Saved at {self._saved_at}" if self._saved_at else "Everything saved")
