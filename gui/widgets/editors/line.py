"""The common part of the editors that are one line of typing."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.widgets.editors.echo_line import EchoLine
from gui.widgets.editors.editor import Editor
from models.domain.errors import TrialError

_ANY_LENGTH = 2**31 - 1
"""A line cuts what is pasted off at 32,767 letters and says nothing: what is too long is for the check to refuse."""


class LineEditor(Editor):
    """A line that is read at every keystroke. A stored value stays that very value until it is typed over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty line."""
        super().__init__(parent)
        self._value: object = None
        self._problem = ""
        self.line = EchoLine(self)
        self.line.setMaxLength(_ANY_LENGTH)
        self._adopt(self.line)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addWidget(self.line, 1)
        self.line.textEdited.connect(self._typed_over)

    def value(self) -> object:
        """The value read, None where there is none."""
        return self._value

    def set_value(self, value: object) -> None:
        """Show the value in this desk's notation."""
        self.line.setText("" if value is None else self._written(value))
        self._value, self._problem = value, ""
        self.line.set_echo(self._expected() if value is None else "")
        self.line.setCursorPosition(0)

    def typed(self) -> str:
        """The line as it stands."""
        return self.line.text()

    def set_typed(self, text: str) -> None:
        """Put the line back and read it."""
        self.line.setText(text)
        self._read_line()

    def problem(self) -> str:
        """Why the line cannot be read."""
        return self._problem

    def expect(self) -> None:
        """The word stands in the line until something is typed."""
        self.line.setPlaceholderText("required")

    def _read(self, text: str) -> object:
        """The value that a line means; raises TrialError."""
        raise NotImplementedError

    def _written(self, value: object) -> str:
        """The line for a value: what `_read` takes back."""
        raise NotImplementedError

    def _understood(self, value: object) -> str:
        """What to repeat of a value."""
        return self._written(value)

    def _expected(self) -> str:
        """What to say at the end of an empty line: the unit meant."""
        return ""

    def _read_line(self) -> None:
        text = self.line.text().strip()
        self._value, self._problem = None, ""
        if text:
            try:
                self._value = self._read(text)
            except TrialError as error:
                self._problem = str(error)
        echo = "" if text else self._expected()
        if self._value is not None:
            echo = self._understood(self._value)
        self.line.set_echo("" if echo == text else echo)

    @Slot(str)
    def _typed_over(self, _text: str) -> None:
        self._read_line()
        self.edited.emit()
