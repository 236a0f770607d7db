"""What the choice fields of a form offer, and what the values of a list are called.

From the study, the dictionary and the patient's own records.
"""

from gui.widgets.words import Choices, first_words
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.domain import dictionary
from models.domain.codelists import AE_TERM, CRITERION, LAB_TEST, LABORATORY
from models.domain.fields import Field, FieldType
from models.domain.toxicity.laboratory_tests import find_test
from models.records import Kind

_NAMES = (AE_TERM, LABORATORY)
"""Open lists of names: what is stored is what is shown."""


def choices_of(workspace: Workspace, field: Field, patient: PatientChart | int = 0) -> Choices:
    """The pairs of code and words that one field offers; for a reference, the patient's records of its target kind.

    `patient` is the chart where it has been read already, else the id.
    """
    if field.type is FieldType.REFERENCE:
        chart = workspace.study.chart(patient) if isinstance(patient, int) and patient else patient
        records = chart.records.get(field.target, ()) if isinstance(chart, PatientChart) else ()
        return tuple((str(record.id), first_words(record, workspace.desk)) for record in records)
    if field.codelist is AE_TERM:
        return tuple((term.name, term.name) for term in dictionary.terms(workspace.study.protocol.ctcae_version))
    return workspace.study.choices(field) if field.codelist else ()


def choices_of_kind(workspace: Workspace, kind: Kind, patient: PatientChart | int = 0) -> dict[str, Choices]:
    """What the values of a kind are called: the pairs of every choice field whose words are not the value itself."""
    chosen = (FieldType.CHOICE, FieldType.CHOICES, FieldType.REFERENCE)
    named = (f for f in kind.fields.values() if f.type in chosen and f.codelist not in _NAMES)
    return {field.name: choices_of(workspace, field, patient) for field in named}


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
