"""What the choice fields of a form or list offer, from the study, the dictionary and the patient's own records."""

from gui.widgets.words import Choices, first_words
from gui.workspace import Workspace
from models.domain import dictionary
from models.domain.codelists import AE_TERM, CRITERION, LAB_TEST
from models.domain.fields import Field, FieldType
from models.domain.toxicity.laboratory_tests import find_test
from models.records import Kind


def choices_of(workspace: Workspace, field: Field, patient: int = 0) -> Choices:
    """The pairs of code and words of one field; for a reference, the patient's records of its target kind."""
    if field.type is FieldType.REFERENCE:
        records = workspace.study.chart(patient).records.get(field.target, ()) if patient else ()
        return tuple((str(record.id), first_words(record, workspace.desk)) for record in records)
    if field.codelist is AE_TERM:
        return tuple((term.name, term.name) for term in dictionary.terms(workspace.study.protocol.ctcae_version))
    return workspace.study.choices(field) if field.codelist else ()


def choices_of_kind(workspace: Workspace, kind: Kind, patient: int = 0) -> dict[str, Choices]:
    """The same for every choice field of a kind."""
    chosen = (FieldType.CHOICE, FieldType.CHOICES, FieldType.REFERENCE)
    return {f.name: choices_of(workspace, f, patient) for f in kind.fields.values() if f.type in chosen}


def units_of(workspace: Workspace, kind: Kind, values: dict[str, object]) -> tuple[str, ...]:
    """The units of a quantity that has none of its own: they follow from the test or the criterion chosen beside it."""
    for field in kind.fields.values():
        code = values.get(field.name)
        if field.codelist is LAB_TEST:
            test = find_test(str(code)) if code else None
            return test.accepted_units if test else ()
        if field.codelist is CRITERION:
            found = next((c for c in workspace.study.protocol.criteria if c.code == code), None)
            return (found.unit,) if found and found.unit else ()
    return ()
