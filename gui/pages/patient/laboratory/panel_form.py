"""Types a whole panel of laboratory values in one grid, and saves it in one transaction."""

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from gui.pages.patient.laboratory.panel_head import PanelHead
from gui.pages.patient.laboratory.weighing import Weighing
from gui.tables.entry_grid import EntryGrid, EntryRow
from gui.text import label
from gui.widgets.form_draft import draft_key
from gui.widgets.grid_form import GridForm
from gui.widgets.why import WhyButton
from gui.workspace import Workspace
from models.chart.laboratory import ALBUMIN, CALCIUM
from models.chart.patient_chart import PatientChart
from models.domain.errors import TrialError
from models.domain.findings import Finding, error
from models.domain.sentence import write_sentence
from models.domain.toxicity.laboratory_tests import known_test
from models.records.laboratory import LabResult
from models.study import Edit

_NAME = "lab_panel"
_TEST = "test/"
_TYPED_HEAD = ("collected", "laboratory")


class PanelForm(GridForm):
    """The day, visit and laboratory above; below a line for each test of the panel, which thinks along."""

    def __init__(self, workspace: Workspace, chart: PatientChart, values: Mapping[str, object]) -> None:
        """`values` may name `visit`, `collected` and `laboratory`."""
        patient = chart.patient.id
        super().__init__(workspace, _NAME, "Laboratory values", draft_key(LabResult.kind.name, patient), patient)
        self._weighing = Weighing(chart, workspace.study.ranges(), workspace.desk)
        self._current = ""
        self._shape: object = None
        self.head = PanelHead(workspace, chart)
        self.head.start_with(dict(values))
        self._start = self.head.texts()
        self.grid = EntryGrid(_NAME, (), self._judge)
        self._hint = label("", "muted", wrap=True)
        self._reason = label("", wrap=True)
        self.why = WhyButton(f"{_NAME}_why", "Grade")
        for widget in (self.head, self._hint, self.grid):
            self.fields.addWidget(widget)
        self.fields.addStretch(1)
        explain = QHBoxLayout()
        explain.addWidget(self._reason, 1)
        explain.addWidget(self.why)
        self.foot.addLayout(explain)
        self._rebuild()
        self.begin()
        self.head.edited.connect(self._head_edited)

    def focus_first(self) -> None:
        """The day, or the first line where the day is given."""
        day = self.head.rows["collected"].editor
        if day.typed() and self.head.tests():
            self.grid.focus_row(self.head.tests()[0])
        else:
            day.setFocus()

    def texts(self) -> dict[str, str]:
        """The head and the lines; another visit or panel alone is nothing to keep.

        The whole head: the next form may begin with another visit's day, on which these values were not measured.
        """
        head = self.head.texts()
        values = {f"{_TEST}{code}": text for code, text in self.grid.texts().items() if text}
        typed = values or any(head[name] != self._start[name] for name in _TYPED_HEAD)
        return {**head, **values} if typed else {}

    def restore(self, texts: Mapping[str, str]) -> None:
        """Head and lines as they were."""
        self.head.set_texts(dict(texts))
        self._rebuild({key.removeprefix(_TEST): text for key, text in texts.items() if key.startswith(_TEST)})

    def clear(self) -> None:
        """Empty lines, and the head as it began."""
        self.head.set_texts(self._start)
        self._rebuild(dict.fromkeys(self.grid.texts(), ""))
        self._explain()

    def edits(self) -> tuple[list[Edit], list[Finding]]:
        """A laboratory value for every line that is not empty."""
        head = self.head.head()
        findings = [
            error("", f"{row.field.label}: {row.editor.problem()}", "typed.unreadable")
            for row in self.head.rows.values()
            if row.editor.problem()
        ]
        if head.collected is None and not self.head.rows["collected"].editor.problem():
            findings.append(error("collected", "Say on which day the sample was collected.", "field.required"))
        edits: list[Edit] = []
        for code, text in self.grid.texts().items():
            try:
                result = self._weighing.result(code, text, head)
            except TrialError as refused:
                findings.append(error("value", f"{known_test(code).label}: {refused}", "typed.unreadable"))
                continue
            if result is not None and head.collected is not None:
                values = {name: value for name, value in result.values().items() if value is not None}
                edit = Edit(LabResult.kind.name, values, draft=self._draft.key)
                edits.append(edit)
                findings += self._workspace.study.check(self._patient, edit)
        return edits, list(dict.fromkeys(findings))

    def _rebuild(self, texts: Mapping[str, str] | None = None) -> None:
        """Ask for the tests of the panel; a value typed for another test stays in the grid."""
        typed = {**self.grid.texts(), **(texts or {})}
        head = self.head.head()
        asked = self.head.tests()
        codes = (*asked, *(code for code, text in typed.items() if text and code not in asked))
        if (codes, head) == self._shape and texts is None:
            return
        self._shape = (codes, head)
        rows = [self._weighing.row(known_test(code), head, typed.get(code, "")) for code in codes]
        fresh = EntryGrid(_NAME, rows, self._judge)
        fresh.edited.connect(self._typed)
        self.fields.replaceWidget(self.grid, fresh)
        self.grid.hide()
        self.grid.deleteLater()
        self.grid = fresh
        fresh.weigh(CALCIUM)
        needed = (("the day", head.collected), ("the laboratory", head.laboratory))
        missing = [name for name, value in needed if not value]
        self._hint.setText(f"Ranges and grades need {' and '.join(missing)}." if missing else "")
        self._hint.setVisible(bool(missing))

    def _judge(self, row: EntryRow, text: str) -> tuple[str, str]:
        return self._weighing.words(row, text, self.head.head(), self._albumin())

    def _albumin(self) -> str:
        return self.grid.texts().get(ALBUMIN, "")

    @Slot()
    def _head_edited(self) -> None:
        self._rebuild()
        self._explain()
        self.after_edit()

    @Slot(str)
    def _typed(self, code: str) -> None:
        self._current = code
        if code == ALBUMIN:
            self.grid.weigh(CALCIUM)
        self._explain()
        self.after_edit()

    def _explain(self) -> None:
        """Say why the value typed last has its grade."""
        text = self.grid.texts().get(self._current, "")
        try:
            view = self._weighing.view(self._current, text, self.head.head(), self._albumin())
        except TrialError as refused:
            self._reason.setText(str(refused))
            self.why.set_derived("", None, self._workspace.desk)
            return
        grading = view.grading if view else None
        desk = self._workspace.desk
        self._reason.setText(f"{view.label}: {write_sentence(grading.reason, desk)}" if view and grading else "")
        words = "Not graded" if not grading or grading.value.grade is None else f"Grade {grading.value.grade}"
        self.why.set_derived(words, grading, desk)
