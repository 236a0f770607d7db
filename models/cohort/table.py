"""A table of the cohort: the same cells for the screen, the page, CSV and JSON, each with the patients behind it."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import NamedTuple

from models.cohort.method import Method
from models.cohort.who import Who
from models.domain.date_notation import write_date
from models.domain.molecular.logs import significant
from models.domain.notation import Desk, write_number
from models.domain.partial_dates import PartialDate

Value = str | int | float | Decimal | PartialDate | None


LEVEL_DIGITS = 4
"""The significant digits of a level in percent of the control gene, which spans many powers of ten."""


class Form(Enum):
    """How the values of a column are shown; the value names the unit that files state.

    A `COUNT` is always one of patients, or of what they had: 0 is nobody. `WHOLE` is any other whole number. What was
    `MEASURED` has as many decimals as it needs: an age none.
    """

    TEXT = ""
    COUNT = "n"
    WHOLE = "whole number"
    PERCENT = "percent"
    MONTHS = "months"
    DAYS = "days"
    LOGS = "log10"
    LEVEL = "percent of control gene"
    NUMBER = "number"
    MEASURED = "measured number"
    P = "p"
    DATE = "date"


class Column(NamedTuple):
    """A column. `code` names it in files; with `limits` each cell has an estimate and its lower and upper limit.

    `label` says all. Neighbours of one `band` stand under a common head that says it; `head` is what a narrow column
    has left to say then. An `optional` column need not be shown where it says nothing; files always have it.
    """

    code: str
    label: str
    form: Form = Form.COUNT
    limits: bool = False
    band: str = ""
    head: str = ""
    optional: bool = False


class Cell(NamedTuple):
    """What stands in a cell: one value, or an estimate with its limits, and the patients whom it counts.

    Percentages are fractions of 1. `basis` is what each of `patients` contributes, in their order, where that is more
    than being counted (a time and whether it ended in an event): a change of it explains a changed number. `note` is
    the word to show where there is no value.
    """

    values: tuple[Value, ...]
    patients: tuple[Who, ...] = ()
    basis: tuple[Hashable, ...] = ()
    note: str = ""


class Row(NamedTuple):
    """A line of the table. `key` names it, the same in every cut; the cells stand in the order of the columns."""

    key: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the rules behind it. `code` names it in files."""

    code: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    methods: tuple[Method, ...] = ()

    def cell(self, row: str, column: str) -> Cell:
        """The cell of that row and column; an unknown name is a fault of the program."""
        place = next(number for number, one in enumerate(self.columns) if one.code == column)
        return next(one for one in self.rows if one.key == row).cells[place]

    def says_nothing(self, column: str) -> bool:
        """Whether the column is optional, and each of its cells is 0 or has neither a value nor a word for it."""
        place = next(number for number, one in enumerate(self.columns) if one.code == column)
        cells = (row.cells[place] for row in self.rows)
        return self.columns[place].optional and all(not cell.values[0] and not cell.note for cell in cells)


def text(value: Value) -> Cell:
    """A cell of words, a date or a bare number."""
    return Cell((value,))


def counted(patients: Sequence[Who]) -> Cell:
    """A cell that counts patients."""
    return Cell((len(patients),), tuple(patients))


def distinct(patients: Iterable[Who]) -> tuple[Who, ...]:
    """Each patient once, in the order given."""
    return tuple(dict.fromkeys(patients))


def shown(cell: Cell, column: Column, desk: Desk) -> str:
    """The cell as this desk reads it: "60.0 % (45.9–73.0)", "not reached (18.2–not reached)"."""
    value, *limits = cell.values
    written = cell.note or "–" if value is None else written_value(value, column.form, desk)
    if value is not None and column.form is Form.PERCENT:
        written = f"{written} %"
    if all(limit is None for limit in limits):
        return written
    low, high = (cell.note if limit is None else written_value(limit, column.form, desk) for limit in limits)
    return f"{written} ({low}–{high})"


def written_value(value: Value, form: Form, desk: Desk) -> str:
    """One value without its unit, with the decimals that its form calls for."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, PartialDate):
        return write_date(value, desk)
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    if form is Form.P:
        return _p_value(number, desk)
    if form is Form.LEVEL:
        number = significant(number, LEVEL_DIGITS)
    if form is Form.MEASURED:
        number = Decimal(f"{number.normalize():f}")
    step = _STEPS.get(form)
    if form is Form.PERCENT:
        number *= 100
    return write_number(number if step is None else number.quantize(step, ROUND_HALF_UP), desk)


def _p_value(value: Decimal, desk: Desk) -> str:
    """Two decimals; three where a p is small; up to four where fewer would not tell on which side of 0.05 it lies."""
    if value < Decimal("0.001"):
        return f"<{write_number(Decimal('0.001'), desk)}"
    if value > Decimal("0.99"):
        return f">{write_number(Decimal('0.99'), desk)}"
    rounded = value.quantize(Decimal("0.001" if value < Decimal("0.01") else "0.01"), ROUND_HALF_UP)
    for step in ("0.001", "0.0001"):
        if rounded == Decimal("0.05"):
            rounded = value.quantize(Decimal(step), ROUND_HALF_UP)
    return write_number(rounded, desk)


_STEPS: Mapping[Form, Decimal] = {
    Form.COUNT: Decimal(1),
    Form.PERCENT: Decimal("0.1"),
    Form.MONTHS: Decimal("0.1"),
    Form.LOGS: Decimal("0.01"),
    Form.NUMBER: Decimal("0.1"),
}
