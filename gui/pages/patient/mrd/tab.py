"""The MRD tab: results under both rule sets, mutation tests, samples, and what has to be asked for."""

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from gui.pages.patient.mrd.entry import MrdEntry, open_mutation, open_sample
from gui.pages.patient.mrd.results import ReasonCard, ResultsList
from gui.text import named
from gui.widgets.banner import Banner
from gui.widgets.record_list import RecordList
from gui.widgets.why import WhyButton
from gui.workspace import Workspace
from models.chart.awaited import mutation_test_since
from models.chart.patient_chart import PatientChart
from models.chart.why import why_numbers
from models.domain.capitals import upper_first
from models.domain.sentence import write_sentence
from models.figures.words import series_name
from models.records.molecular import MrdReplicate, Mutation
from models.records.visits import Sample
from models.reports.desk_words import day_words

_WIDE = 900
"""Pixels from which on tests and samples stand side by side."""


class Tab(QWidget):
    """Three lists; a standing alert stays across the top until a later result answers it."""

    def __init__(self, workspace: Workspace) -> None:
        """Empty until `show_chart`."""
        super().__init__()
        named(self, "tab_mrd", "MRD")
        self._workspace = workspace
        self._chart: PatientChart | None = None
        self.alert = Banner("mrdAlert")
        self.alert_why = WhyButton("mrdAlertWhy", "Alert")
        self.alert.add(self.alert_why)
        self.results = ResultsList(workspace, self._open_result)
        self.reason = ReasonCard(workspace.study.protocol.acronym)
        self.mutations = RecordList(
            workspace,
            Mutation.kind,
            ("collected", "result", "variant", "allele_fraction", "reported"),
            heading="ABL1 mutation tests",
            empty="Tests stand here, asked for or with a result. A sample sent for one stands under Samples sent.",
            open_form=self._open_mutation,
        )
        self.samples = RecordList(
            workspace,
            Sample.kind,
            ("purpose", "collected", "sent", "received"),
            heading="Samples sent",
            empty="Samples on their way stand here.",
            open_form=self._open_sample,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(10)
        for widget, stretch in (
            (self.alert, 0),
            (self.results, 3),
            (self.reason, 0),
        ):
            column.addWidget(widget, stretch)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(10)
        column.addLayout(self._pair, 2)
        for each in (self.mutations, self.samples):
            each.table.setMinimumHeight(150)
            self._pair.addWidget(each, 1)
        self.alert.pressed.connect(self._request_test)
        self.results.table.view.selectionModel().selectionChanged.connect(self._explain)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put tests and samples beside each other where there is room."""
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE
        self._pair.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def show_chart(self, chart: PatientChart) -> None:
        """Show the patient's results, tests and samples."""
        self._chart = chart
        for each in (self.results, self.mutations, self.samples):
            each.show_chart(chart)
        self._show_alert(chart)
        self._explain()

    def open_record(self, kind: str, id_: int, values: Mapping[str, object]) -> None:
        """Open a result, a mutation test or a sample; a replicate opens with its result."""
        assert self._chart is not None
        if kind == "replicate":
            stored = self._chart.record(kind, id_)
            kind, id_ = "mrd", stored.parent if isinstance(stored, MrdReplicate) else 0
        if kind == "mrd":
            MrdEntry(self._workspace, self._chart, id_, values, self.window())
        elif kind == "mutation":
            open_mutation(self._workspace, self._chart, values, self.window(), id_)
        elif kind == "sample":
            open_sample(self._workspace, self._chart, values, self.window(), id_)

    def _open_result(self, id_: int | None) -> None:
        self.open_record("mrd", id_ or 0, {})

    def _open_mutation(self, id_: int | None) -> None:
        self.open_record("mutation", id_ or 0, {})

    def _open_sample(self, id_: int | None) -> None:
        self.open_record("sample", id_ or 0, {})

    def _show_alert(self, chart: PatientChart) -> None:
        """Say what the last standing alert is, and offer the test unless one was taken since."""
        if not chart.alerts:
            self.alert.hide()
            return
        last = chart.alerts[-1]
        kind, when = last.kind.value, day_words(last.collected, self._workspace.desk)
        asked = mutation_test_since(chart, last)
        name = series_name(last.transcript, last.specimen)
        why = write_sentence(last.kind.reason, self._workspace.desk)
        text = f"{upper_first(kind)} on {when}, {name}. {why} {asked or last.prompt}".strip()
        offer = bool(last.prompt) and not asked
        self.alert_why.set_derived(upper_first(kind), last.kind, self._workspace.desk)
        self.alert.show_text(text, "due" if asked else "urgent", "Request mutation test" if offer else "")

    @Slot()
    def _request_test(self) -> None:
        assert self._chart is not None
        last = self._chart.alerts[-1]
        given = {"collected": last.collected, "specimen": last.specimen}
        open_mutation(self._workspace, self._chart, given, self.window())

    @Slot()
    def _explain(self) -> None:
        row = self.results.row_of(self.results.table.chosen())
        numbers = why_numbers(self._chart, row.id) if self._chart and row else None
        self.reason.show_row(row, numbers, self._workspace.desk)
