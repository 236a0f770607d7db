"""The button "Review" in the head of the patient page: queries, signing and locking of the whole record."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from gui.pages.patient.header import PatientHeader
from gui.pages.patient.presenter import Mark
from gui.pages.patient.review.commands import ReviewCommands
from gui.pages.patient.review.standing import NOTHING, Standing, standing
from gui.text import named, plain_tip
from gui.widgets.review_state import PatientReview
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.study import Right


class PatientReviewMenu(QObject):
    """Fills the menu of that button, and shows in pills what is asked, signed and locked."""

    def __init__(self, workspace: Workspace, header: PatientHeader) -> None:
        """Nothing to review before `show_patient`."""
        super().__init__(header)
        self._workspace, self._header = workspace, header
        self._commands = ReviewCommands(workspace, header)
        self._chart: PatientChart | None = None
        self._standing = NOTHING
        menu = named(QMenu(header), "patientReviewMenu", "Review")
        menu.setToolTipsVisible(True)
        self.queries = self._entry(menu, "review_queries", "&Queries", self._open_queries)
        menu.addSeparator()
        self.sign = self._entry(menu, "review_sign", "&Sign the whole record…", self._sign, Right.SIGN)
        self.lock = self._entry(menu, "review_lock", "&Lock this patient…", self._turn, Right.LOCK)
        self.list = self._entry(menu, "review_signatures", "Si&gnatures", self._list)
        header.review.setMenu(menu)

    def show_patient(self, chart: PatientChart, review: PatientReview) -> None:
        """Show what stands about this patient; called after the head shows the chart."""
        self._chart = chart
        study, desk = self._workspace.study, self._workspace.desk
        patient = chart.patient.id
        self._standing = standing(study.signing.signatures(patient, desk), study.locking.locks(patient), None, desk)
        asked = len(review.queries)
        self.queries.setText(f"&Queries ({asked} not closed)" if asked else "&Queries")
        self.lock.setText("Un&lock this patient…" if self._standing.locked else "&Lock this patient…")
        self._header.add_marks(tuple(self._pills(asked, review)))
        self._header.review.setToolTip(plain_tip("\n".join(self._standing.sentences)))

    @property
    def standing(self) -> Standing:
        """What stands under the whole record."""
        return self._standing

    def _pills(self, asked: int, review: PatientReview) -> list[Mark]:
        pills = []
        if asked:
            pills.append(Mark("1 query" if asked == 1 else f"{asked} queries", "due"))
        if self._standing.words:
            pills.append(Mark(self._standing.words, self._standing.tone))
        if review.verification is not None:
            share = review.verification.whole
            pills.append(Mark(f"{share.verified} of {share.filled} values verified", "neutral"))
        return pills

    def _entry(self, menu: QMenu, name: str, words: str, slot: object, right: Right | None = None) -> QAction:
        entry = QAction(words, menu)
        entry.setObjectName(name)
        refused = self._workspace.refusal(right) if right else ""
        entry.setEnabled(not refused)
        entry.setToolTip(refused)
        entry.triggered.connect(slot)
        menu.addAction(entry)
        return entry

    @property
    def _title(self) -> str:
        return f"the whole record of {self._chart.label if self._chart else ''}"

    @Slot()
    def _open_queries(self) -> None:
        if self._chart is not None:
            self._workspace.open_page("queries", patient=self._chart.patient.id)

    @Slot()
    def _sign(self) -> None:
        if self._chart is not None:
            self._commands.sign(self._chart.patient.id, None, self._title)

    @Slot()
    def _turn(self) -> None:
        if self._chart is not None:
            self._commands.turn_lock(self._chart.patient.id, None, self._title, lock=not self._standing.locked)

    @Slot()
    def _list(self) -> None:
        if self._chart is not None:
            self._commands.list_signatures(self._chart.patient.id, self._chart.label)
