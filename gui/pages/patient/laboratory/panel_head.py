"""The upper part of the panel entry: day, visit, laboratory, and which tests are asked for."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.pages.patient.laboratory.weighing import Head
from gui.widgets.choices_of import choices_of
from gui.widgets.editors.choice_editor import ChoiceEditor
from gui.widgets.editors.make import editor_for
from gui.widgets.field_grid import FieldGrid
from gui.widgets.field_row import FieldRow
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.chart.visit_days import planned_visit
from models.domain.capitals import upper_first
from models.domain.fields import Codelist, Field, FieldType
from models.domain.partial_dates import PartialDate
from models.domain.toxicity.laboratory_tests import TESTS
from models.records.laboratory import LabResult

OF_VISIT, OF_PROTOCOL, EVERY = "visit", "protocol", "every"
_PANEL = Field(
    "panel", "Panel", FieldType.CHOICE, "Which tests are asked for", codelist=Codelist("Panel", {}, open=True)
)


class PanelHead(QWidget):
    """`edited` follows every change."""

    edited = Signal()

    def __init__(self, workspace: Workspace, chart: PatientChart, parent: QWidget | None = None) -> None:
        """Starts with the laboratory of the patient's last value."""
        super().__init__(parent)
        self._chart = chart
        fields = LabResult.kind.fields
        self.rows: dict[str, FieldRow] = {}
        for name in ("collected", "visit", "laboratory"):
            field = fields[name]
            offered = choices_of(workspace, field, chart.patient.id) if field.codelist else None
            editor = editor_for(field, workspace.desk, workspace.study.clock, offered, kind="lab_panel")
            self.rows[name] = FieldRow(field, editor, workspace.desk, self)
        panel = ChoiceEditor(self._panels())
        panel.name_parts("lab_panel_panel", "Panel")
        self.rows["panel"] = FieldRow(_PANEL, panel, workspace.desk, self)
        for row in self.rows.values():
            row.edited.connect(self._edited)
        self.rows["visit"].left.connect(self._follow_visit)
        last = next((r for r in reversed(chart.of(LabResult)) if r.laboratory), None)
        self.rows["laboratory"].editor.set_value(last.laboratory if last else None)
        panel.set_value(OF_PROTOCOL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(FieldGrid(list(self.rows.values()), columns=2))

    def head(self) -> Head:
        """What is entered."""
        collected, visit, laboratory = (self.rows[name].editor.value() for name in ("collected", "visit", "laboratory"))
        return Head(
            collected if isinstance(collected, PartialDate) else None,
            str(visit) if visit else None,
            str(laboratory) if laboratory else None,
        )

    def tests(self) -> tuple[str, ...]:
        """The codes of the tests asked for, in the order of the laboratory grid."""
        protocol = self._chart.protocol
        panel = self.rows["panel"].editor.value()
        if panel == EVERY:
            return tuple(test.code for test in TESTS)
        names = [str(panel)] if panel in protocol.panels else list(protocol.panels)
        if panel == OF_VISIT:
            plan = protocol.visit(self.head().visit or "")
            names = list(plan.panels) if plan and plan.panels else names
        wanted = {code for name in names for code in protocol.panels[name]}
        return tuple(test.code for test in TESTS if test.code in wanted)

    def start_with(self, values: dict[str, object]) -> None:
        """Starting values: of a visit its day and its panels."""
        for name, value in values.items():
            if name in self.rows:
                self.rows[name].editor.set_value(value)
        self._follow_visit()

    def texts(self) -> dict[str, str]:
        """What is typed, for a draft."""
        return {name: row.editor.typed() for name, row in self.rows.items()}

    def set_texts(self, texts: dict[str, str]) -> None:
        """Put the typing of a draft back."""
        for name, text in texts.items():
            if name in self.rows:
                self.rows[name].editor.set_typed(text)

    @Slot()
    def _follow_visit(self) -> None:
        """Let the visit chosen bring its day and its panels, where none was typed."""
        visit = planned_visit(self._chart.visits, self.head().visit)
        if visit is None:
            return
        day = self.rows["collected"].editor
        if visit.date is not None and visit.date.full and not day.typed().strip():
            day.set_value(visit.date)
        if visit.plan and visit.plan.panels and self.rows["panel"].editor.value() == OF_PROTOCOL:
            self.rows["panel"].editor.set_value(OF_VISIT)
        self.edited.emit()

    @Slot(object)
    def _edited(self, _row: FieldRow) -> None:
        self.edited.emit()

    def _panels(self) -> list[tuple[str, str]]:
        own = [(name, upper_first(name)) for name in self._chart.protocol.panels]
        return [(OF_PROTOCOL, "All of the protocol"), (OF_VISIT, "All of the visit"), *own, (EVERY, "Every test")]
