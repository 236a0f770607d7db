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
from gui.pages.patient.mrd.following import VisitAndDay
from gui.pages.patient.mrd.side import MrdSide
from gui.widgets.child_table import Children
from gui.widgets.record_dialog import RecordDialog, open_record
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.chart.visit_days import planned_visit
from models.records.molecular import MrdReplicate, MrdResult
from models.records.visits import Sample

FIELDS = (
    "visit",
    "collected",
    "specimen",
    "transcript",
    "target_copies",
    "control_copies",
    "lab_category",
    "lab_ratio",
    "quantifiable_limit",
    "laboratory",
    "reported",
    "comment",
    "control_gene",
    "positive_replicates",
    "replicates",
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
        defaults = {} if record else result_defaults(chart, given)
        words = dict(workspace.study.choices(MrdResult.kind.fields["visit"]))
        self.dialog: RecordDialog = open_record(
            workspace,
            "mrd",
            chart.patient.id,
            record or None,
            defaults,
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
            VisitAndDay(form, chart, defaults, chosen=bool(given.get("visit")))
            form.editor("target_copies" if defaults.get("collected") else "collected").setFocus()
        else:
            self.dialog.add_above(PaperLine(workspace, chart, ("mrd", record)))
        self.side.mutation_wanted.connect(self._ask_for_mutation_test)
        self.dialog.next_wanted.connect(self._go_on)

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
    if record:
        return open_record(workspace, "sample", chart.patient.id, record, parent=parent)
    last = next(iter(reversed(chart.of(Sample))), None)
    code = given.get("visit") or foreseen_visit(chart, given.get("collected"))
    visit = planned_visit(chart.visits, code)
    foreseen: dict[str, object] = {
        "purpose": "MRD",
        "specimen": chart.protocol.mrd.specimen,
        "laboratory": last.laboratory if last else None,
        "visit": code,
        "collected": visit.date if visit else None,
    }
    defaults = {name: value for name, value in {**foreseen, **given}.items() if value is not None}
    dialog = open_record(workspace, "sample", chart.patient.id, None, defaults, parent=parent)
    VisitAndDay(dialog.form, chart, defaults, chosen=bool(given.get("visit")))
    return dialog
