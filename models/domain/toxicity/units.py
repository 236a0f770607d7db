"""The units laboratories report in, and exact conversion between those of one test.

CTCAE prints its limits for mass and for molar units side by side (calcium 8.0 mg/dL, 2.0 mmol/L), and the two do not
fall on the same point; hence the families. Molar factors follow from molar mass, in the rounded form laboratories use.
"""

import re
from decimal import Context, Decimal
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from models.domain.quantities import Quantity

# Loaded for the first value that is converted: every start reads which tests there are, and none converts.
if TYPE_CHECKING:
    from fractions import Fraction


class Family(Enum):
    """What a unit counts: mass, cells, activity or time; molecules; or multiples of a control."""

    PLAIN = "plain"
    MOLAR = "molar"
    RATIO = "ratio"


class Unit(NamedTuple):
    """A unit of one test: its name, and how much one of it is in the test's standard unit, the first in its list."""

    name: str
    in_standard: str

    @property
    def factor(self) -> "Fraction":
        """How much one of it is in the standard unit, exactly."""
        return _exactly(self.in_standard)

    @property
    def family(self) -> Family:
        """What it counts."""
        if self.name == "ratio":
            return Family.RATIO
        return Family.MOLAR if "mol" in self.name or "Eq" in self.name else Family.PLAIN


@cache
def _exactly(number: str) -> "Fraction":
    from fractions import Fraction

    return Fraction(number)


def _units(*named: tuple[str, str]) -> tuple[Unit, ...]:
    return tuple(Unit(name, in_standard) for name, in_standard in named)


CELLS = _units(("10^9/L", "1"), ("10^3/uL", "1"), ("10^6/L", "0.001"), ("/uL", "0.001"))
ENZYME = _units(("U/L", "1"), ("ukat/L", "60"))
RATIO = _units(("ratio", "1"))
CLOTTING_TIME = _units(("s", "1"), ("ratio", "1"))
PERCENT = _units(("%", "1"))
HAEMOGLOBIN = _units(("g/dL", "1"), ("g/L", "0.1"), ("mmol/L", "1.6114"))
FIBRINOGEN = _units(("g/L", "1"), ("mg/dL", "0.01"), ("g/dL", "10"))
PROTEIN = _units(("g/L", "1"), ("g/dL", "10"), ("mg/dL", "0.01"))
SMALL_PROTEIN = _units(("mg/L", "1"), ("mg/dL", "10"))
BILIRUBIN = _units(("umol/L", "1"), ("mg/dL", "17.104"))
CREATININE = _units(("umol/L", "1"), ("mg/dL", "88.4"))
URATE = _units(("umol/L", "1"), ("mmol/L", "1000"), ("mg/dL", "59.48"))
GLUCOSE = _units(("mmol/L", "1"), ("mg/dL", "0.05551"))
UREA = _units(("mmol/L", "1"), ("mg/dL", "0.1665"))
MONOVALENT = _units(("mmol/L", "1"), ("mEq/L", "1"))
CALCIUM = _units(("mmol/L", "1"), ("mEq/L", "0.5"), ("mg/dL", "0.2495"))
MAGNESIUM = _units(("mmol/L", "1"), ("mEq/L", "0.5"), ("mg/dL", "0.4114"))
PHOSPHATE = _units(("mmol/L", "1"), ("mg/dL", "0.3229"))
CHOLESTEROL = _units(("mmol/L", "1"), ("mg/dL", "0.02586"))
TRIGLYCERIDES = _units(("mmol/L", "1"), ("mg/dL", "0.01129"))
MILLISECONDS = _units(("ms", "1"), ("s", "1000"))
CELSIUS = _units(("°C", "1"))

_SPELLINGS = {
    "g/l": "10^9/L",  # giga per litre; grams per litre are matched before, where a test has them
    "k/ul": "10^3/uL",
    "10^3/mm3": "10^3/uL",
    "10^9 cells/l": "10^9/L",
    "/mm3": "/uL",
    "1/ul": "/uL",
    "1/mm3": "/uL",
    "cells/ul": "/uL",
    "cells/mm3": "/uL",
    "iu/l": "U/L",
    "ui/l": "U/L",
    "mcmol/l": "umol/L",
    "inr": "ratio",
    "1": "ratio",
    "sec": "s",
    "seconds": "s",
    "msec": "ms",
    "c": "°C",
    "degc": "°C",
    "degrees c": "°C",
    "cel": "°C",
}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_POWER = re.compile(r"^(?:[x\u00d7]\s*)?10\s*(?:\^|\*\*?|e)?\s*([369])\s*/\s*")
_ONE_ROUNDING = Context(prec=12)
_LARGEST_EXPONENT, _SMALLEST_EXPONENT = 12, -30


def find_unit(units: tuple[Unit, ...], text: str) -> Unit | None:
    """The unit that was written, in any of its usual spellings ("x10⁹/L", "K/µL", "mg/dl"); None if none fits.

    No unit at all is right only where the test has none but a ratio.
    """
    for unit in units:
        if unit.name == text:
            return unit
    wanted = _normal(text)
    if not wanted:
        return units[0] if units is RATIO else None
    for candidate in (wanted, _SPELLINGS.get(wanted, "").lower()):
        for unit in units:
            if unit.name.lower() == candidate:
                return unit
    return None


def _normal(text: str) -> str:
    plain = text.strip().translate(_SUPERSCRIPTS).replace("µ", "u").replace("μ", "u").replace("²", "2").lower()
    return _POWER.sub(r"10^\1/", plain).replace("mm^3", "mm3").replace("mmc", "mm3")


def convertible(a: Unit, b: Unit) -> bool:
    """Whether values in the two units of one test can be compared: a ratio to a control only with another."""
    return (a.family is Family.RATIO) == (b.family is Family.RATIO)


def convert(quantity: Quantity, units: tuple[Unit, ...], target: str) -> Quantity:
    """The same value in another unit of the test; powers of ten exactly, molar conversions to twelve digits.

    Raises:
        ValueError: a unit that the test does not have, or two that cannot be converted.
    """
    source_unit, target_unit = find_unit(units, quantity.unit), find_unit(units, target)
    if source_unit is None or target_unit is None or not convertible(source_unit, target_unit):
        raise ValueError(f"{quantity.unit!r} cannot be converted to {target!r}")
    from fractions import Fraction

    exact = Fraction(quantity.value) * source_unit.factor / target_unit.factor
    return Quantity(decimal(exact), target_unit.name, quantity.qualifier)


def decimal(exact: "Fraction") -> Decimal:
    """A fraction as a decimal: exactly where that is possible in 60 digits, else to twelve digits."""
    from fractions import Fraction

    wide = Context(prec=60)
    value = wide.divide(Decimal(exact.numerator), Decimal(exact.denominator))
    if Fraction(value) != exact:
        value = _ONE_ROUNDING.plus(value)
    return value.normalize(wide) if value else Decimal(0)


def possible(value: Decimal) -> bool:
    """Whether a number can have been measured at all: guards the exact arithmetic against absurd exponents."""
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= _SMALLEST_EXPONENT and value.adjusted() <= _LARGEST_EXPONENT
