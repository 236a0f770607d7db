"""The fields of a form: made from their declarations, filled, read, and watched."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from gui.widgets.choices_of import choices_of, units_of
from gui.widgets.editors.editor import Editor
from gui.widgets.editors.make import editor_for
from gui.widgets.editors.quantity_editor import QuantityEditor
from gui.widgets.field_row import FieldRow
from gui.widgets.words import Choices
from gui.workspace import Workspace
from models.domain.fields import Field, FieldType
from models.domain.findings import Finding
from models.records import Kind

MISSING = "field.required"
"""The rule of a finding that says no more than that a field is empty."""
_CHOSEN = (FieldType.CHOICE, FieldType.CHOICES, FieldType.REFERENCE)


class FormFields(QObject):
    """The rows of a form by field name. `edited` and `left` carry the row."""

    edited = Signal(object)
    left = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        kind: Kind,
        patient: int,
        shown: Sequence[str],
        editors: Mapping[str, Editor],
        choices: Mapping[str, Choices],
        parent: QObject,
    ) -> None:
        """`shown` names the fields in their order; `editors` and `choices` replace those from declaration and study."""
        super().__init__(parent)
        self._workspace = workspace
        self._kind = kind
        self.choices: dict[str, Choices] = {}
        self.rows: dict[str, FieldRow] = {}
        self._start: Mapping[str, object] = {}
        self._start_texts: dict[str, str] = {}
        for name in shown:
            field = kind.fields[name]
            offered = choices.get(name) or (choices_of(workspace, field, patient) if field.type in _CHOSEN else None)
            self.choices[name] = offered or ()
            row = FieldRow(field, editors.get(name) or self._make(field, offered), workspace.desk, self)
            row.edited.connect(self._edited)
            row.left.connect(self.left)
            self.rows[name] = row

    def start(self, values: Mapping[str, object], *, touched: bool) -> None:
        """Show these values as what the form begins with."""
        self._start = values
        for name, row in self.rows.items():
            row.editor.set_value(values.get(name))
            row.touched = touched
        self.follow_units()
        self._start_texts = self.typed()

    def restore(self, texts: Mapping[str, str]) -> None:
        """Put the typing of a draft back."""
        for name, text in texts.items():
            if name in self.rows:
                self.rows[name].editor.set_typed(text)
                self.rows[name].touched |= bool(text)
        self.follow_units()

    def values(self) -> dict[str, object]:
        """What is entered; None where nothing is, or nothing that can be read."""
        return {name: row.editor.value() for name, row in self.rows.items()}

    def readable(self) -> dict[str, object]:
        """The same without the fields whose typing cannot be read."""
        return {name: value for name, value in self.values().items() if not self.rows[name].editor.problem()}

    def typed(self) -> dict[str, str]:
        """All that stands in the fields, as it is typed."""
        return {name: row.editor.typed() for name, row in self.rows.items()}

    def texts(self) -> dict[str, str]:
        """What is typed and differs from how the form began."""
        return {name: text for name, text in self.typed().items() if text != self._start_texts[name]}

    def unreadable(self) -> list[FieldRow]:
        """The fields whose typing cannot be read."""
        return [row for row in self.rows.values() if row.editor.problem()]

    def first_empty(self) -> FieldRow:
        """The first field in which nothing is entered; the first of all where none is empty."""
        rows = list(self.rows.values())
        return next((row for row in rows if not row.editor.typed()), rows[0])

    def finish(self) -> None:
        """Take the typing as finished, and hold everything against the fields from now on, also what is missing."""
        for row in self.rows.values():
            row.editor.finish()
            row.touched = True

    def show(self, findings: Sequence[Finding]) -> None:
        """Show beside each field what stands against it, as far as the person has been there."""
        for name, row in self.rows.items():
            heard = row.touched or bool(row.editor.typed().strip())
            about = () if row.editor.problem() else tuple(f for f in findings if f.field == name)
            missing = tuple(f for f in about if f.rule == MISSING)  # says all there is to say about an empty field
            row.show_findings((missing or about) if heard else ())

    def follow_units(self) -> None:
        """Let quantities without a unit of their own take those of the test or criterion chosen."""
        for row in self.rows.values():
            if isinstance(row.editor, QuantityEditor) and not row.field.units:
                row.editor.set_units(units_of(self._workspace, self._kind, {**self._start, **self.values()}))

    def _make(self, field: Field, offered: Choices | None) -> Editor:
        workspace = self._workspace
        return editor_for(field, workspace.desk, workspace.study.clock, offered, kind=self._kind.name)

    @Slot(object)
    def _edited(self, row: FieldRow) -> None:
        self.follow_units()
        self.edited.emit(row)
