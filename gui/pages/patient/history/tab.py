"""The History tab: everything that was entered and changed in one patient's record, and who printed it."""

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from gui.pages.audit.filter_line import filter_line
from gui.pages.audit.presenter import EVENT
from gui.pages.audit.trail_list import TrailList
from gui.pages.patient.tab import TABS
from gui.text import named
from gui.widgets.card import Card
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.records import KINDS, Kind
from models.study_types import TrailFilter


class Tab(QWidget):
    """Narrowed to the records of one tab, to one kind of record, and to one field of it."""

    def __init__(self, workspace: Workspace) -> None:
        """Empty until `show_chart`."""
        super().__init__()
        named(self, "tab_history", "History")
        self._chart: PatientChart | None = None
        self.part = named(QComboBox(), "history_part", "Part of the record")
        self.part.addItem("The whole record", ())
        for tab in TABS:
            if tab.kinds:
                self.part.addItem(f"Tab {tab.title}", tuple(sorted(tab.kinds)))
        self.part.addItem("Prints, signatures and other events", (EVENT,))
        self.kind = named(QComboBox(), "history_kind", "Kind of record")
        self.field = named(QComboBox(), "history_field", "Field")
        for box in (self.part, self.kind, self.field):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(18)
        self.list = TrailList(workspace, "history", with_patient=False)
        card = Card("History", "every entry and change, newest first")
        card.body.addWidget(filter_line([("Sho&w", self.part)], [("&Kind", self.kind), ("Fie&ld", self.field)]))
        card.body.addWidget(self.list, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.addWidget(card)
        self.part.currentIndexChanged.connect(self._part_chosen)
        self.kind.currentIndexChanged.connect(self._kind_chosen)
        self.field.currentIndexChanged.connect(self._read)
        self._offer_kinds()

    def show_chart(self, chart: PatientChart) -> None:
        """Show the patient's trail, narrowed as it was."""
        self._chart = chart
        self._read()

    @Slot()
    def _part_chosen(self) -> None:
        self._offer_kinds()
        self._read()

    @Slot()
    def _kind_chosen(self) -> None:
        self._offer_fields()
        self._read()

    @Slot()
    def _read(self) -> None:
        if self._chart is None:
            return
        kind = str(self.kind.currentData() or "")
        kinds = (kind,) if kind else tuple(self.part.currentData())
        field = str(self.field.currentData() or "")
        self.list.show_part(TrailFilter(patient=self._chart.patient.id, kinds=kinds, field=field))

    def _offer_kinds(self) -> None:
        """The kinds of record of the part chosen; for the whole record all that belong to a patient."""
        part = tuple(self.part.currentData())
        kinds = [kind for kind in KINDS.values() if (kind.name in part if part else not kind.of_study)]
        with QSignalBlocker(self.kind):
            self.kind.clear()
            self.kind.addItem("Any", "")
            for kind in sorted(kinds, key=_title):
                self.kind.addItem(kind.title, kind.name)
        self.kind.setEnabled(bool(kinds))
        self._offer_fields()

    def _offer_fields(self) -> None:
        kind = KINDS.get(str(self.kind.currentData() or ""))
        with QSignalBlocker(self.field):
            self.field.clear()
            self.field.addItem("Any", "")
            for field in kind.fields.values() if kind else ():
                self.field.addItem(field.label, field.name)
        self.field.setEnabled(kind is not None)


def _title(kind: Kind) -> str:
    return kind.title
