"""The last step to a new study: the recovery key, shown this once."""

from io import BytesIO

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from gui.pages.start.study_step import NewStudy
from gui.text import label, named
from gui.widgets.header import make_button
from models import VERSION
from models.domain.clock import Clock
from models.domain.notation import Desk

_GROUPS_A_LINE = 3


class RecoveryStep(QWidget):
    """The key in groups, its sheet to print, and the tick without which nobody goes on: `kept` follows it."""

    kept = Signal(bool)

    def __init__(self, clock: Clock, desk: Desk) -> None:
        """Empty until `show_key`."""
        super().__init__()
        self._clock, self._desk = clock, desk
        self._key = ""
        self._study: NewStudy | None = None
        self._printed_by = ""
        self.shown = named(label(role="title", selectable=True), "recoveryKey", "Recovery key")
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.print = make_button("recoverySheet", "Print or save the sheet…")
        self.tick = named(QCheckBox("I have &kept it in a safe place"), "recoveryKept")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(
            label(
                "This key opens the study when all passwords are forgotten or the only administrator is gone. It is "
                "kept nowhere in the program and is not shown again: print the sheet, and put it into the safe, never "
                "beside the computer.",
                wrap=True,
            )
        )
        column.addWidget(self.shown)
        column.addWidget(self.print, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.tick)
        column.addStretch(1)
        self.print.clicked.connect(self._print)
        self.tick.toggled.connect(self.kept)

    def show_key(self, key: str, study: NewStudy, printed_by: str) -> None:
        """Show it, in lines of three groups."""
        self._key, self._study, self._printed_by = key, study, printed_by
        groups = key.split("-")
        lines = [groups[at : at + _GROUPS_A_LINE] for at in range(0, len(groups), _GROUPS_A_LINE)]
        self.shown.setText("\n".join("  -  ".join(line) for line in lines))
        self.shown.setAccessibleDescription(key)
        self.print.setFocus()

    @Slot()
    def _print(self) -> None:
        from gui.pages.print.paper_dialog import PaperDialog  # loads the PDF library: not before somebody prints
        from models.reports.recovery_sheet import recovery_sheet

        assert self._study is not None
        paper = BytesIO()
        recovery_sheet(
            paper,
            recovery_key=self._key,
            study=f"{self._study.protocol.acronym} ({self._study.protocol.id})",
            site=f"{self._study.site_code}, {self._study.site_name}",
            printed_by=self._printed_by,
            now=self._clock.now(),
            desk=self._desk,
            version=VERSION,
        )
        dialog = PaperDialog("Recovery key", "Recovery key", "recovery-key.pdf", self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show_pdf(paper.getvalue())
        dialog.show()
