"""Types a laboratory's reference ranges, a line a test, valid from one day on."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Slot

from gui.pages.settings.regrading import regraded_words
from gui.tables.entry_grid import EntryGrid, EntryRow
from gui.text import label
from gui.widgets.choices_of import choices_of
from gui.widgets.editors.make import editor_for
from gui.widgets.field_grid import FieldGrid
from gui.widgets.field_row import FieldRow
from gui.widgets.form_draft import draft_key
from gui.widgets.grid_form import GridForm
from gui.workspace import Workspace
from models.domain.errors import TrialError
from models.domain.findings import Finding, error, warning
from models.domain.notation import with_unit
from models.domain.range_notation import read_range, write_range
from models.domain.toxicity.laboratory_tests import TESTS, LabTest, known_test
from models.records.laboratory import LabRange
from models.study import Edit

_NAME = "range_set"
_TEST = "test/"
_SHARED = ("laboratory", "valid_from", "sex")


class RangeForm(GridForm):
    """Every test of the program has a line; empty ones are not saved."""

    def __init__(self, workspace: Workspace, laboratory: str, copied: Sequence[LabRange]) -> None:
        """`copied` are ranges that the lines start with, to be saved again from another day on."""
        super().__init__(workspace, _NAME, "Reference ranges", draft_key(LabRange.kind.name, 0), 0)
        self._known = workspace.study.ranges()
        own_last = sorted(self._known, key=lambda row: row.laboratory == laboratory)
        self._units = {row.test: limit.unit for row in own_last if (limit := row.lower or row.upper)}
        self.rows: dict[str, FieldRow] = {}
        for name in _SHARED:
            field = LabRange.kind.fields[name]
            offered = choices_of(workspace, field) if field.codelist else None
            editor = editor_for(field, workspace.desk, workspace.study.clock, offered, kind=_NAME)
            self.rows[name] = FieldRow(field, editor, workspace.desk, self)
        self.rows["laboratory"].editor.set_value(laboratory or None)
        if copied:
            self.rows["sex"].editor.set_value(copied[0].sex)
        self._copied = {row.test: self._written(row) for row in copied}
        self._start = {name: row.editor.typed() for name, row in self.rows.items()}
        rows = [self._row(test) for test in TESTS]
        self.grid = EntryGrid(_NAME, rows, self._judge)
        self.grid.edited.connect(self._typed)
        self.fields.addWidget(FieldGrid(list(self.rows.values()), columns=2))
        mark = workspace.desk.decimal_mark
        words = f"As printed on the reports: 4{mark}0-10{mark}0, or one limit as <41 or >60."
        self.fields.addWidget(label(f"{words} Lines left empty are not saved.", "muted", wrap=True))
        self.fields.addWidget(self.grid)
        self.fields.addStretch(1)
        for row in self.rows.values():
            row.edited.connect(self._head_edited)
        self.begin()

    def focus_first(self) -> None:
        """The first question above that has no answer."""
        empty = next((row for row in self.rows.values() if not row.editor.typed()), self.rows["valid_from"])
        empty.editor.setFocus()

    def texts(self) -> dict[str, str]:
        """What differs from the start."""
        head = {name: row.editor.typed() for name, row in self.rows.items() if row.editor.typed() != self._start[name]}
        lines = {
            f"{_TEST}{code}": text for code, text in self.grid.texts().items() if text != self._copied.get(code, "")
        }
        return {**head, **lines}

    def restore(self, texts: Mapping[str, str]) -> None:
        """Head and lines as they were."""
        for name, row in self.rows.items():
            if name in texts:
                row.editor.set_typed(texts[name])
        self.grid.set_texts({key.removeprefix(_TEST): text for key, text in texts.items() if key.startswith(_TEST)})

    def clear(self) -> None:
        """As it began."""
        for name, row in self.rows.items():
            row.editor.set_typed(self._start[name])
        self.grid.set_texts({test.code: self._copied.get(test.code, "") for test in TESTS})

    def edits(self) -> tuple[list[Edit], list[Finding]]:
        """A range for every line that is not empty, all from the same day on."""
        findings = [
            error("", f"{row.field.label}: {row.editor.problem()}", "typed.unreadable")
            for row in self.rows.values()
            if row.editor.problem()
        ]
        head = {name: row.editor.value() for name, row in self.rows.items()}
        for name in ("laboratory", "valid_from"):
            if head[name] is None and not self.rows[name].editor.problem():
                findings.append(error(name, f"{self.rows[name].field.label} is missing.", "field.required"))
        edits: list[Edit] = []
        for code, text in self.grid.texts().items():
            if not text:
                continue
            try:
                lower, upper = self._read(known_test(code), text)
            except TrialError as refused:
                findings.append(error("", f"{known_test(code).label}: {refused}", "typed.unreadable"))
                continue
            if any(finding.rule == "field.required" for finding in findings):
                continue
            values = {**head, "test": code, "lower": lower, "upper": upper}
            edit = Edit(
                LabRange.kind.name,
                {name: value for name, value in values.items() if value is not None},
                draft=self._draft.key,
            )
            findings += self._workspace.study.check(0, edit)
            edits.append(edit)
        return edits, list(dict.fromkeys(findings))

    def doubts_at_saving(self, edits: Sequence[Edit]) -> Sequence[Finding]:
        """That grades change in what is signed or locked, where a range holds from a day in the past."""
        found = [*self._known, *(LabRange(**edit.values) for edit in edits)]
        regraded = self._workspace.study.signing.regraded(found)
        return (warning("", regraded_words(regraded), "range.regrades"),) if regraded.settled else ()

    def _row(self, test: LabTest) -> EntryRow:
        unit = self._units.get(test.code, test.unit)
        return EntryRow(test.code, test.label, unit, text=self._copied.get(test.code, ""))

    def _written(self, row: LabRange) -> str:
        words = write_range(row.lower, row.upper, self._workspace.desk)
        limit = row.lower or row.upper
        usual = self._units.get(row.test, known_test(row.test).unit)
        return with_unit(words, limit.unit) if limit and limit.unit != usual else words

    def _read(self, test: LabTest, text: str) -> tuple[object, object]:
        usual = self._units.get(test.code, test.unit)
        units = (usual, *(unit for unit in test.accepted_units if unit != usual))
        return read_range(text, units, self._workspace.desk)

    def _judge(self, row: EntryRow, text: str) -> tuple[str, str]:
        try:
            self._read(known_test(row.name), text)
        except TrialError:
            return "cannot be read", "urgent"
        return "", ""

    @Slot(object)
    def _head_edited(self, _row: FieldRow) -> None:
        self.after_edit()

    @Slot(str)
    def _typed(self, _code: str) -> None:
        self.after_edit()
