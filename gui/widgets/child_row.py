"""One line of a child table: its editors, the record it shows, and the button that takes it away."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from gui.text import set_property
from gui.widgets.editors.editor import Editor
from gui.widgets.words import Choices, first_words, in_words
from models.domain.notation import Desk
from models.records import Kind, Record
from models.study import Edit


@dataclass(eq=False)
class ChildRow:
    """A line for one child of `kind`.

    `key` names the line in a draft, whatever else comes and goes. `stored` is the record shown, None for a new line,
    which then began with `start`. A stored line can be marked as `withdrawn`: nothing happens to it before saving, and
    the mark can be taken back. `button` removes a new line and marks a stored one, `note` says what will happen.
    """

    kind: Kind
    key: str
    editors: dict[str, Editor]
    stored: Record | None
    start: Mapping[str, object]
    button: QPushButton
    note: QLabel
    withdrawn: bool = False

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """Everything on the screen that belongs to the line."""
        return (*self.editors.values(), self.button, self.note)

    def number(self, line: int) -> None:
        """Name what can be focused after the place of the line, counted from 1."""
        for name, editor in self.editors.items():
            label = self.kind.fields[name].label
            editor.name_parts(f"{self.kind.name}_{line - 1}_{name}", f"{label}, line {line}")
        self.button.setAccessibleName(f"{self.button.text()} line {line}")
        self.button.setObjectName(f"{self.kind.name}_{line - 1}_{'withdraw' if self.stored else 'remove'}")

    def mark(self, *, withdrawn: bool) -> None:
        """Show a stored line as one that will be withdrawn, or as one that stays."""
        self.withdrawn = withdrawn
        for editor in self.editors.values():
            editor.hold(held=withdrawn)
            for part in editor.findChildren(QWidget):
                set_property(part, "withdrawn", withdrawn)
        self.button.setText("Keep" if withdrawn else "Withdraw")
        self.note.setVisible(withdrawn)

    def values(self) -> dict[str, object]:
        """What stands in the line; None where nothing does, or nothing that can be read."""
        return {name: editor.value() for name, editor in self.editors.items()}

    def added(self) -> bool:
        """Whether anything stands in the line beyond its suggestion, be it only what cannot be read."""
        return any(
            editor.problem() or (editor.value() is not None and editor.value() != self.start.get(name))
            for name, editor in self.editors.items()
        )

    def counts(self) -> bool:
        """Whether the record will have this line after saving."""
        return not self.withdrawn if self.stored else self.added()

    def corrections(self) -> dict[str, object]:
        """The values of a stored line that were changed."""
        if self.stored is None or self.withdrawn:
            return {}
        before = self.stored.values()
        readable = {name: editor.value() for name, editor in self.editors.items() if not editor.problem()}
        return {name: value for name, value in readable.items() if value != before[name]}

    def corrects(self) -> bool:
        """Whether a stored line is changed or withdrawn, which needs a reason."""
        return self.withdrawn or bool(self.corrections())

    def edit(self) -> Edit:
        """What saving does with the line; an unchanged one is named too, for a check looks at all of them together."""
        if self.stored:
            return Edit(self.kind.name, self.corrections(), self.stored.id, withdrawn=self.withdrawn)
        return Edit(self.kind.name, {name: value for name, value in self.values().items() if value is not None})

    def corrections_in_words(self, line: int, desk: Desk, choices: Mapping[str, Choices]) -> list[str]:
        """What the reason is asked for: that the line goes, or the old and the new value of what changes in it."""
        if self.stored is None:
            return []
        if self.withdrawn:
            return [f"Line {line} ({first_words(self.stored, desk, choices)}): withdrawn"]
        before = self.stored.values()
        said = []
        for name, value in self.corrections().items():
            field = self.kind.fields[name]
            old, new = (in_words(field, each, desk, choices.get(name, ())) or "empty" for each in (before[name], value))
            said.append(f"Line {line}, {field.label}: {old} → {new}")
        return said

    def texts(self) -> dict[str, str]:
        """What is typed and differs from how the line began, by field name."""
        begun = self.stored.values() if self.stored else self.start
        kept = {}
        for name, editor in self.editors.items():
            if editor.typed() and (editor.value() is None or editor.value() != begun.get(name)):
                kept[name] = editor.typed()
            elif not editor.typed() and begun.get(name) is not None:
                kept[name] = ""
        return kept
