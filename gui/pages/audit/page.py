"""The page of the audit trail: who did what, when and why, over the whole study."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from gui.pages.audit.filter_line import filter_line
from gui.pages.audit.presenter import kind_choices
from gui.pages.audit.reading import Asked, Found, part_of
from gui.pages.audit.trail_list import TrailList
from gui.pages.print.lists import printing_of
from gui.saving import SavedList, Write, menu_of
from gui.text import named
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.editors.date_editor import DateEditor
from gui.widgets.header import PageHeader, make_button
from gui.widgets.history import HistoryDialog, ValueRef
from gui.workspace import Workspace
from models.domain.context import Changes
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.domain.printing import Printing
from models.study import Right, Study
from models.study_types import TrailFilter, Verification

_ANYBODY = "Anybody"


class Page(QWidget):
    """Narrowed by patient, person, day and kind."""

    title = "Audit trail"

    def __init__(self, workspace: Workspace) -> None:
        """Nothing is read yet."""
        super().__init__()
        self._workspace = workspace
        named(self, "page_audit", self.title)
        self.header = PageHeader(self.title, "every entry and change, and what else happened; newest first")
        self.verify_button = self.header.add_button(
            "audit_verify", "&Verify now", tip="Hold the trail against itself and the data against the trail"
        )
        self.export_button = make_button("audit_export", "E&xport", look="menu", tip="The lines that fit, all of them")
        self.header.line.addWidget(self.export_button)
        workspace.permit(Right.PRINT, self.export_button)
        self.result = Banner("audit_result")
        self.export = SavedList(workspace, menu_of(self.export_button), self.result, "audit trail", self._writing)
        self.patient = named(QLineEdit(), "audit_patient", "Patient number")
        self.patient.setPlaceholderText("Number")
        self.patient.setClearButtonEnabled(True)
        self.patient.setMaximumWidth(150)
        self.person = named(QComboBox(), "audit_person", "Person")
        self.person.addItem(_ANYBODY, "")
        self.day = DateEditor(workspace.desk, workspace.study.clock)
        self.day.name_parts("audit_day", "Day")
        self.day.setMaximumWidth(170)
        self.kind = named(QComboBox(), "audit_kind", "What")
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setMinimumContentsLength(18)
        for words, kinds in kind_choices():
            self.kind.addItem(words, kinds)
        self.clear = make_button("audit_clear", "Clear", look="link", tip="Show everything again")
        self.list = TrailList(workspace, "audit", with_patient=True)
        card = Card()
        patient = [("&Patient", self.patient)] if workspace.user.may(Right.READ_RECORD) else []
        first = [*patient, ("P&erson", self.person)]
        card.body.addWidget(filter_line(first, [("&Day", self.day), ("&What", self.kind), ("", self.clear)]))
        card.body.addWidget(self.list, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(10)
        for part, stretch in ((self.header, 0), (self.result, 0), (card, 1)):
            column.addWidget(part, stretch)
        self.patient.editingFinished.connect(self._narrow)
        self.person.currentIndexChanged.connect(self._narrow)
        self.day.settled.connect(self._narrow)
        self.day.line.returnPressed.connect(self._narrow)
        self.kind.currentIndexChanged.connect(self._narrow)
        self.clear.clicked.connect(self._clear)
        self.list.read.connect(self._read)
        self.verify_button.clicked.connect(self.verify)
        self._shown: tuple[object, ...] | None = None

    def refresh(self, changes: Changes | None) -> None:
        """Read the newest lines again: everything that is done adds one."""
        self._shown = None
        self._narrow()

    # ---- narrowing

    @Slot()
    def _narrow(self) -> None:
        value = self.day.value()
        day = value if isinstance(value, PartialDate) and value.earliest else None
        wanted = TrailFilter(kinds=tuple(self.kind.currentData()), actor=str(self.person.currentData() or ""), day=day)
        patient = self.patient.text().strip()
        if (wanted, patient) != self._shown:
            self._shown = (wanted, patient)
            self.clear.setVisible(wanted != TrailFilter() or bool(patient))
            self.list.show_part(wanted, patient)

    @Slot()
    def _clear(self) -> None:
        for box in (self.person, self.kind):
            with QSignalBlocker(box):
                box.setCurrentIndex(0)
        self.patient.clear()
        self.day.set_value(None)
        self._narrow()

    @Slot(object)
    def _read(self, found: Found) -> None:
        """Offer everybody that the trail knows by now, by the name of now; the person chosen stays chosen."""
        people = {login: name if name == login else f"{name} ({login})" for login, name in found.people.items()}
        offered = [(self.person.itemData(place), self.person.itemText(place)) for place in range(self.person.count())]
        if offered[1:] != list(people.items()):
            chosen = self.person.currentData()
            with QSignalBlocker(self.person):
                self.person.clear()
                self.person.addItem(_ANYBODY, "")
                for login, words in people.items():
                    self.person.addItem(words, login)
                self.person.setCurrentIndex(max(self.person.findData(chosen), 0))

    # ---- verifying and exporting

    @Slot()
    def verify(self) -> None:
        """Look through a copy of the study, beside the work."""
        self.verify_button.setEnabled(False)
        self.result.hide()
        job = self._workspace.jobs.start(
            "Verifying the audit trail", self._workspace.study.trail.verify_copy, self._verified, self._refused
        )
        job.finished.connect(self._verify_again)

    @Slot(object)
    def _verify_again(self, _job: object) -> None:
        self.verify_button.setEnabled(True)

    @Slot(object)
    def _verified(self, found: Verification) -> None:
        if found.problems:
            more = len(found.problems) - 1
            others = f" There {'is' if more == 1 else 'are'} {more} more." if more else ""
            self.result.show_text(
                f"The study does not agree with its audit trail: {found.problems[0]}.{others} Do not work on it: keep "
                "it as it is, and tell the administrator.",
                "urgent",
            )
            return
        self.result.show_text(
            f"All {found.rows} rows of the audit trail are there and unchanged, and the data are what they say. The "
            f"trail ends at {found.head.short}.",
            "good",
        )

    def _writing(self) -> Write:
        """Writes every line that fits the filters."""
        return _Writing(self._workspace.study, printing_of(self._workspace), self.list.asked)

    @Slot(object)
    def _refused(self, refused: TrialError) -> None:
        self.result.show_text(str(refused), "urgent")


class _Writing:
    """Writes the lines asked for to a file; TrialError where there is no patient of that number."""

    def __init__(self, study: Study, printing: Printing, asked: Asked) -> None:
        self._study, self._printing, self._asked = study, printing, asked

    def __call__(self, path: Path) -> int:
        from models.exchange.trail_listing import write_trail

        return write_trail(self._study.trail, path, self._printing, part_of(self._study, self._asked))


def shots(workspace: Workspace) -> Iterator[tuple[str, QWidget | None]]:
    """The trail of one person's day, and of one patient."""
    page = getattr(workspace.host, "page", None)
    assert isinstance(page, Page)
    page.kind.setCurrentIndex(1)
    yield "audit-trail-events", None
    page.kind.setCurrentIndex(0)
    patient = workspace.study.enrolled()[16]
    workspace.open_patient(patient, "history")
    yield "patient-history", None
    chart = workspace.study.chart(patient)
    result = chart.records["mrd"][-1]
    dialog = HistoryDialog(workspace, ValueRef("mrd", result.id, "target_copies"))
    dialog.show()
    yield "value-history", dialog
    dialog.close()
