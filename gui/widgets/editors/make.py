"""The editor that belongs to a field, from its declaration."""

from collections.abc import Sequence

from gui.widgets.editors.choice_editor import ChoiceEditor
from gui.widgets.editors.choices_editor import ChoicesEditor
from gui.widgets.editors.date_editor import DateEditor
from gui.widgets.editors.editor import Editor
from gui.widgets.editors.integer_editor import IntegerEditor
from gui.widgets.editors.moment_editor import MomentEditor
from gui.widgets.editors.note_editor import NoteEditor
from gui.widgets.editors.quantity_editor import QuantityEditor
from gui.widgets.editors.reference_editor import ReferenceEditor
from gui.widgets.editors.text_editor import TextEditor
from gui.widgets.editors.yes_no_editor import YesNoEditor
from models.domain.clock import Clock
from models.domain.codelists import LABORATORY
from models.domain.fields import Field, FieldType
from models.domain.notation import Desk


def editor_for(
    field: Field, desk: Desk, clock: Clock, choices: Sequence[tuple[str, str]] | None = None, *, kind: str = ""
) -> Editor:
    """Make the editor of a field, named `<kind>_<field>` and with the field's label for screen readers.

    `choices` are the pairs of code and words for an open codelist or a reference; a closed codelist brings its own.
    """
    editor = _make(field, desk, clock, choices)
    editor.name_parts(f"{kind}_{field.name}" if kind else field.name, field.label)
    if field.help:
        editor.setToolTip(field.help)
    if field.required:
        editor.expect()
    return editor


def _make(field: Field, desk: Desk, clock: Clock, choices: Sequence[tuple[str, str]] | None) -> Editor:
    if choices is None:
        choices = tuple(field.codelist.terms.items()) if field.codelist else ()
    match field.type:
        case FieldType.TEXT:
            return TextEditor()
        case FieldType.NOTE:
            return NoteEditor()
        case FieldType.CHOICE:
            return ChoiceEditor(choices, free=field.codelist is LABORATORY)
        case FieldType.CHOICES:
            return ChoicesEditor(choices)
        case FieldType.YES_NO:
            return YesNoEditor()
        case FieldType.INTEGER:
            return IntegerEditor(desk)
        case FieldType.QUANTITY:
            return QuantityEditor(field.units, desk)
        case FieldType.DATE:
            return DateEditor(desk, clock)
        case FieldType.MOMENT:
            return MomentEditor(desk, clock)
        case FieldType.REFERENCE:
            return ReferenceEditor(choices)
