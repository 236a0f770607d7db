"""Types a whole panel of laboratory values in one grid, and saves it in one transaction."""

from collections.abc import Mapping

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.pages.patient.laboratory.panel_head import PanelHead
from gui.pages.patient.laboratory.weighing import Weighing
from gui.tables.entry_grid import EntryGrid, EntryRow
from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.findings import FindingList
from gui.widgets.form_bar import FormBar
from gui.widgets.form_body import FormBody
from gui.widgets.form_draft import FormDraft, draft_key
from gui.widgets.record_form import CHECK_AFTER
from gui.widgets.why import WhyButton
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.domain.errors import TrialError
from models.domain.findings import Finding, RejectedError, error, errors_of, warnings_of
from models.domain.toxicity.laboratory_tests import known_test
from models.records.laboratory import LabResult
from models.study import Edit

_NAME = "lab_panel"
_TEST = "test/"


class PanelForm(QWidget):
    """`saved` carries the `Changes` after everybody was told; `left` asks the owner to close. Typing stays a draft."""

    saved = Signal(object)
    left = Signal()

    def __init__(
        self, workspace: Workspace, chart: PatientChart, values: Mapping[str, object], parent: QWidget | None = None
    ) -> None:
        """`values` may name `visit`, `collected` and `laboratory`."""
        super().__init__(parent)
        named(self, f"{_NAME}_form", "Laboratory values")
        self._workspace = workspace
        self._chart = chart
        self._weighing = Weighing(chart, workspace.study.ranges(), workspace.desk)
        self._done = False
        self._ready = False
        self._current = ""
        self.head = PanelHead(workspace, chart)
        self.head.start_with(dict(values))
        self._shape: object = None
        self.grid = EntryGrid(_NAME, (), self._judge)
        self._draft = FormDraft(workspace, draft_key(LabResult.kind.name, chart.patient.id), self._texts, self)
        self._start = self.head.texts()
        self._build()
        found = dict(self._draft.found())
        self.head.set_texts(found)
        self._ready = True
        self._rebuild({key.removeprefix(_TEST): text for key, text in found.items() if key.startswith(_TEST)})
        if found:
            self._notice.show_text(self._draft.found_words(), "due", "Discard draft")
        self._bar.show_changed(changed=bool(self._texts()))

    # ---- what the owner asks

    def content_height(self) -> int:
        """The height at which nothing needs scrolling."""
        return self._body.content_height() + self._bar.sizeHint().height() + 80

    def keep_draft(self) -> None:
        """Keep the typing now."""
        if not self._done:
            self._draft.keep()

    def focus_first(self) -> None:
        """Put the cursor where typing goes on: the day, or the first line."""
        day = self.head.rows["collected"].editor
        if day.typed() and self.head.tests():
            self.grid.focus_row(self.head.tests()[0])
        else:
            day.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """However the form goes out of sight, its typing is kept."""
        self.keep_draft()
        super().hideEvent(event)

    # ---- what the person does

    @Slot()
    def save(self) -> bool:
        """Check and save every value typed; doubts are asked about once for the whole panel."""
        edits, findings = self._edits()
        self._findings.show_findings(findings)
        if errors_of(findings) or not edits:
            why = "Correct what is marked." if findings else "Type at least one value."
            self._failure.show_text(f"Not saved yet. {why} What you typed is kept.")
            return False
        doubts = warnings_of(findings)
        reason: str | None = ""
        if doubts:
            reason = self._workspace.ask_reason(self, "Laboratory values: save with a doubtful value", doubts)
        if reason is None:
            return False
        try:
            changes = self._workspace.study.save(self._chart.patient.id, edits, self._workspace.context(reason))
        except RejectedError as rejected:
            self._findings.show_findings(rejected.findings)
            self._failure.show_text("Not saved. Correct what is marked. What you typed is kept.")
            return False
        except TrialError as refused:
            self._failure.show_text(f"Not saved. {refused} What you typed is kept.")
            return False
        self._draft.forget()
        self._done = True
        self._workspace.say(f"{len(edits)} laboratory value{'s' * (len(edits) != 1)} saved")
        self._workspace.changed(changes)
        self.saved.emit(changes)
        return True

    @Slot()
    def leave(self) -> None:
        """Close without saving; the typing stays as a draft."""
        if self._texts():
            self._workspace.say("Not saved. What you typed is kept as a draft")
        self.keep_draft()
        self.left.emit()

    @Slot()
    def discard(self) -> None:
        """Forget the typing and begin again."""
        self._draft.drop()
        self._notice.hide()
        self._failure.hide()
        self._findings.show_findings(())
        self.head.set_texts(self._start)
        self._rebuild(dict.fromkeys(self.grid.texts(), ""))
        self._bar.show_changed(changed=False)
        self.focus_first()

    # ---- making it

    def _build(self) -> None:
        self._notice = Banner(f"{_NAME}_draft")
        self._failure = Banner(f"{_NAME}_failure")
        self._findings = FindingList()
        self._hint = label("", "muted", wrap=True)
        self._reason = label("", wrap=True)
        self.why = WhyButton(f"{_NAME}_why", "Grade")
        self._body = FormBody(None)
        self._body.fields.addWidget(self.head)
        self._body.fields.addWidget(self._hint)
        self._body.fields.addWidget(self.grid)
        self._body.fields.addStretch(1)
        explain = QHBoxLayout()
        explain.addWidget(self._reason, 1)
        explain.addWidget(self.why)
        self._bar = FormBar(_NAME, offer_next=False)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CHECK_AFTER)
        self._timer.timeout.connect(self._check)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        for banner in (self._notice, self._failure):
            lines.addWidget(banner)
        lines.addWidget(self._body, 1)
        lines.addLayout(explain)
        lines.addWidget(self._findings)
        lines.addWidget(self._bar)
        self._notice.pressed.connect(self.discard)
        self.head.edited.connect(self._head_edited)
        self._bar.cancelled.connect(self.leave)
        self._bar.discarded.connect(self.discard)
        self._bar.saving.connect(self.save)
        for keys, slot in (("Ctrl+Return", self.save), ("Ctrl+Enter", self.save), ("Esc", self.leave)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def _rebuild(self, texts: Mapping[str, str] | None = None) -> None:
        """Ask for the tests of the panel; a value typed for another test stays in the grid."""
        typed = {**self.grid.texts(), **(texts or {})}
        head = self.head.head()
        asked = self.head.tests()
        codes = (*asked, *(code for code, text in typed.items() if text and code not in asked))
        rows = [self._weighing.row(known_test(code), head, typed.get(code, "")) for code in codes]
        if (codes, head) == self._shape and texts is None:
            return
        self._shape = (codes, head)
        fresh = EntryGrid(_NAME, rows, self._judge)
        fresh.edited.connect(self._typed)
        self._body.fields.replaceWidget(self.grid, fresh)
        self.grid.hide()
        self.grid.deleteLater()
        self.grid = fresh
        needed = (("the day", head.collected), ("the laboratory", head.laboratory))
        missing = [name for name, value in needed if not value]
        self._hint.setText(f"Ranges and grades need {' and '.join(missing)}." if missing else "")
        self._hint.setVisible(bool(missing))

    # ---- following the typing

    def _judge(self, row: EntryRow, text: str) -> tuple[str, str]:
        return self._weighing.words(row, text, self.head.head())

    @Slot()
    def _head_edited(self) -> None:
        if self._ready:
            self._rebuild()
            self._after_edit()

    @Slot(str)
    def _typed(self, code: str) -> None:
        self._current = code
        self._explain()
        self._after_edit()

    def _after_edit(self) -> None:
        self._draft.note_change()
        self._timer.start()
        self._bar.show_changed(changed=bool(self._texts()))

    def _explain(self) -> None:
        """Say why the value typed last has its grade."""
        try:
            view = self._weighing.view(self._current, self.grid.texts().get(self._current, ""), self.head.head())
        except TrialError as refused:
            self._reason.setText(str(refused))
            self.why.set_derived("", None)
            return
        grading = view.grading if view else None
        self._reason.setText(f"{view.label}: {grading.reason}" if view and grading else "")
        words = "Not graded" if not grading or grading.value.grade is None else f"Grade {grading.value.grade}"
        self.why.set_derived(words, grading)

    def _texts(self) -> dict[str, str]:
        head = {name: text for name, text in self.head.texts().items() if text != self._start[name]}
        values = {f"{_TEST}{code}": text for code, text in self.grid.texts().items() if text}
        return {**head, **values} if values else head

    @Slot()
    def _check(self) -> None:
        self._findings.show_findings(self._edits()[1] if any(self.grid.texts().values()) else ())

    def _edits(self) -> tuple[list[Edit], list[Finding]]:
        """What would be saved, and everything that stands against it."""
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
            if not text:
                continue
            try:
                result = self._weighing.result(code, text, head)
            except TrialError as refused:
                findings.append(error("value", f"{known_test(code).label}: {refused}", "typed.unreadable"))
                continue
            if result is not None and head.collected is not None:
                values = {name: value for name, value in result.values().items() if value is not None}
                edit = Edit(LabResult.kind.name, values, draft=self._draft.key)
                edits.append(edit)
                findings += self._workspace.study.check(self._chart.patient.id, edit)
        return edits, list(dict.fromkeys(findings))
