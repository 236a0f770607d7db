"""Step 2: the protocol's criteria one by one, with the verdict as it grows."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from gui.pages.enrolment.criterion import CriterionRow
from gui.pages.enrolment.presenter import STATUS_TONES
from gui.pages.enrolment.step import Step
from gui.text import label
from gui.widgets.card import rule
from gui.widgets.editors.date_editor import DateEditor
from gui.widgets.editors.editor import Editor
from gui.widgets.pill import Pill
from gui.widgets.why import WhyButton
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.domain.findings import Finding
from models.domain.quantities import Quantity
from models.domain.sentence import write_sentence
from models.protocols.eligibility import eligibility
from models.records.patient import EligibilityAnswer
from models.study import Edit

_WIDE = 780
_DATE = "assessed"


class EligibilityStep(Step):
    """A row a criterion. What is answered is saved; what is open stays open and can be answered another day."""

    def __init__(self, workspace: Workspace, chart: PatientChart) -> None:
        """`chart` is of somebody in screening."""
        stored = {answer.criterion: answer for answer in chart.of(EligibilityAnswer)}
        desk = workspace.desk
        self._chart = chart
        self._protocol = chart.protocol
        self._rows = {c.code: CriterionRow(c, stored.get(c.code), desk) for c in chart.protocol.criteria}
        self._assessed = DateEditor(desk, workspace.study.clock)
        self._assessed.name_parts("eligibility_assessed", "Assessed on")
        sentence = "Y, N and W answer, Enter goes on, a value decides by itself. Open answers can follow."
        super().__init__(workspace, chart.patient.id, 1, sentence)
        self.pill = Pill()
        self.verdict = label("", wrap=True)
        self.why = WhyButton("eligibility_why", "Eligibility")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label("Assessed on", "muted"))
        head.addWidget(self._assessed)
        head.addSpacing(12)
        head.addWidget(self.pill)
        head.addWidget(self.verdict, 1)
        head.addWidget(self.why)
        self._assessed.setFixedWidth(190)
        self.body.addLayout(head)
        self._assessed.edited.connect(self._row_edited)
        for row in self._rows.values():
            self.body.addWidget(rule())
            self.body.addWidget(row)
            row.edited.connect(self._row_edited)
        self.body.setSpacing(4)

    def row(self, code: str) -> CriterionRow:
        """The row of a criterion."""
        return self._rows[code]

    def start(self) -> None:
        """Show what is stored; an age in years is taken over from the first step."""
        dates = [row.stored.assessed for row in self._rows.values() if row.stored and row.stored.assessed]
        self._day = dates[-1] if dates else None
        self._assessed.set_value(self._day)
        age = self._chart.patient.age
        for row in self._rows.values():
            row.start()
            if row.stored is None and row.value_editor and row.criterion.unit == "years" and age is not None:
                row.value_editor.set_value(Quantity(Decimal(age), "years", "", str(age)))
                row.show_verdict()
        self._begun = self._typed()
        self._show_verdict()

    def _typed(self) -> dict[str, str]:
        typed = {key: text for row in self._rows.values() for key, text in _typed_in(row).items()}
        return {**typed, _DATE: self._assessed.typed()}

    def texts(self) -> Mapping[str, str]:
        """What differs from the start."""
        return {key: text for key, text in self._typed().items() if text != self._begun[key]}

    def restore(self, texts: Mapping[str, str]) -> None:
        """Put the typing back."""
        for key, text in texts.items():
            code, _, name = key.partition(".")
            if key == _DATE:
                self._assessed.set_typed(text)
            elif code in self._rows and name in self._rows[code].editors:
                self._rows[code].editors[name].set_typed(text)
                self._rows[code].show_verdict()
        self._show_verdict()

    def finish(self) -> None:
        """Take the typing as finished."""
        self._assessed.finish()
        for row in self._rows.values():
            for editor in row.editors.values():
                editor.finish()
            row.show_verdict()

    def edits(self) -> tuple[Edit, ...]:
        """New answers with the day they were assessed on, and of stored ones what was changed.

        Another day goes to what is answered with it; where nothing is, it corrects the answers that had the former day.
        """
        found = []
        redated = self._redated()
        for row in self._rows.values():
            values = row.values()
            if values and row.stored is None:
                entered = {name: value for name, value in values.items() if value is not None}
                assessed = self._assessed.value()
                found.append(Edit("eligibility", {**entered, _DATE: assessed} if assessed else entered))
            elif row.stored is not None and not _typed_in(row).items() <= self._begun.items():
                before = row.stored.values()
                values = values or {"answer": "UNKNOWN", "value": None}
                changed = {name: value for name, value in values.items() if value != before[name]}
                if changed:
                    found.append(Edit("eligibility", {**changed, **redated}, row.stored.id))
        return tuple(found) or self._corrected(redated)

    def _redated(self) -> dict[str, object]:
        """The day, where it is another one than at the start."""
        day = self._assessed.value()
        return {} if self._assessed.problem() or day == self._day else {_DATE: day}

    def _corrected(self, redated: Mapping[str, object]) -> tuple[Edit, ...]:
        stored = (row.stored for row in self._rows.values() if redated)
        return tuple(Edit("eligibility", redated, each.id) for each in stored if each and each.assessed == self._day)

    def editors(self) -> tuple[Editor, ...]:
        """The day, then what each criterion is answered with."""
        return (self._assessed, *(editor for row in self._rows.values() for editor in row.in_order))

    def editor_of(self, edit: Edit, field: str) -> Editor | None:
        """Of the criterion that is answered."""
        if field == _DATE:
            return self._assessed
        for code, row in self._rows.items():
            if edit.values.get("criterion") == code or (edit.id and row.stored and row.stored.id == edit.id):
                return row.editors.get(field) or row.in_order[0]
        return None

    def problems(self) -> Mapping[str, Editor]:
        """The day, and the values of criteria, that cannot be read."""
        typed: dict[str, Editor] = {"Assessed on": self._assessed}
        typed |= {code: row.value_editor for code, row in self._rows.items() if row.value_editor}
        return {label: editor for label, editor in typed.items() if editor.problem()}

    def show_findings(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Below the list: they name their criterion."""
        return tuple(findings)

    def focus_first(self) -> None:
        """The day of assessment, or the first criterion that is open."""
        if not self._assessed.typed():
            self._assessed.setFocus()
            return
        row = next((row for row in self._rows.values() if row.answer() is None), next(iter(self._rows.values())))
        row.in_order[0].setFocus()

    @Slot()
    def _row_edited(self) -> None:
        self._show_verdict()
        self.note_edit()

    def _show_verdict(self) -> None:
        answers = [answer for row in self._rows.values() if (answer := row.answer())]
        result = eligibility(self._protocol, answers)
        words = result.value.status.value
        self.pill.show_word(words, STATUS_TONES[result.value.status])
        desk = self.workspace.desk
        self.verdict.setText(write_sentence(result.reason, desk))
        self.why.set_derived(words.capitalize(), result, desk)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One line a criterion, or several where it is narrow."""
        super().resizeEvent(event)
        for row in self._rows.values():
            row.set_wide(wide=event.size().width() >= _WIDE)


def _typed_in(row: CriterionRow) -> dict[str, str]:
    return {f"{row.criterion.code}.{name}": editor.typed() for name, editor in row.editors.items()}
