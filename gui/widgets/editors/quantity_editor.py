"""A measured value with its unit."""

from PySide6.QtWidgets import QWidget

from gui.widgets.editors.line import LineEditor
from models.domain.notation import Desk, read_quantity, write_number, write_quantity, write_unit
from models.domain.quantities import Quantity


class QuantityEditor(LineEditor):
    """A number with an optional sign of comparison and unit. It repeats what it understood and never guesses."""

    def __init__(self, units: tuple[str, ...], desk: Desk, parent: QWidget | None = None) -> None:
        """`units` are the ones allowed, the first is meant where none is typed; none at all until `set_units`."""
        super().__init__(parent)
        self._units = units
        self._desk = desk
        self._stored: Quantity | None = None  # shown as it was kept, and not typed over
        self.line.set_echo(self._expected())

    @property
    def units(self) -> tuple[str, ...]:
        """The units allowed now."""
        return self._units

    def set_units(self, units: tuple[str, ...]) -> None:
        """Allow other units, as where the unit follows from the test chosen; what is typed is read again."""
        if units != self._units:
            self._units = units
            if self._stored is not None:
                self.set_value(self._stored)
            else:
                self._read_line()

    def set_value(self, value: object) -> None:
        """Show the value; one in a unit that is not allowed (any more) keeps its unit."""
        if isinstance(value, Quantity) and value.unit and value.unit not in self._units:
            self._units = (*self._units, value.unit) if self._units else (value.unit,)
        super().set_value(value)
        self._stored = value if isinstance(value, Quantity) else None
        if isinstance(value, Quantity):
            self.line.set_echo(self._understood(value).removeprefix(self.line.text()).strip())

    def _expected(self) -> str:
        return write_unit(self._units[0]) if self._units else ""

    def _read_line(self) -> None:
        self._stored = None
        super()._read_line()

    def _read(self, text: str) -> object:
        return read_quantity(text, self._units, self._desk)

    def _written(self, value: object) -> str:
        quantity = _quantity(value)
        if quantity.unit != (self._units[0] if self._units else ""):
            return write_quantity(quantity, self._desk)
        return f"{_sign(quantity)}{write_number(quantity.value, self._desk)}"

    def _understood(self, value: object) -> str:
        return write_quantity(_quantity(value), self._desk)


def _quantity(value: object) -> Quantity:
    if not isinstance(value, Quantity):
        raise TypeError(f"a quantity is expected, not {value!r}")
    return value


def _sign(quantity: Quantity) -> str:
    return quantity.qualifier.replace("<=", "\N{LESS-THAN OR EQUAL TO}").replace(">=", "\N{GREATER-THAN OR EQUAL TO}")
