"""A step made of fields of several kinds of record, saved together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Slot

from gui.pages.enrolment.step import Step
from gui.text import label
from gui.widgets.editors.editor import Editor
from gui.widgets.field_grid import FieldGrid
from gui.widgets.field_row import FieldRow
from gui.widgets.form_fields import FormFields
from gui.workspace import Workspace
from models.domain.findings import Finding
from models.records import Kind, Record
from models.study import Edit


@dataclass(frozen=True)
class Group:
    """Fields of one record: the stored one, or a new one that begins with `defaults`.

    Defaults of fields that are not shown are saved too. A new record in which nothing is entered is not saved, unless
    it is `needed`.
    """

    kind: Kind
    shown: tuple[str, ...]
    title: str
    record: Record | None = None
    needed: bool = False
    defaults: Mapping[str, object] = field(default_factory=dict)


class GroupStep(Step):
    """Groups one below the other. The names of fields are unique over the kinds shown together."""

    def __init__(self, workspace: Workspace, patient: int, number: int, sentence: str, groups: Sequence[Group]) -> None:
        """Shows what is stored, and an earlier draft."""
        self._groups = tuple(groups)
        self._fields: dict[str, FormFields] = {}
        super().__init__(workspace, patient, number, sentence)
        grids: list[FieldGrid] = []
        for group in self._groups:
            fields = FormFields(workspace, group.kind, patient, group.shown, {}, {}, self)
            fields.edited.connect(self.field_edited)
            fields.left.connect(self.field_left)
            self._fields[group.kind.name] = fields
            self.body.addWidget(label(group.title, "heading"))
            grids.append(FieldGrid(tuple(fields.rows.values()), 2))
            self.body.addWidget(grids[-1])
        for grid in grids:
            grid.share_labels(grids)

    def row(self, kind: str, name: str) -> FieldRow:
        """The row of a field."""
        return self._fields[kind].rows[name]

    def value(self, kind: str, name: str) -> object:
        """What is entered in a field."""
        return self.row(kind, name).editor.value()

    def start(self) -> None:
        """Show stored values and defaults."""
        for group in self._groups:
            start = group.record.values() if group.record else group.defaults
            self._fields[group.kind.name].start(start, touched=group.record is not None)

    def texts(self) -> Mapping[str, str]:
        """What differs from the start, by kind and field."""
        return {
            f"{kind}.{name}": text for kind, fields in self._fields.items() for name, text in fields.texts().items()
        }

    def restore(self, texts: Mapping[str, str]) -> None:
        """Put typing back."""
        for kind, fields in self._fields.items():
            begin = f"{kind}."
            fields.restore({key.removeprefix(begin): text for key, text in texts.items() if key.startswith(begin)})

    def finish(self) -> None:
        """Hold everything against the fields, also what is missing."""
        for fields in self._fields.values():
            fields.finish()

    def edits(self) -> tuple[Edit, ...]:
        """New records that have anything in them, and of stored ones what was changed."""
        found = (self._edit(group) for group in self._groups)
        return tuple(edit for edit in found if edit is not None)

    def _edit(self, group: Group) -> Edit | None:
        values = self._fields[group.kind.name].readable()
        if group.record is not None:
            before = group.record.values()
            changed = {name: value for name, value in values.items() if value != before[name]}
            return Edit(group.kind.name, changed, group.record.id) if changed else None
        entered = {name: value for name, value in values.items() if value is not None}
        if not entered and not group.needed:
            return None
        return Edit(group.kind.name, {**group.defaults, **entered})

    def editors(self) -> tuple[Editor, ...]:
        """Group by group."""
        return tuple(row.editor for fields in self._fields.values() for row in fields.rows.values())

    def editor_of(self, edit: Edit, field: str) -> Editor | None:
        """Of the kind that is saved."""
        row = self._fields[edit.kind].rows.get(field)
        return row.editor if row else None

    def problems(self) -> Mapping[str, Editor]:
        """The fields that cannot be read, or are missing."""
        wrong: dict[str, Editor] = {}
        for group in self._groups:
            for row in self._fields[group.kind.name].rows.values():
                missing = row.field.required and row.editor.value() is None
                if row.editor.problem() or (missing and (group.needed or self._edit(group) is not None)):
                    wrong[row.field.label] = row.editor
        return wrong

    def show_findings(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Each beside its field."""
        for fields in self._fields.values():
            fields.show(findings)
        shown = {name for fields in self._fields.values() for name in fields.rows}
        return tuple(finding for finding in findings if finding.field not in shown)

    def focus_first(self) -> None:
        """The first field in which nothing is entered."""
        rows = [row for fields in self._fields.values() for row in fields.rows.values()]
        row = next((row for row in rows if not row.editor.typed()), rows[0])
        row.editor.setFocus()

    @Slot(object)
    def field_edited(self, _row: FieldRow) -> None:
        """A keystroke."""
        self.note_edit()

    @Slot(object)
    def field_left(self, row: FieldRow) -> None:
        """The cursor has left a field."""
        if row.editor.problem() or row.field.required:
            self.check()
