"""Records that belong to the record of a form (replicates, grades, drugs), entered as a small grid in that form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.text import label
from gui.widgets.choices_of import choices_of
from gui.widgets.editors.editor import Editor
from gui.widgets.editors.make import editor_for
from gui.widgets.findings import FindingList
from gui.widgets.header import make_button
from gui.widgets.words import within_sentence
from gui.workspace import Workspace
from models.domain.findings import Finding, error, errors_of
from models.records import Kind, Record
from models.study import Edit

_MISSING = "field.required"  # named here line by line, so the check need not say it again


@dataclass(frozen=True)
class Children:
    """What a form is told about one kind of child.

    `records` are the ones stored. `suggested` are starting values of rows offered in a new form (one for each drug, or
    replicates 1 to 3); a row in which nothing was added to its suggestion is not saved.
    """

    kind: Kind
    records: Sequence[Record] = ()
    suggested: Sequence[Mapping[str, object]] = ()
    title: str = ""


@dataclass
class _Row:
    editors: dict[str, Editor]
    stored: Record | None
    start: Mapping[str, object] = field(default_factory=dict)
    remove: QPushButton | None = None

    def values(self) -> dict[str, object]:
        return {name: editor.value() for name, editor in self.editors.items()}

    def added(self) -> bool:
        """Whether anything stands in the row beyond its suggestion."""
        texts = {name: editor.typed().strip() for name, editor in self.editors.items()}
        return any(text and self.editors[name].value() != self.start.get(name) for name, text in texts.items())


class ChildTable(QWidget):
    """A grid with a line for each child. New lines can be taken away again; stored ones can only be corrected.

    `edited` follows every keystroke.
    """

    edited = Signal()

    def __init__(
        self, workspace: Workspace, children: Children, patient: int, *, fresh: bool, parent: QWidget | None = None
    ) -> None:
        """`fresh` is whether the form is for a new record: only then the suggestions are offered."""
        super().__init__(parent)
        self.kind = children.kind
        self._workspace = workspace
        self._choices = {f.name: choices_of(workspace, f, patient) for f in self.kind.fields.values() if f.codelist}
        self._rows: list[_Row] = []
        self._made = 0
        self._touched = False
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self._captions = [label(declared.label, "small") for declared in self.kind.fields.values()]
        for place, caption in enumerate(self._captions):
            self._grid.addWidget(caption, 0, place)
            self._grid.setColumnStretch(place, 1)
        self._findings = FindingList()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        title = children.title or self.kind.title
        column.addWidget(label(title, "heading"))
        column.addLayout(self._grid)
        column.addWidget(self._findings)
        self.add_button = make_button(f"{self.kind.name}_add", f"Add {within_sentence(self.kind.title)}", look="link")
        self.add_button.clicked.connect(self._add_clicked)
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        column.addLayout(foot)
        self._records = tuple(children.records)
        self._suggested = tuple(children.suggested) if fresh else ()
        self._begin()

    def start_again(self) -> None:
        """Show the stored children and the suggestions, without anything that was typed."""
        for row in self._rows:
            self._throw_away(row)
        self._rows.clear()
        self._made = 0
        self._touched = False
        self._findings.show_findings(())
        self._begin()

    @property
    def editors(self) -> tuple[Mapping[str, Editor], ...]:
        """The editors, line by line."""
        return tuple(row.editors for row in self._rows)

    def values(self) -> tuple[dict[str, object], ...]:
        """The values of every line that has any."""
        return tuple(row.values() for row in self._rows if row.stored or row.added())

    def edits(self) -> tuple[Edit, ...]:
        """Every line that has anything, stored ones with all their values: a check needs to see them together."""
        edits = []
        for row in self._rows:
            if row.stored or row.added():
                values = row.values()
                if row.stored is None:
                    values = {name: value for name, value in values.items() if value is not None}
                edits.append(Edit(self.kind.name, values, row.stored.id if row.stored else 0))
        return tuple(edits)

    def corrects(self) -> bool:
        """Whether a stored line is changed, which needs a reason."""
        return any(row.stored and row.values() != row.stored.values() for row in self._rows)

    def changed(self) -> bool:
        """Whether a line is changed, or added."""
        return self.corrects() or any(row.stored is None and row.added() for row in self._rows)

    def finish(self) -> None:
        """Take the typing as finished, and hold everything against the lines from now on."""
        self._touched = True
        for row in self._rows:
            for editor in row.editors.values():
                editor.finish()

    def show_findings(self, findings: Sequence[Finding]) -> bool:
        """Show what a check says about the lines, and what keeps them from being saved; whether anything does."""
        own = self._unfinished()
        about = [f for f in findings if f.field == self.kind.name and f.rule != _MISSING]
        self._findings.show_findings([*own, *about] if self._touched else ())
        return bool(own or errors_of(about))

    def _unfinished(self) -> list[Finding]:
        found = []
        for number, row in enumerate(self._rows, start=1):
            if not (row.stored or row.added()):
                continue
            for name, editor in row.editors.items():
                declared = self.kind.fields[name]
                where = f"Line {number}, {declared.label}"
                if editor.problem():
                    found.append(error(self.kind.name, f"{where}: {editor.problem()}", "typed.unreadable"))
                elif declared.required and editor.value() is None:
                    found.append(error(self.kind.name, f"{where} is missing. Fill it in, or empty the line.", _MISSING))
        return found

    def texts(self) -> dict[str, str]:
        """What is typed and differs from how the lines began, for a draft."""
        kept = {}
        for number, row in enumerate(self._rows):
            begun = row.stored.values() if row.stored else row.start
            for name, editor in row.editors.items():
                if editor.typed() and (editor.value() is None or editor.value() != begun.get(name)):
                    kept[f"{self.kind.name}/{number}/{name}"] = editor.typed()
                elif not editor.typed() and begun.get(name) is not None:
                    kept[f"{self.kind.name}/{number}/{name}"] = ""
        return kept

    def restore(self, texts: Mapping[str, str]) -> None:
        """Put the typing of a draft back, adding lines where it had more."""
        for key, text in texts.items():
            kind, _, place = key.partition("/")
            number, _, name = place.partition("/")
            if kind != self.kind.name or not number.isdigit() or name not in self.kind.fields:
                continue
            while len(self._rows) <= int(number):
                self._add({}, None)
            self._rows[int(number)].editors[name].set_typed(text)
        self._lay_out()

    def _begin(self) -> None:
        for record in self._records:
            self._add(record.values(), record)
        for suggestion in self._suggested:
            self._add(suggestion, None)
        self._lay_out()

    def _throw_away(self, row: _Row) -> None:
        for widget in (*row.editors.values(), row.remove):
            if widget:
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()

    def _add(self, values: Mapping[str, object], stored: Record | None) -> None:
        workspace = self._workspace
        row = _Row({}, stored, {} if stored else dict(values))
        for name, declared in self.kind.fields.items():
            editor = editor_for(declared, workspace.desk, workspace.study.clock, self._choices.get(name))
            editor.name_parts(f"{self.kind.name}_{self._made}_{name}", f"{declared.label}, line {self._made + 1}")
            editor.set_value(values.get(name))
            editor.edited.connect(self._edited)
            row.editors[name] = editor
        if stored is None:
            row.remove = make_button(f"{self.kind.name}_{self._made}_remove", "Remove", look="link")
            row.remove.clicked.connect(self._remove_clicked)
        self._rows.append(row)
        self._made += 1

    def _lay_out(self) -> None:
        for caption in self._captions:
            caption.setVisible(bool(self._rows))
        for line, row in enumerate(self._rows, start=1):
            cells: list[QWidget | None] = [*row.editors.values(), row.remove]
            for column, widget in enumerate(cells):
                if widget:
                    self._grid.removeWidget(widget)
                    self._grid.addWidget(widget, line, column)

    @Slot()
    def _add_clicked(self) -> None:
        self._add({}, None)
        self._lay_out()
        next(iter(self._rows[-1].editors.values())).setFocus()
        self.edited.emit()

    @Slot()
    def _remove_clicked(self) -> None:
        button: QObject | None = self.sender()
        row = next(row for row in self._rows if row.remove is button)
        self._rows.remove(row)
        self._throw_away(row)
        self._lay_out()
        self.add_button.setFocus()
        self.edited.emit()

    @Slot()
    def _edited(self) -> None:
        self.edited.emit()
