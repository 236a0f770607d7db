"""A grid to type a whole panel into: one line a test, Enter goes down, and each line says what its value means."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from gui.text import label, named, plain_tip, set_property
from gui.widgets.pill import Pill
from models.domain.notation import unit_beside

_TYPING_WIDTH = 130


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line: a stable name, the words before the typing, the unit and the range beside it, and what stands in it."""

    name: str
    label: str
    unit: str = ""
    range: str = ""
    text: str = ""


Judge = Callable[[EntryRow, str], tuple[str, str]]
"""(line, typing) -> what it means in a few words, and its tone: a name of `palette.MEANINGS`, "" for none.

The tone "urgent" marks typing that cannot be read or cannot be right.
"""


class EntryGrid(QWidget):
    """The lines of a panel. `edited` carries the name of the line after each keystroke.

    Enter and Down go to the next line, Up to the one before; Enter in the last line goes on to what follows the grid.
    """

    edited = Signal(str)

    def __init__(self, name: str, rows: Sequence[EntryRow], judge: Judge, parent: QWidget | None = None) -> None:
        """`judge` is asked at every keystroke; it must be quick. The lines are named `<name>_<row name>`."""
        super().__init__(parent)
        self.setObjectName(name)
        self._rows = {row.name: row for row in rows}
        self._judge = judge
        self._lines: dict[str, QLineEdit] = {}
        self._words: dict[str, Pill] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(5, 1)
        for place, row in enumerate(rows):
            self._add(place, row)

    def texts(self) -> dict[str, str]:
        """What stands in every line, empty ones included."""
        return {name: line.text().strip() for name, line in self._lines.items()}

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Put typing into the lines named, as from a draft."""
        for name, text in texts.items():
            if name in self._lines:
                self._lines[name].setText(text)
                self._weigh(name)

    def weigh(self, name: str) -> None:
        """Judge a line again, where there is one: what it means hangs on another one that was typed."""
        if name in self._lines:
            self._weigh(name)

    def focus_row(self, name: str) -> None:
        """Put the cursor into a line."""
        self._lines[name].setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move between the lines."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            steps = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            step = 0 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else steps.get(Qt.Key(event.key()), 0)
            if step:
                self._move(watched, step)
                return True
        return False

    def _add(self, place: int, row: EntryRow) -> None:
        caption = label(row.label, "muted")
        caption.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = named(
            QLineEdit(row.text),
            f"{self.objectName()}_{row.name}",
            ", ".join(filter(None, (row.label, unit_beside(row.unit)))),
        )
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.setMinimumWidth(_TYPING_WIDTH // 2)
        line.setMaximumWidth(_TYPING_WIDTH)
        line.installEventFilter(self)
        line.textEdited.connect(self._typed)
        caption.setBuddy(line)
        word = Pill()
        self._lines[row.name] = line
        self._words[row.name] = word
        for column, widget in enumerate((caption, line, label(unit_beside(row.unit)), label(row.range, "muted"), word)):
            self._grid.addWidget(widget, place, column)
        self._weigh(row.name)

    def _weigh(self, name: str) -> None:
        line, word = self._lines[name], self._words[name]
        text = line.text().strip()
        message, tone = self._judge(self._rows[name], text) if text else ("", "")
        word.show_word(message, tone or "neutral")
        word.setToolTip(plain_tip(message))
        word.setVisible(bool(message))
        line.setAccessibleDescription(message)
        set_property(line, "invalid", bool(message) and tone == "urgent")

    def _move(self, line: QLineEdit, step: int) -> None:
        lines = list(self._lines.values())
        place = lines.index(line) + step
        if 0 <= place < len(lines):
            lines[place].setFocus(Qt.FocusReason.TabFocusReason)
            lines[place].selectAll()
        elif step > 0:
            line.focusNextPrevChild(True)

    @Slot(str)
    def _typed(self, _text: str) -> None:
        name = next(name for name, line in self._lines.items() if line is self.sender())
        self._weigh(name)
        self.edited.emit(name)
