"""The tab: the grid, the value chosen with the course of its test, and vital signs."""

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from gui.pages.patient.laboratory.detail import LabDetail
from gui.pages.patient.laboratory.grid import GridView
from gui.pages.patient.laboratory.panel_form import PanelForm
from gui.pages.patient.laboratory.presenter import lab_grid, missing_ranges, summary
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.empty import Empty
from gui.widgets.fitted import fit_height
from gui.widgets.grid_form import GridDialog
from gui.widgets.header import make_button
from gui.widgets.history import HistoryDialog, ValueRef
from gui.widgets.record_dialog import open_record
from gui.widgets.record_list import RecordList
from gui.widgets.value_history import TableHistory
from gui.workspace import Workspace
from models.chart.laboratory import LabView
from models.chart.patient_chart import PatientChart
from models.domain.errors import TrialError
from models.records.laboratory import LabResult, Vitals
from models.study import Right

_GRID_HEIGHT = 330


class Tab(QWidget):
    """Enter on a value opens it; "Enter values" opens the panel."""

    def __init__(self, workspace: Workspace) -> None:
        """Filled by `show_chart`."""
        super().__init__()
        self._workspace = workspace
        self._chart: PatientChart | None = None
        self.missing = Banner("lab_missing_ranges")
        self._failure = Banner("lab_failure")
        self.card = Card("Laboratory", " ")
        self.earlier = make_button("lab_earlier", "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK} &Earlier", look="link")
        self.later = make_button("lab_later", "&Later \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", look="link")
        self.enter = make_button("lab_enter", "E&nter values")
        for button in (self.earlier, self.later, self.enter):
            self.card.corner.addWidget(button)
        self.grid = GridView(workspace.desk)
        empty = Empty(
            "No laboratory value yet",
            "Values stand here by test and date, each with its CTCAE grade. A whole panel is typed at once.",
            "Enter values",
            "lab_offer",
        )
        self._stack = QStackedLayout()
        self._empty, self._filled = empty, self.grid
        self._stack.addWidget(empty)
        self._stack.addWidget(self.grid)
        holder = QWidget()
        holder.setMinimumHeight(_GRID_HEIGHT)
        holder.setLayout(self._stack)
        self.card.body.addWidget(holder, 1)
        self.detail = LabDetail(workspace)
        self.vitals = RecordList(
            workspace,
            Vitals.kind,
            ("measured", "visit", "weight", "temperature", "systolic", "diastolic", "pulse", "ecog"),
            heading="Vital signs",
            empty="Weight, temperature, blood pressure, pulse and performance status of a day.",
            form={"columns": 2},
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(10)
        for widget in (self.missing, self._failure):
            column.addWidget(widget)
        column.addWidget(self.card, 1)
        column.addWidget(self.detail)
        column.addWidget(self.vitals)
        self.missing.pressed.connect(self._open_ranges)
        self.earlier.clicked.connect(self.grid.show_earlier)
        self.later.clicked.connect(self.grid.show_later)
        self.enter.clicked.connect(self.enter_values)
        empty.button.clicked.connect(self.enter_values)
        workspace.permit(Right.ENTER, self.enter, empty.button)
        self.grid.samples_changed.connect(self._follow_samples)
        self.grid.chosen.connect(self._chosen)
        self.grid.opened.connect(self._open_view)
        TableHistory(workspace, self.grid, self._asked_about)
        self.detail.wanted.connect(self._wanted)
        self.detail.opened.connect(self._choose)

    def show_chart(self, chart: PatientChart) -> None:
        """Show a patient's values."""
        another = self._chart is None or self._chart.patient.id != chart.patient.id
        self._chart = chart
        self._failure.hide()
        desk = self._workspace.desk
        grid = lab_grid(chart, desk)
        if another:
            self.grid.forget_choice()
        self.grid.show_grid(grid, desk)
        self.grid.choose_first()
        self._stack.setCurrentWidget(self._filled if grid.rows else self._empty)
        self.card.remark.setText(summary(grid))
        for widget in (self.enter, self.detail):
            widget.setVisible(bool(grid.rows))
        sentence = missing_ranges(chart)
        if sentence:
            self.missing.show_text(sentence, "due", "Reference ranges")
        else:
            self.missing.hide()
        self.vitals.show_chart(chart)
        fit_height(self.vitals.table, 6)
        self._follow_samples()
        self._chosen(self.grid.current())

    def open_record(self, kind: str, id_: int, values: Mapping[str, object]) -> None:
        """Open a value, or the panel entry with its starting values; or vital signs."""
        if self._chart is None:
            return
        if kind == Vitals.kind.name:
            patient = self._chart.patient.id
            open_record(self._workspace, kind, patient, id_ or None, values, parent=self.window(), columns=2)
        elif id_:
            self.grid.choose(id_)
            self._open(id_)
        else:
            self._enter(values)

    # ---- what a person asks

    @Slot()
    def enter_values(self) -> None:
        """Open the panel entry."""
        self._enter({})

    def _enter(self, values: Mapping[str, object]) -> None:
        if self._chart is not None:
            form = PanelForm(self._workspace, self._chart, values)
            GridDialog(form, f"Laboratory values · {self._chart.label}", self.window()).show()

    def _open(self, record: int) -> None:
        if self._chart is not None:
            open_record(self._workspace, LabResult.kind.name, self._chart.patient.id, record, parent=self.window())

    @Slot(object)
    def _open_view(self, view: LabView) -> None:
        self._open(view.record.id)

    @Slot(int)
    def _choose(self, record: int) -> None:
        self.grid.choose(record)

    @Slot(str)
    def _wanted(self, what: str) -> None:
        view = self.grid.current()
        if view is None or self._chart is None:
            return
        if what == "open":
            self._open(view.record.id)
        elif what == "history":
            HistoryDialog(self._workspace, ValueRef(LabResult.kind.name, view.record.id), self.window()).show()
        else:
            self._withdraw(view)

    def _asked_about(self) -> ValueRef | None:
        view = self.grid.current()
        return ValueRef(LabResult.kind.name, view.record.id, "value") if view else None

    def _withdraw(self, view: LabView) -> None:
        assert self._chart is not None
        what = f"Withdraw a laboratory value\n{self.detail.value.heading.text()}"
        reason = self._workspace.ask_reason(self, what, ())
        if reason is None:
            return
        kind, context = LabResult.kind.name, self._workspace.context(reason)
        try:
            changes = self._workspace.study.void(self._chart.patient.id, kind, view.record.id, context)
        except TrialError as refused:
            self._failure.show_text(f"Not withdrawn. {refused}")
            return
        self._failure.hide()
        self._workspace.say("Laboratory value withdrawn")
        self._workspace.changed(changes)

    @Slot()
    def _open_ranges(self) -> None:
        self._workspace.open_page("settings", section="ranges")

    # ---- following

    @Slot(object)
    def _chosen(self, view: LabView | None) -> None:
        if self._chart is not None:
            self.detail.show_value(self._chart, view)

    @Slot()
    def _follow_samples(self) -> None:
        for button, beyond in ((self.earlier, self.grid.earlier), (self.later, self.grid.later)):
            button.setVisible(bool(self.grid.earlier or self.grid.later))
            button.setEnabled(bool(beyond))
            button.setToolTip(f"{beyond} more sample{'s' * (beyond != 1)}")
