"""Step 4: the day of enrolment, and the phases up to study day 1 as they really began."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Slot

from gui.pages.enrolment import presenter
from gui.pages.enrolment.step import Step
from gui.text import label, named
from gui.widgets.editors.editor import Editor
from gui.widgets.editors.make import editor_for
from gui.widgets.field_grid import FieldGrid
from gui.widgets.field_row import FieldRow
from gui.workspace import Workspace
from models.chart.eligible import judged
from models.chart.patient_chart import PatientChart
from models.domain.findings import Finding
from models.domain.partial_dates import PartialDate
from models.domain.sentence import write_sentence
from models.protocols.eligibility import Eligibility
from models.records.patient import Patient
from models.records.treatment import PhaseRun
from models.study import Changes, Context, Edit

_ENROLLED = "enrolled"
_WIDTH = 560


class DayOneStep(Step):
    """Enrols under the next subject number. A phase that has not begun yet is left empty and recorded later."""

    def __init__(self, workspace: Workspace, chart: PatientChart) -> None:
        """`chart` is of somebody in screening."""
        self._chart = chart
        self._phases = {phase.code: phase for phase in presenter.first_phases(chart.protocol)}
        self._begun = presenter.begun(chart)
        self._rows: dict[str, FieldRow] = {}
        sentence = "Enrolment gives the subject number. A phase that has not begun is left empty."
        if self._begun:
            sentence += " One that has begun is corrected on the patient’s page, under Treatment."
        super().__init__(workspace, chart.patient.id, 3, sentence)
        number = chart.patient.subject_number or workspace.study.next_subject_number()
        self.number = named(label(f"Subject number: {number}", "heading", selectable=True), "enrolment_number")
        self.verdict = label("", wrap=True)
        self.body.addWidget(self.number)
        self.body.addWidget(self.verdict)
        fields = {_ENROLLED: Patient.kind.fields["enrolled"]._replace(required=True)}
        began = PhaseRun.kind.fields["began"]
        for code, phase in self._phases.items():
            day_one = code == chart.protocol.day_one_phase
            words = f"{phase.short_label} began{', study day 1' if day_one else ''}"
            fields[code] = began._replace(name=f"began_{code}", label=words, required=False)
        for code, field in fields.items():
            kind = "patient" if code == _ENROLLED else "phase"
            editor = editor_for(field, workspace.desk, workspace.study.clock, kind=kind)
            row = FieldRow(field, editor, workspace.desk, self)
            row.edited.connect(self._field_edited)
            row.left.connect(self._field_left)
            self._rows[code] = row
        grid = FieldGrid(tuple(self._rows.values()))
        grid.setMaximumWidth(_WIDTH)
        self.body.addWidget(grid)
        result = judged(chart)
        why = write_sentence(result.reason, workspace.desk)
        status = result.value.status
        if status is not Eligibility.ELIGIBLE:
            self.verdict.setText(f"Eligibility: {status.value}. {why} Enrolling asks for a reason.")
            self.verdict.setProperty("role", "urgent")
        else:
            self.verdict.setText(why)

    def _stored(self) -> dict[str, PartialDate | None]:
        return {_ENROLLED: self._chart.patient.enrolled, **{code: self._begun.get(code) for code in self._phases}}

    def start(self) -> None:
        """Show what is stored."""
        for code, value in self._stored().items():
            self._rows[code].editor.set_value(value)
            if code in self._begun:
                self._rows[code].editor.hold()

    def texts(self) -> Mapping[str, str]:
        """Dates typed that are not stored."""
        stored = self._stored()
        return {
            code: row.editor.typed()
            for code, row in self._rows.items()
            if row.editor.typed() and (row.editor.value() is None or row.editor.value() != stored[code])
        }

    def restore(self, texts: Mapping[str, str]) -> None:
        """Put the dates back."""
        for code, text in texts.items():
            if code in self._rows and code not in self._begun:
                self._rows[code].editor.set_typed(text)

    def finish(self) -> None:
        """Hold everything against the fields."""
        for row in self._rows.values():
            row.editor.finish()
            row.touched = True

    def edits(self) -> tuple[Edit, ...]:
        """The enrolment, and a record for each phase that has begun."""
        found = []
        enrolled = self._rows[_ENROLLED].editor.value()
        if enrolled is not None and enrolled != self._chart.patient.enrolled:
            number = self._chart.patient.subject_number or self.workspace.study.next_subject_number()
            values = {"subject_number": number, "enrolled": enrolled}
            found.append(Edit("patient", values, self._chart.patient.id))
        for code in self._phases:
            began = self._rows[code].editor.value()
            if began is not None and code not in self._begun:
                found.append(Edit("phase", {"phase": code, "began": began}))
        return tuple(found)

    def editors(self) -> tuple[Editor, ...]:
        """The dates, but for those of the phases that have begun: they stay held."""
        return tuple(row.editor for code, row in self._rows.items() if code not in self._begun)

    def editor_of(self, edit: Edit, field: str) -> Editor | None:
        """The day of enrolment, or the day on which the phase began."""
        code = field if edit.kind == Patient.kind.name else str(edit.values.get("phase"))
        return self._rows[code].editor if code in self._rows else None

    def problems(self) -> Mapping[str, Editor]:
        """Dates that cannot be read, and the day of enrolment where it is missing."""
        return {
            row.field.label: row.editor
            for code, row in self._rows.items()
            if row.editor.problem() or (code == _ENROLLED and row.editor.value() is None)
        }

    def reason_for(self, edits: Sequence[Edit], doubts: Sequence[Finding]) -> str | None:
        """Enrolling is reason enough, unless something speaks against it: a criterion, the consent, a day."""
        if doubts:
            return self.workspace.ask_reason(self, "Enrol although something speaks against it", doubts)
        return super().reason_for(edits, doubts) if self._chart.patient.enrolled else ""

    def store(self, edits: Sequence[Edit], by: Context) -> Changes:
        """Enrol, together with the phases that have begun."""
        enrolment = next((edit for edit in edits if edit.kind == Patient.kind.name), None)
        if enrolment is None or self._chart.patient.enrolled:
            return super().store(edits, by)
        beside = [edit for edit in edits if edit is not enrolment]
        return self.workspace.study.enrol(self.patient, enrolment.values["enrolled"], by, beside, enrolment.draft)

    def show_findings(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Those about the enrolment at its date; those about phases below."""
        own = tuple(f for f in findings if f.field == "enrolled")
        for code, row in self._rows.items():
            row.show_findings(own if code == _ENROLLED else ())
        return tuple(f for f in findings if f not in own)

    def focus_first(self) -> None:
        """The first date that is missing."""
        row = next((row for row in self._rows.values() if not row.editor.typed()), self._rows[_ENROLLED])
        row.editor.setFocus()

    @Slot(object)
    def _field_edited(self, _row: FieldRow) -> None:
        self.note_edit()

    @Slot(object)
    def _field_left(self, row: FieldRow) -> None:
        if row.editor.problem():
            self.check()
