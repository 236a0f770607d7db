"""Records that belong to the record of a form (replicates, grades, drugs), entered as a small grid in that form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gui.text import label
from gui.widgets.child_row import ChildRow
from gui.widgets.choices_of import choices_of
from gui.widgets.editors.editor import Editor
from gui.widgets.editors.make import editor_for
from gui.widgets.findings import FindingList
from gui.widgets.header import make_button
from gui.widgets.history import ValueRef
from gui.widgets.value_history import ValueHistory
from gui.workspace import Workspace
from models.domain.capitals import within_sentence
from models.domain.findings import Finding, error, errors_of
from models.records import Kind, Record
from models.study import Edit

_MISSING = "field.required"  # named here line by line, so the check need not say it again
_WITHDRAWN = "withdrawn"  # stands in a draft where a field's name would


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


class ChildTable(QWidget):
    """A grid with a line for each child. New lines can be taken away again; stored ones are corrected or withdrawn.

    A stored line that is withdrawn stays in sight, struck through, and is flagged when the form is saved with a reason.
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
        self._histories = ValueHistory(workspace, self, keys=False)
        self._rows: list[ChildRow] = []
        self._made = 0  # lines that are not stored
        self._touched = False
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self._captions = [label(declared.label, "small") for declared in self.kind.fields.values()]
        for place, caption in enumerate(self._captions):
            self._grid.addWidget(caption, 0, place)
            self._grid.setColumnStretch(place, 1)
        self._findings = FindingList(workspace.desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(children.title or self.kind.title, "heading"))
        column.addLayout(self._grid)
        column.addWidget(self._findings)
        self.add_button = make_button(f"{self.kind.name}_add", f"Add {within_sentence(self.kind.title)}", look="link")
        self.add_button.clicked.connect(self._add_clicked)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.add_button)
        self._foot.addStretch(1)
        column.addLayout(self._foot)
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
        """The values of every line that the record will have."""
        return tuple(row.values() for row in self._rows if row.counts())

    def edits(self) -> tuple[Edit, ...]:
        """Every line that is stored or has anything, each with the values that change."""
        return tuple(row.edit() for row in self._rows if row.stored or row.added())

    def corrects(self) -> bool:
        """Whether a stored line is changed or withdrawn, which needs a reason."""
        return any(row.corrects() for row in self._rows)

    def corrections_in_words(self) -> list[str]:
        """What the reason is asked for, a text for each change."""
        desk = self._workspace.desk
        lines = enumerate(self._rows, start=1)
        return [words for line, row in lines for words in row.corrections_in_words(line, desk, self._choices)]

    def changed(self) -> bool:
        """Whether a line is changed, withdrawn or added."""
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
            if not row.counts():
                continue
            for name, editor in row.editors.items():
                declared = self.kind.fields[name]
                where = f"Line {number}, {declared.label}"
                if editor.problem():
                    found.append(error(self.kind.name, f"{where}: {editor.problem()}", "typed.unreadable"))
                elif declared.required and editor.value() is None:
                    way_out = "withdraw" if row.stored else "empty"
                    sentence = f"{where} is missing. Fill it in, or {way_out} the line."
                    found.append(error(self.kind.name, sentence, _MISSING))
        return found

    def texts(self) -> dict[str, str]:
        """What is typed and differs from how the lines began, for a draft."""
        kept: dict[str, str] = {}
        for row in self._rows:
            place = f"{self.kind.name}/{row.key}"
            kept |= {f"{place}/{name}": text for name, text in row.texts().items()}
            if row.withdrawn:
                kept[f"{place}/{_WITHDRAWN}"] = "yes"
        return kept

    def restore(self, texts: Mapping[str, str]) -> None:
        """Put the typing of a draft back, adding lines where it had more."""
        for place, text in texts.items():
            kind, _, rest = place.partition("/")
            key, _, name = rest.partition("/")
            if kind != self.kind.name:
                continue
            while key.isdigit() and self._made <= int(key):
                self._add({}, None)
            row = next((row for row in self._rows if row.key == key), None)
            if row and name == _WITHDRAWN:
                row.mark(withdrawn=True)
            elif row and name in row.editors:
                row.editors[name].set_typed(text)
        self._lay_out()

    def _begin(self) -> None:
        for record in self._records:
            self._add(record.values(), record)
        for suggestion in self._suggested:
            self._add(suggestion, None)
        self._lay_out()

    def _throw_away(self, row: ChildRow) -> None:
        for widget in row.widgets:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _add(self, values: Mapping[str, object], stored: Record | None) -> None:
        workspace = self._workspace
        editors = {}
        for name, declared in self.kind.fields.items():
            editor = editor_for(declared, workspace.desk, workspace.study.clock, self._choices.get(name))
            editor.set_value(values.get(name))
            editor.edited.connect(self._edited)
            if stored:
                self._histories.offer(editor, ValueRef(self.kind.name, stored.id, name))
            editors[name] = editor
        button = make_button("", "Withdraw" if stored else "Remove", look="link")
        button.clicked.connect(self._withdraw_clicked if stored else self._remove_clicked)
        note = label("Will be withdrawn when you save. It stays in the history.", "small")
        note.hide()
        key = f"stored{stored.id}" if stored else str(self._made)
        self._made += stored is None
        self._rows.append(ChildRow(self.kind, key, editors, stored, {} if stored else dict(values), button, note))

    def _lay_out(self) -> None:
        for caption in self._captions:
            caption.setVisible(bool(self._rows))
        width = len(self._captions) + 1
        for line, row in enumerate(self._rows, start=1):
            row.number(line)
            for widget in row.widgets:
                self._grid.removeWidget(widget)
            for column, widget in enumerate((*row.editors.values(), row.button)):
                self._grid.addWidget(widget, 2 * line - 1, column)
                widget.show()  # at once: nothing hidden can be put into the order of the Tab key
            self._grid.addWidget(row.note, 2 * line, 0, 1, width)
        self._order_stops()

    def _order_stops(self) -> None:
        """Let the Tab key come by all lines, and then by the button below them.

        It follows the order in which parts enter the window. On screen only the button stands where the table belongs
        in its form: each line goes behind it, and at last it itself.
        """
        if not self.isVisible():
            self.add_button.setParent(None)
            self._foot.insertWidget(0, self.add_button)
            return
        stop: QWidget = self.add_button
        for row in self._rows:
            for editor in row.editors.values():
                stop = editor.come_after(stop)
            self.setTabOrder(stop, row.button)
            stop = row.button
        self.setTabOrder(stop, self.add_button)

    @Slot()
    def _add_clicked(self) -> None:
        self._add({}, None)
        self._lay_out()
        next(iter(self._rows[-1].editors.values())).setFocus()
        self.edited.emit()

    @Slot()
    def _remove_clicked(self) -> None:
        row = self._row_of(self.sender())
        self._rows.remove(row)
        self._throw_away(row)
        self._lay_out()
        self.add_button.setFocus()
        self.edited.emit()

    @Slot()
    def _withdraw_clicked(self) -> None:
        row = self._row_of(self.sender())
        row.mark(withdrawn=not row.withdrawn)
        self._lay_out()
        self.edited.emit()

    def _row_of(self, button: QObject | None) -> ChildRow:
        return next(row for row in self._rows if row.button is button)

    @Slot()
    def _edited(self) -> None:
        self.edited.emit()
