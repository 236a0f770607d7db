"""The tab: from who takes part to how it ended, section by section."""

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.pages.patient.baseline.assessment_side import AssessmentSide
from gui.pages.patient.baseline.eligibility import EligibilityCard
from gui.pages.patient.baseline.identity import IdentityCard
from gui.pages.patient.baseline.presenter import by_numbers, by_numbers_words, lesion_remark
from gui.tables.rows_model import Column
from gui.widgets.fitted import fit_height
from gui.widgets.record_card import RecordCard
from gui.widgets.record_dialog import RecordDialog, open_record
from gui.widgets.record_list import RecordList
from gui.widgets.sections import Sections
from gui.widgets.why import WhyButton
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.domain.sentence import write_sentence
from models.records.disease import Assessment, Disease, History, Lesion, Relapse
from models.records.outcome import Contact, Death, Disposition
from models.records.patient import Consent, EligibilityAnswer, Identity, Patient


class Tab(QWidget):
    """Sections below each other, with an index."""

    def __init__(self, workspace: Workspace) -> None:
        """Filled by `show_chart`."""
        super().__init__()
        self._workspace = workspace
        self._chart: PatientChart | None = None
        self.patient = RecordCard(
            workspace, Patient.kind, heading="Demographics", quiet=_IF_IT_APPLIES, withdrawable=False
        )
        self.identity = IdentityCard(workspace)
        self.eligibility = EligibilityCard(workspace)
        self.disease = RecordCard(workspace, Disease.kind, empty=_DISEASE)
        self.death = RecordCard(workspace, Death.kind, empty="The patient is not recorded as dead.")
        self.ikzf1_why = WhyButton("baseline_ikzf1_why", "IKZF1 class")
        self.lists = {
            kind.name: RecordList(workspace, kind, columns, heading=heading, empty=empty)
            for kind, heading, columns, empty in (
                (Consent.kind, "Consent", ("version", "signed", "taken_by", "withdrawn", "comment"), _CONSENT),
                (Lesion.kind, "Copy-number calls", ("gene", "call", "method", "collected", "comment"), _LESION),
                (History.kind, "Medical history", ("term", "category", "began", "ended", "ongoing"), _HISTORY),
                (Relapse.kind, "Relapse", ("found", "sites", "marrow_blasts", "comment"), _RELAPSE),
                (Disposition.kind, "End of treatment or study", ("event", "date", "reason", "comment"), _END),
                (Contact.kind, "Follow-up contacts", ("date", "in_remission", "source", "treatment"), _ALIVE),
            )
        }
        self.assessments = RecordList(
            workspace,
            Assessment.kind,
            ("assessed", "visit", "marrow_blasts", "neutrophils", "platelets", "response"),
            heading="Response assessments",
            empty="Marrow, blood and counts of an assessment, and the investigator's judgement.",
            extra=(Column("By the numbers", by_numbers_words, tip=self._reason),),
            open_form=self._open_assessment,
        )
        self.lists[Assessment.kind.name] = self.assessments
        lesions = self.lists[Lesion.kind.name]
        lesions.corner.insertWidget(0, self.ikzf1_why)
        self._cards = {
            Patient.kind.name: self.patient,
            Identity.kind.name: self.identity,
            Disease.kind.name: self.disease,
            Death.kind.name: self.death,
        }
        self.sections = Sections("baseline", "Baseline")
        for name, title, part in (
            (Patient.kind.name, "Demographics", self.patient),
            (Identity.kind.name, "Identity", self.identity),
            (Consent.kind.name, "Consent", self.lists[Consent.kind.name]),
            (EligibilityAnswer.kind.name, "Eligibility", self.eligibility),
            (Disease.kind.name, "Disease", self.disease),
            (Lesion.kind.name, "Copy-number calls", lesions),
            (History.kind.name, "Medical history", self.lists[History.kind.name]),
            (Assessment.kind.name, "Responses", self.assessments),
            (Relapse.kind.name, "Relapse", self.lists[Relapse.kind.name]),
            (Disposition.kind.name, "End of treatment", self.lists[Disposition.kind.name]),
            (Contact.kind.name, "Follow-up", self.lists[Contact.kind.name]),
            (Death.kind.name, "Death", self.death),
        ):
            self.sections.add(name, title, part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sections)
        self.eligibility.wanted.connect(self._open_answer)

    def show_chart(self, chart: PatientChart) -> None:
        """Show a patient."""
        self._chart = chart
        for card in self._cards.values():
            card.show_chart(chart)
        for each in self.lists.values():
            each.show_chart(chart)
            fit_height(each.table)
        self.eligibility.show_chart(chart, self._workspace.desk)
        self.lists[Lesion.kind.name].remark.setText(lesion_remark(chart))
        called = chart.ikzf1 if chart.of(Lesion) else None
        self.ikzf1_why.set_derived(chart.ikzf1.value, called, self._workspace.desk)

    def open_record(self, kind: str, id_: int, values: Mapping[str, object]) -> None:
        """Open a record, or a new form; a kind of which there is one opens the one there is."""
        if self._chart is None:
            return
        self.sections.show_part(kind)
        if kind in self._cards:
            self._cards[kind].open_form()
        elif kind == Assessment.kind.name:
            self._show_assessment(id_ or None, values)
        else:
            open_record(self._workspace, kind, self._chart.patient.id, id_ or None, values, parent=self.window())

    @Slot(str, int)
    def _open_answer(self, criterion: str, record: int) -> None:
        if self._chart is not None:
            kind, patient = EligibilityAnswer.kind.name, self._chart.patient.id
            open_record(self._workspace, kind, patient, record or None, {"criterion": criterion}, parent=self.window())

    def _open_assessment(self, record: int | None) -> None:
        self._show_assessment(record, {})

    def _show_assessment(self, record: int | None, values: Mapping[str, object]) -> RecordDialog | None:
        if self._chart is None:
            return None
        return open_record(
            self._workspace,
            Assessment.kind.name,
            self._chart.patient.id,
            record,
            values,
            parent=self.window(),
            side=AssessmentSide(self._workspace.desk),
        )

    def _reason(self, assessment: Assessment) -> str:
        return write_sentence(by_numbers(assessment).reason, self._workspace.desk)


_IF_IT_APPLIES = ("screen_failure", "screen_failure_reason", "synthetic")
_CONSENT = "Each version of the consent form with the day on which it was signed."
_DISEASE = "Blood count, blasts, transcript, karyotype and CNS status as they were found."
_LESION = "The call of each gene. The IKZF1 class is worked out from them."
_HISTORY = "Illnesses and operations before the study, earlier cancers and allergies."
_RELAPSE = "A haematologic or extramedullary relapse; an isolated one in the nervous system counts."
_END = "The end of protocol treatment, or of taking part, with its reason."
_ALIVE = "Days on which the patient was known to be alive, besides the visits."
