"""Step 1: who is screened, and the consent. The first saving gives the person a screening number."""

from collections.abc import Sequence

from PySide6.QtCore import Slot

from gui.pages.enrolment.groups import Group, GroupStep
from gui.pages.enrolment.presenter import age_on
from gui.widgets.field_row import FieldRow
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.records.patient import Consent, Identity, Patient
from models.study import Changes, Context, Edit


class PersonStep(GroupStep):
    """Screening number, sex, age or date of birth, identity apart, consent."""

    def __init__(self, workspace: Workspace, chart: PatientChart | None) -> None:
        """`chart` is None for somebody who is not in the study yet."""
        groups = (
            Group(
                Patient.kind,
                ("screening_number", "screened", "sex", "age"),
                "Screening",
                chart.patient if chart else None,
                needed=True,
                defaults={"screening_number": workspace.study.next_screening_number()},
            ),
            Group(
                Consent.kind,
                ("version", "signed", "taken_by"),
                "Informed consent",
                next(iter(chart.of(Consent)), None) if chart else None,
            ),
            Group(
                Identity.kind,
                ("birth_date", "family_name", "given_name", "hospital_number"),
                "Identity, kept apart and never exported by default",
                chart.identity if chart else None,
            ),
        )
        sentence = "The number stays with the person for good. The age follows from the date of birth."
        super().__init__(workspace, chart.patient.id if chart else 0, 0, sentence, groups)
        self._age_typed = chart is not None and chart.patient.age not in (None, _following_age(chart))

    @Slot(object)
    def field_edited(self, row: FieldRow) -> None:
        """The age follows from date of birth and consent until somebody types it."""
        if row.field.name == "age":
            self._age_typed = bool(row.editor.typed())
        elif row.field.name in ("birth_date", "signed", "screened") and not self._age_typed:
            day = self.value("consent", "signed") or self.value("patient", "screened")
            self.row("patient", "age").editor.set_value(age_on(self.value("identity", "birth_date"), day))
        super().field_edited(row)

    def store(self, edits: Sequence[Edit], by: Context) -> Changes:
        """A new person is taken into screening."""
        if self.patient:
            return super().store(edits, by)
        return self.workspace.study.screen(edits, by)


def _following_age(chart: PatientChart) -> int | None:
    """The age that follows from what is stored: where another one stands, somebody typed it."""
    consent = next(iter(chart.of(Consent)), None)
    born = chart.identity.birth_date if chart.identity else None
    return age_on(born, consent.signed if consent else chart.patient.screened)
