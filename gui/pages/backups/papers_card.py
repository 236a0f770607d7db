"""The card of the fallback set: the papers for the day the computer is dead, and what opens them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.pages.backups.presenter import fallback_words
from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.header import make_button
from gui.workspace import Workspace
from models.domain.errors import TrialError
from models.study import Right

if TYPE_CHECKING:
    from pathlib import Path


class PapersCard(Card):
    """Opens the newest set in the viewer, where it can be printed and saved, and shows its password when asked.

    `renewed` follows a new password: it is time for a backup, which brings a set that it opens.
    """

    renewed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Filled by `refresh`."""
        super().__init__("For the day the computer is dead", " ", parent)
        self._workspace = workspace
        self._paper: Path | None = None
        self.message = Banner("papers_message")
        words = (
            "One PDF with every patient's key facts, next windows, last MRD result, running events and doses. It opens "
            "with its password only: write that down. Keep both where you reach them without this computer, apart."
        )
        self.open = make_button("papers_open", "&Open, print or save…")
        self.show_password = make_button("papers_password", "Show the pass&word", look="link")
        self.new_password = make_button("papers_new_password", "&New password…", look="link")
        self._password = named(label("", "strong", selectable=True), "papers_password_shown", "Password of the papers")
        workspace.permit(Right.READ_IDENTITY, self.open, self.show_password)
        self.new_password.hold_back(workspace.refusal(Right.READ_IDENTITY) or workspace.refusal(Right.BACK_UP))
        line = QHBoxLayout()
        line.addWidget(self.open)
        line.addWidget(self.show_password)
        line.addWidget(self.new_password)
        line.addWidget(self._password, 1)
        self.body.addWidget(label(words, "muted", wrap=True))
        self.body.addWidget(self.message)
        self.body.addLayout(line)
        self.open.clicked.connect(self._open)
        self.show_password.clicked.connect(self._turn_password)
        self.new_password.clicked.connect(self._warn)
        self.message.pressed.connect(self._renew)

    @property
    def password(self) -> str:
        """The password as long as it is shown."""
        return self._password.text()

    def refresh(self) -> None:
        """Look for the newest set; the password is covered again."""
        fallback_set = self._workspace.study.fallback_set
        self._paper = fallback_set.newest()
        former = self._paper is not None and fallback_set.is_former(self._paper)
        self.remark.setText(fallback_words(self._paper, former=former))
        self.open.setEnabled(self._paper is not None and not former)
        self._cover()

    def _cover(self) -> None:
        self._password.clear()
        self.show_password.setText("Show the pass&word")

    @Slot()
    def _turn_password(self) -> None:
        if self._password.text():
            self._cover()
            return
        try:
            known = self._workspace.study.fallback_set.password()
        except TrialError as refused:
            self.message.show_text(str(refused))
            return
        self._password.setText(known or "There is none yet: it comes with the first backup.")
        self.show_password.setText("Hide the pass&word")

    @Slot()
    def _warn(self) -> None:
        self.message.show_text(
            "Papers of before keep their password, which is then shown no more: write it down if you need it.",
            "due",
            "Make a new password",
        )

    @Slot()
    def _renew(self) -> None:
        try:
            self._workspace.study.fallback_set.new_password()
        except TrialError as refused:
            self.message.show_text(str(refused))
            return
        self.refresh()
        self.message.show_text(
            "There is a new password: have it shown, and write it down. Papers of before keep the former one.",
            "good",
        )
        self.renewed.emit()

    @Slot()
    def _open(self) -> None:
        from gui.pages.print.noting import PrintNoting  # loads the PDF library: not before somebody asks
        from gui.pages.print.paper_dialog import PaperDialog
        from models.reports.unlocking import unlocked

        if self._paper is None:
            return
        study = self._workspace.study
        try:
            kept = self._paper.read_bytes()
            shown = unlocked(kept, study.fallback_set.password())
        except OSError as fault:
            self.message.show_text(f"The papers cannot be read: {(fault.strerror or str(fault)).lower()}.")
            return
        except TrialError as refused:
            self.message.show_text(str(refused))
            return
        self.message.hide()
        dialog = PaperDialog("Fallback set", "Fallback set", self._paper.name, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        PrintNoting(dialog, study, "fallback set")
        dialog.show_pdf(shown, kept)
        dialog.show()
