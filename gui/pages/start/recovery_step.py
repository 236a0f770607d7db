"""The last step to a new study: the recovery key, shown this once."""

from io import BytesIO
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from gui.text import label, named
from gui.widgets.header import make_button
from models import VERSION
from models.domain.clock import Clock
from models.domain.notation import Desk
from models.domain.printing import Printing
from models.protocols.model import Protocol

_GROUPS_A_LINE = 3


class KeySheet(NamedTuple):
    """What the sheet says besides its own words."""

    key: str
    study: str
    site: str
    folder: str
    printed_by: str
    trail: str
    synthetic: bool = False

    def __repr__(self) -> str:
        """Without the key: this may end up in a message."""
        return f"KeySheet({self.study!r})"


def study_words(protocol: Protocol) -> str:
    """How the sheet names a study."""
    return f"{protocol.acronym} ({protocol.id})"


class RecoveryStep(QWidget):
    """The key in groups, its sheet to print, and the tick without which nobody goes on: `kept` follows it.

    `paper` carries the dialog in which the sheet can be printed and saved.
    """

    kept = Signal(bool)
    paper = Signal(object)

    def __init__(self, clock: Clock, desk: Desk) -> None:
        """Empty until `show_key`."""
        super().__init__()
        self._clock, self._desk = clock, desk
        self._sheet: KeySheet | None = None
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

    def show_key(self, sheet: KeySheet) -> None:
        """Show it, in lines of three groups."""
        self._sheet = sheet
        groups = sheet.key.split("-")
        lines = [groups[at : at + _GROUPS_A_LINE] for at in range(0, len(groups), _GROUPS_A_LINE)]
        self.shown.setText("\n".join("  -  ".join(line) for line in lines))
        self.shown.setAccessibleDescription(sheet.key)
        self.print.setFocus()

    def forget(self) -> None:
        """Let go of what was shown."""
        self._sheet = None
        self.shown.clear()
        self.shown.setAccessibleDescription("")

    @Slot()
    def _print(self) -> None:
        from gui.pages.print.paper_dialog import PaperDialog  # loads the PDF library: not before somebody prints
        from models.reports.recovery_sheet import recovery_sheet

        assert self._sheet is not None
        paper, sheet = BytesIO(), self._sheet
        printing = Printing(
            study=sheet.study,
            site=sheet.site,
            printed_by=sheet.printed_by,
            now=self._clock.now(),
            desk=self._desk,
            version=VERSION,
            trail=sheet.trail,
            synthetic=sheet.synthetic,
        )
        recovery_sheet(paper, printing, recovery_key=sheet.key, folder=sheet.folder)
        dialog = PaperDialog("Recovery key", "Recovery key", "recovery-key.pdf", self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show_pdf(paper.getvalue())
        self.paper.emit(dialog)
        dialog.show()
