"""Opens the forms of the MRD tab: a result with its replicates, a mutation test, a sample."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from gui.pages.patient.documents.paper_line import PaperLine
from gui.pages.patient.mrd.defaults import (
    foreseen_visit,
    missing_results,
    mutation_defaults,
    result_defaults,
    suggested_replicates,
    visit_choices,
)
from gui.pages.patient.mrd.side import MrdSide
from gui.widgets.child_table import Children
from gui.widgets.record_dialog import RecordDialog, open_record
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.records.molecular import MrdReplicate, MrdResult

FIELDS = (
    "visit",
    "collected",
    "specimen",
    "transcript",
    "target_copies",
    "control_copies",
    "lab_category",
    "laboratory",
    "reported",
    "comment",
    "control_gene",
    "positive_replicates",
    "replicates",
    "lab_ratio",
    "quantifiable_limit",
    "method",
    "international_factor",
)
"""The fields of a result in the order in which a report is read; what few reports have comes last."""


class MrdEntry(QObject):
    """One form of a result, open in a dialog. Lives as long as the dialog."""

    def __init__(
        self, workspace: Workspace, chart: PatientChart, record: int, given: Mapping[str, object], parent: QWidget
    ) -> None:
        """Open it: `record` 0 is a new result, which starts with `given` and what can be foreseen."""
        self._workspace = workspace
        self._chart = chart
        self.side = MrdSide(chart, record, workspace.desk)
        stored = tuple(r for r in chart.of(MrdReplicate) if record and r.parent == record)
        self._defaults = {} if record else result_defaults(chart, given)
        self._visit_given = bool(given.get("visit"))
        words = dict(workspace.study.choices(MrdResult.kind.fields["visit"]))
        self.dialog: RecordDialog = open_record(
            workspace,
            "mrd",
            chart.patient.id,
            record or None,
            self._defaults,
            parent=parent,
            fields=FIELDS,
            choices={"visit": visit_choices(chart, workspace.desk, words)},
            children=(Children(MrdReplicate.kind, stored, suggested_replicates(chart), "Replicates"),),
            side=self.side,
            offer_next=not record and len(missing_results(chart)) > 1,
        )
        super().__init__(self.dialog)
        form = self.dialog.form
        self.side.watch(form)
        self.dialog.add_above(self.side.brief)
        if not record:
            form.editor("visit").edited.connect(self._follow_visit)
            form.editor("collected").edited.connect(self._follow_day)
            form.editor("target_copies" if self._defaults.get("collected") else "collected").setFocus()
        else:
            self.dialog.add_above(PaperLine(workspace, chart, ("mrd", record)))
        self.side.mutation_wanted.connect(self._ask_for_mutation_test)
        self.dialog.next_wanted.connect(self._go_on)

    @Slot()
    def _follow_visit(self) -> None:
        """Another visit was chosen: its day is the day of the sample, unless another one was typed."""
        form = self.dialog.form
        self._visit_given = True
        collected = form.editor("collected")
        if collected.value() not in (None, self._defaults.get("collected")):
            return
        code = form.editor("visit").value()
        visit = next((visit for visit in self._chart.visits if visit.code == code), None)
        if visit and visit.date:
            self._defaults["collected"] = visit.date
            collected.set_value(visit.date)
            form.announce()

    @Slot()
    def _follow_day(self) -> None:
        """Another day was typed: it says which visit the sample belongs to, unless the person chose the visit."""
        form = self.dialog.form
        visit, collected = form.editor("visit"), form.editor("collected")
        if self._visit_given or collected.problem() or visit.value() != self._defaults.get("visit"):
            return
        self._defaults["visit"] = foreseen_visit(self._chart, collected.value())
        visit.set_value(self._defaults["visit"])
        form.announce()

    @Slot()
    def _ask_for_mutation_test(self) -> None:
        values = self.dialog.form.values()
        given = {name: values.get(name) for name in ("collected", "specimen")}
        open_mutation(self._workspace, self._chart, given, self.dialog)

    @Slot()
    def _go_on(self) -> None:
        """Open the form of the next missing result."""
        chart = self._workspace.study.chart(self._chart.patient.id)
        if missing_results(chart):
            window = self.dialog.parentWidget()
            assert window is not None
            MrdEntry(self._workspace, chart, 0, {}, window)
        else:
            self._workspace.say("No further MRD result is missing")


def open_mutation(
    workspace: Workspace, chart: PatientChart, given: Mapping[str, object], parent: QWidget, record: int = 0
) -> RecordDialog:
    """Open the form of a mutation test; a new one is a request until its result is entered."""
    defaults = {} if record else mutation_defaults(chart, given)
    return open_record(workspace, "mutation", chart.patient.id, record or None, defaults, parent=parent)


def open_sample(
    workspace: Workspace, chart: PatientChart, given: Mapping[str, object], parent: QWidget, record: int = 0
) -> RecordDialog:
    """Open the form of a sample; a new one is for MRD and went to the laboratory of the last one."""
    last = next(iter(reversed(chart.records.get("sample", ()))), None)
    missing = missing_results(chart)
    visit = next((v for v in chart.visits if missing and v.code == missing[0]), None)
    foreseen: dict[str, object] = {
        "purpose": "MRD",
        "specimen": chart.protocol.mrd.specimen,
        "laboratory": getattr(last, "laboratory", None),
        "visit": visit.code if visit else None,
        "collected": visit.date if visit else None,
    }
    defaults = {name: value for name, value in {**foreseen, **given}.items() if value is not None}
    return open_record(workspace, "sample", chart.patient.id, record or None, {} if record else defaults, parent=parent)
