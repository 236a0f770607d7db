"""The form of an adverse event: what happened, its grades, how serious it was, and what each drug had to do with it."""

from collections.abc import Mapping, Sequence
from typing import cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.pages.patient.adverse_events.side import EventSide
from gui.widgets.child_table import Children, ChildTable
from gui.widgets.editors.choice_editor import ChoiceEditor
from gui.widgets.field_grid import FieldGrid
from gui.widgets.record_dialog import RecordDialog
from gui.widgets.record_form import RecordForm
from gui.widgets.term_picker import TermPicker
from gui.workspace import Workspace
from models.chart.events import EventView
from models.chart.patient_chart import PatientChart
from models.domain import dictionary
from models.domain.codelists import GRADE
from models.records.safety import AdverseEvent, AeDrug, AeGrade

_WHAT = ("term", "verbatim", "version", "scale", "began", "ended", "ongoing", "outcome")
_HOW_GRAVE = ("serious", "seriousness", "aware", "reported", "expected", "treatment", "comment")
_IF_SERIOUS = ("seriousness", "aware", "reported", "expected")


class EventForm(RecordForm):
    """Knows the dictionary: terms of its version, grades that exist, and what belongs to serious events only."""

    def __init__(
        self,
        workspace: Workspace,
        chart: PatientChart,
        view: EventView | None,
        defaults: Mapping[str, object],
        parent: QWidget | None = None,
    ) -> None:
        """`view` is the event that is corrected, None enters a new one that starts with `defaults`."""
        protocol = workspace.study.protocol
        self._term = TermPicker(view.record.version if view else protocol.ctcae_version)
        self._term.name_parts("adverse_event_term", "Adverse event")
        judged = [{"drug": drug.code} for drug in protocol.drugs if drug.causality]
        super().__init__(
            workspace,
            AdverseEvent.kind,
            chart.patient.id,
            view.record if view else None,
            {"version": protocol.ctcae_version, **defaults},
            fields=(*_WHAT, *_HOW_GRAVE),
            editors={"term": self._term},
            children=(
                Children(AeGrade.kind, view.grades if view else (), ({},)),
                Children(AeDrug.kind, view.drugs if view else (), judged),
            ),
            side=EventSide(workspace),
            parent=parent,
        )
        self._reorder()
        self.values_changed.connect(self._follow)
        self._follow(self.values())

    def _reorder(self) -> None:
        """Let the grades follow what happened, before the long rest of the form."""
        rows, column = self._fields.rows, self._body.fields
        whole = self._body.findChild(FieldGrid)
        what = FieldGrid([rows[name] for name in _WHAT])
        grave = FieldGrid([rows[name] for name in _HOW_GRAVE])
        if whole:
            column.removeWidget(whole)
            whole.deleteLater()
        grades, drugs = self._tables
        # The Tab key follows the order in which parts enter the window: each block leaves it and enters it again.
        # Setting an order widget by widget parts editors from the lines inside them, and the Tab key runs in circles.
        for place, block in enumerate((what, grades, grave, drugs)):
            column.removeWidget(block)
            block.setParent(None)
            column.insertWidget(place, block)

    @Slot(object)
    def _follow(self, values: object) -> None:
        typed = cast("Mapping[str, object]", values)
        if typed.get("version") in dictionary.VERSIONS:
            self._term.set_version(str(typed["version"]))
        for name in _IF_SERIOUS:
            row = self._fields.rows[name]
            needed = typed.get("serious") is True or bool(row.editor.typed())
            row.label.setVisible(needed)
            row.cell.setVisible(needed)
        offered = grade_choices(self._term.version, str(typed.get("term") or ""), typed.get("scale"))
        for table in self._tables:
            _offer_grades(table, offered)
            _show_whole_drugs(table)


def _offer_grades(table: ChildTable, offered: Sequence[tuple[str, str]]) -> None:
    if table.kind.name != AeGrade.kind.name:
        return
    for editors in table.editors:
        editor = editors["grade"]
        if isinstance(editor, ChoiceEditor) and editor.choices != tuple(offered):
            editor.set_choices(offered)


def _show_whole_drugs(table: ChildTable) -> None:
    """Give the names of the drugs, which begin alike, the room that they need."""
    for editors in table.editors:
        editor = editors.get("drug")
        if isinstance(editor, ChoiceEditor):
            editor.box.setMinimumContentsLength(max(len(words) for _, words in editor.choices))


def grade_choices(version: str, term: str, scale: object = None) -> tuple[tuple[str, str], ...]:
    """The grades that exist for a term; all five where the term or the scale is not CTCAE's."""
    known = dictionary.term(version, term) if scale in (None, "CTCAE") else None
    grades = known.grades if known else tuple(int(code) for code in GRADE.terms)
    return tuple((str(grade), GRADE.label(str(grade))) for grade in grades)


def open_event(
    workspace: Workspace,
    chart: PatientChart,
    view: EventView | None,
    defaults: Mapping[str, object],
    parent: QWidget,
) -> RecordDialog:
    """Open the form of an event in a dialog."""
    dialog = RecordDialog(EventForm(workspace, chart, view, defaults), f"Adverse event · {chart.label}", parent)
    dialog.show()
    return dialog


def open_grade(
    workspace: Workspace, chart: PatientChart, view: EventView, grade: AeGrade | None, parent: QWidget
) -> RecordDialog:
    """Open the form of one grade of an event; None enters the grade from a day on."""
    offered = grade_choices(view.record.version, view.record.term, view.record.scale)
    form = RecordForm(
        workspace,
        AeGrade.kind,
        chart.patient.id,
        grade,
        choices={"grade": offered},
        parent_record=0 if grade else view.record.id,
    )
    dialog = RecordDialog(form, f"Grade of {view.record.name} · {chart.label}", parent)
    dialog.show()
    return dialog


def open_drug(
    workspace: Workspace, chart: PatientChart, view: EventView, drug: AeDrug | None, parent: QWidget
) -> RecordDialog:
    """Open the form of the judgement about one drug; None judges another drug."""
    judged = {each.drug for each in view.drugs}
    left = [(d.code, d.name) for d in workspace.study.protocol.drugs if d.code not in judged]
    form = RecordForm(
        workspace,
        AeDrug.kind,
        chart.patient.id,
        drug,
        choices={} if drug else {"drug": left},
        parent_record=0 if drug else view.record.id,
    )
    dialog = RecordDialog(form, f"Drug and {view.record.name} · {chart.label}", parent)
    dialog.show()
    return dialog
