"""A whole number."""

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from gui.widgets.editors.line import LineEditor
from models.domain.errors import TrialError
from models.domain.notation import Desk, read_quantity, write_number


class IntegerEditor(LineEditor):
    """A count or a score."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """`desk` is how numbers are read and written here."""
        super().__init__(parent)
        self._desk = desk

    def _read(self, text: str) -> object:
        # The error is never kept in a variable: it would hold the frame, the frame this widget, and the garbage
        # collector would then take the widget away in the middle of an event.
        if not any(each.isdigit() for each in text) or any(each.isalpha() for each in text):
            raise _unfit(text)
        read = read_quantity(text, (), self._desk)
        if not read.exact or read.value != read.value.to_integral_value():
            raise _unfit(text)
        return int(read.value)

    def _written(self, value: object) -> str:
        return write_number(Decimal(str(value)), self._desk)


def _unfit(text: str) -> TrialError:
    return TrialError(f"{text} is not a whole number. Type digits only, for instance 3.")
