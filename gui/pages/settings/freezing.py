"""Freezing the study: from then on it is open for reading, printing and backups only, until it is unfrozen."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.header import make_button
from gui.widgets.reason_dialog import ReasonDialog
from gui.workspace import Workspace
from models.domain.context import Changes
from models.domain.date_notation import write_moment
from models.domain.errors import TrialError
from models.study import Right

_FREEZE = ("Database lock before the final analysis", "Data cut for an interim analysis", "The study has ended")
_UNFREEZE = ("Correction asked for by the sponsor", "Frozen by mistake")


class Section(QWidget):
    """Who froze the study, when and why; and the button that turns it."""

    def __init__(self, workspace: Workspace) -> None:
        """Filled by `refresh`."""
        super().__init__()
        self._workspace = workspace
        self.button = make_button("freeze", "&Freeze the study…")
        workspace.permit(Right.LOCK, self.button)
        self.message = Banner("freeze_message")
        self.words = named(label("", wrap=True, selectable=True), "freeze_words", "State of the study")
        card = Card("Freezing", "locks every patient at once")
        card.corner.addWidget(self.button)
        card.body.addWidget(self.message)
        card.body.addWidget(self.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self.button.clicked.connect(self._ask)

    def refresh(self, changes: Changes | None) -> None:
        """Say how the study stands."""
        frozen = self._workspace.study.locking.frozen
        self.button.setText("Un&freeze the study…" if frozen else "&Freeze the study…")
        if frozen is None:
            self.words.setText(
                "The study is not frozen. A frozen study can be read, printed and backed up; nobody can enter, "
                "correct, ask or sign anything in it. Single visits and patients are locked on the patient's page."
            )
            return
        when = write_moment(frozen.at, self._workspace.desk)
        self.words.setText(
            f"Frozen by {frozen.by} on {when}: {frozen.why}. If it is unfrozen, every signature in it becomes void."
        )

    @Slot()
    def _ask(self) -> None:
        frozen = self._workspace.study.locking.frozen is not None
        what = "Every signature in it becomes void." if frozen else "Nothing can be entered or corrected then."
        heading = f"{'Unfreeze' if frozen else 'Freeze'} the study\n{what}"
        dialog = ReasonDialog(heading, (), self._workspace, self.window(), _UNFREEZE if frozen else _FREEZE)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._turn)
        dialog.show()

    @Slot()
    def _turn(self) -> None:
        dialog = self.sender()
        assert isinstance(dialog, ReasonDialog)
        locking = self._workspace.study.locking
        try:
            changes = (locking.unfreeze if locking.frozen else locking.freeze)(dialog.reason())
        except TrialError as refused:
            self.message.show_text(str(refused))
            return
        self._workspace.say("Study unfrozen" if locking.frozen is None else "Study frozen")
        self._workspace.changed(changes)
