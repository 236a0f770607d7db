"""One choice out of a list, found by typing any part of it."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QWidget

from gui.widgets.editors.editor import Editor
from gui.widgets.editors.going_on import go_on
from models.domain.folding import fold


class _Combo(QComboBox):
    """A combo box that the mouse wheel passes over: scrolling a form must not change what is in it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            go_on(self)
        else:
            super().keyPressEvent(event)


class ChoiceEditor(Editor):
    """A list that opens with Alt+Down or the mouse, and narrows while typing. An emptied line is no answer.

    Typing that fits one choice only ("bone") is that choice, and is written out on leaving; anything else is a problem
    unless the list is `free`.
    """

    def __init__(
        self, choices: Sequence[tuple[str, str]], *, free: bool = False, parent: QWidget | None = None
    ) -> None:
        """`choices` are pairs of stored code and words shown; a `free` list takes other words as they are typed."""
        super().__init__(parent)
        self._choices: tuple[tuple[str, str], ...] = ()
        self._folded: tuple[tuple[str, str, str], ...] = ()  # code, folded words, folded code
        self._free = free
        self.box = _Combo(self)
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(8)
        self.box.setMaxVisibleItems(14)
        self._line = QLineEdit()
        self._line.setStyleSheet("border: none; padding: 0; background: transparent")  # the box around it has the frame
        self.box.setLineEdit(self._line)
        completer = QCompleter(self.box.model(), self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.box.setCompleter(completer)
        self._adopt(self.box)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        self.set_choices(choices)
        self.box.editTextChanged.connect(self._changed)
        self.settled.connect(self.finish)

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The pairs of code and words offered."""
        return self._choices

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer another list, keeping what is entered."""
        kept = self.typed()
        self._choices = tuple(choices)
        self._folded = tuple((code, fold(words), fold(code)) for code, words in self._choices)
        with QSignalBlocker(self.box):
            self.box.clear()
            self.box.addItem("")
            self.box.addItems([words for _, words in self._choices])
        self.set_typed(kept)

    def value(self) -> object:
        """The code chosen; of a free list perhaps the words typed; None for an empty line or one that fits nothing."""
        text = self.box.currentText().strip()
        code = self._meant(text)
        return code if code is not None else (text or None if self._free else None)

    def set_value(self, value: object) -> None:
        """Show the words of a code; a code that is not offered (any more) joins the list under its own name."""
        if value is not None and str(value) not in {code for code, _ in self._choices} and not self._free:
            self.set_choices((*self._choices, (str(value), str(value))))
        self.set_typed("" if value is None else str(value))

    def typed(self) -> str:
        """The code where one is chosen, else the typing."""
        text = self.box.currentText()
        code = self._code(text.strip())
        return text if code is None else code

    def said(self) -> str:
        """The words of the choice."""
        return self.box.currentText()

    def set_typed(self, text: str) -> None:
        """Show the words of a code, or the typing as it was."""
        words = dict(self._choices).get(text, text)
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(max(0, self.box.findText(words, Qt.MatchFlag.MatchFixedString)))
            self.box.setEditText(words)
            self._line.setCursorPosition(0)

    def problem(self) -> str:
        """That the typing is none of the choices, or fits several."""
        text = self.box.currentText().strip()
        if not text or self._free or self._meant(text) is not None:
            return ""
        fitting = self._fitting(text)
        if fitting:
            some = ", ".join(words for _, words in fitting[:3]) + (" …" if len(fitting) > 3 else "")
            return f"“{text}” fits several choices: {some}. Type more of the one you mean."
        return f"“{text}” is not one of the choices. Open the list with Alt+Down, or empty the line."

    @Slot()
    def finish(self) -> None:
        """Write the choice out that the typing means."""
        text = self.box.currentText().strip()
        code = self._meant(text)
        if code is not None and dict(self._choices)[code] != text:
            self.set_typed(code)
            self.edited.emit()

    def expect(self) -> None:
        """The word stands in the line until something is chosen."""
        self._line.setPlaceholderText("required")

    def name_parts(self, name: str, label: str) -> None:
        """The line inside has the label too, for screen readers."""
        super().name_parts(name, label)
        self._line.setAccessibleName(label)

    def _code(self, text: str) -> str | None:
        if not text:
            return None
        folded = fold(text)
        return next((code for code, words, own in self._folded if folded in (words, own)), None)

    def _fitting(self, text: str) -> list[tuple[str, str]]:
        """The choices with that text in them: those that begin with it, if any does."""
        folded = fold(text)
        within = [place for place, (_, words, _) in enumerate(self._folded) if folded in words]
        beginning = [place for place in within if self._folded[place][1].startswith(folded)]
        return [self._choices[place] for place in beginning or within]

    def _meant(self, text: str) -> str | None:
        """The code that the typing means: its own words, or of a closed list the only choice that fits."""
        code = self._code(text)
        if code is None and text and not self._free:
            fitting = self._fitting(text)
            return fitting[0][0] if len(fitting) == 1 else None
        return code

    @Slot(str)
    def _changed(self, _text: str) -> None:
        self.edited.emit()
