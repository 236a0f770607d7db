"""The line below the visits: what stands under the visit chosen, and the buttons to sign and to lock it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.pages.patient.review.commands import ReviewCommands
from gui.pages.patient.review.standing import Standing, standing
from gui.text import label, named
from gui.widgets.header import make_button
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.study import Right

if TYPE_CHECKING:
    from models.study_types import LockView, SignatureView


class VisitBar(QWidget):
    """Reads signatures and locks of a patient once for all visits."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Empty until `show_chart`."""
        super().__init__(parent)
        named(self, "visit_review", "Signatures and locks")
        self._workspace = workspace
        self._commands = ReviewCommands(workspace, self)
        self._chart: PatientChart | None = None
        self._signatures: tuple[SignatureView, ...] = ()
        self._locks: tuple[LockView, ...] = ()
        self._visit: tuple[int, str] = (0, "")
        self._said = named(label("", wrap=True, selectable=True), "visit_standing", "Signatures and locks")
        self.sign = make_button("visit_sign", "Sign…", look="link")
        self.lock = make_button("visit_lock", "Lock…", look="link")
        self.list = make_button("visit_signatures", "Signatures", look="link")
        workspace.permit(Right.SIGN, self.sign)
        workspace.permit(Right.LOCK, self.lock)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for button, slot in ((self.sign, self._sign), (self.lock, self._turn), (self.list, self._list)):
            button.clicked.connect(slot)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._said)
        column.addLayout(buttons)

    def show_chart(self, chart: PatientChart) -> None:
        """Read what was signed and locked of this patient."""
        self._chart = chart
        study, desk = self._workspace.study, self._workspace.desk
        self._signatures = study.signing.signatures(chart.patient.id, desk)
        self._locks = study.locking.locks(chart.patient.id)

    def standing(self, visit: int) -> Standing:
        """What stands under a visit."""
        return standing(self._signatures, self._locks, visit, self._workspace.desk)

    def show_visit(self, record: int, name: str) -> None:
        """Show what stands under the visit chosen; `record` 0 is one that is not recorded."""
        self._visit = record, name
        own = self.standing(record) if record else None
        self._said.setText("\n".join(own.sentences) if own else "")
        self._said.setVisible(bool(own and own.sentences))
        for button in (self.sign, self.lock):
            button.setEnabled(bool(record))
        self.lock.setText("Unlock…" if own and own.locked else "Lock…")
        self.lock.setAccessibleName(f"{self.lock.text().rstrip('…')} this visit")
        self.sign.setAccessibleName("Sign this visit")
        self.list.setVisible(bool(self._signatures))

    @property
    def _title(self) -> str:
        return f"{self._visit[1]}, {self._chart.label if self._chart else ''}"

    @Slot()
    def _sign(self) -> None:
        if self._chart is not None and self._visit[0]:
            self._commands.sign(self._chart.patient.id, self._visit[0], self._title)

    @Slot()
    def _turn(self) -> None:
        if self._chart is not None and self._visit[0]:
            lock = not self.standing(self._visit[0]).locked
            self._commands.turn_lock(self._chart.patient.id, self._visit[0], self._title, lock=lock)

    @Slot()
    def _list(self) -> None:
        if self._chart is not None:
            self._commands.list_signatures(self._chart.patient.id, self._chart.label)
