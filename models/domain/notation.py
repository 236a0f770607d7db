"""Numbers as people type and read them, in the language of their desk. Ambiguous input is refused, never guessed."""

import re
from decimal import Decimal
from enum import Enum

from models.domain.errors import TrialError
from models.domain.quantities import Quantity

_LONGEST = 60  # characters; no value on a report is longer, and no typing should make the program work hard
_LARGEST_POWER = 18  # of ten, up and down: far outside anything measured here
_NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
_SPACES = dict.fromkeys("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}\t", " ")
_SIGNS = {
    **_SPACES,
    "\N{MINUS SIGN}": "-",
    "\N{LESS-THAN OR EQUAL TO}": "<=",
    "\N{GREATER-THAN OR EQUAL TO}": ">=",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
}
_CLEAN = str.maketrans(_SIGNS)
_PARTS = re.compile(
    r"(?P<qualifier><=|>=|<|>)?\s*(?P<sign>[+-])?\s*(?P<digits>[0-9 '.,]*[0-9])(?:[eE](?P<power>[+-]?[0-9]{1,3}))?"
)
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([ '.,])[0-9]{3})(?:\1[0-9]{3})*")
_TIMES = re.compile("\\s*[x*\N{MULTIPLICATION SIGN}\N{MIDDLE DOT}]\\s*\\Z")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MICRO = re.compile(r"(?<![A-Za-z])u(?=(?:g|mol|L|l|kat|IU|U|m|s)\b)")
"""The letter u that stands for micro: at the start of a unit, before one that can be divided."""


class Desk(Enum):
    """The language in which a desk writes numbers and dates."""

    ENGLISH = "en"
    ITALIAN = "it"

    @property
    def decimal_mark(self) -> str:
        """A point in English, a comma in Italian."""
        return "." if self is Desk.ENGLISH else ","


def read_quantity(text: str, units: tuple[str, ...], desk: Desk) -> Quantity:
    """Read a number with an optional sign of comparison before it and an optional unit behind it.

    `units` are those that the field allows: the first is meant where none is typed; an empty tuple is a bare number.
    The desk's own decimal mark is always one. The other mark is read as a decimal mark where it cannot stand between
    groups of three digits ("0,02", "12,5"); where it could ("1,234" at an English desk), the input is refused.
    Spaces and apostrophes may stand between groups of three digits.

    Raises:
        TrialError: it is no number, has another unit, or can be read in two ways (both are named).
    """
    clean = text.translate(_CLEAN).strip()
    if not clean:
        raise TrialError("There is no number here. Type one, for instance " + write_number(Decimal("0.02"), desk) + ".")
    if len(clean) > _LONGEST:
        raise TrialError(f"This is too long for a number: {clean[:_LONGEST]}…")
    number, unit = _without_unit(clean, units)
    parts = _PARTS.fullmatch(number)
    if not parts:
        raise _no_number(clean, units)
    value = _decimal(parts["digits"], desk, clean)
    power = int(parts["power"] or 0)
    if value and abs(value.adjusted() + power) > _LARGEST_POWER:
        raise TrialError(f"{clean} is outside what can be measured. Check the number of zeros or the power of ten.")
    value = Decimal(f"{value}E{power}") if value and power else value  # no arithmetic: it would round long numbers
    return Quantity(value.copy_negate() if parts["sign"] == "-" else value, unit, parts["qualifier"] or "", text)


def write_quantity(quantity: Quantity, desk: Desk) -> str:
    """The value as this desk writes it, with its sign of comparison and its unit; `read_quantity` reads it back."""
    number = write_number(quantity.value, desk)
    sign = quantity.qualifier.replace("<=", "\N{LESS-THAN OR EQUAL TO}").replace(">=", "\N{GREATER-THAN OR EQUAL TO}")
    return with_unit(f"{sign}{number}", quantity.unit)


def with_unit(number: str, unit: str) -> str:
    """A number as written, followed by its unit: "0.02 %", "48 × 10⁹/L"."""
    times = "\N{MULTIPLICATION SIGN} " if unit.startswith("10^") else ""
    return f"{number} {times}{write_unit(unit)}" if unit else number


def write_unit(unit: str) -> str:
    """The unit as it is printed: powers of ten raised (10⁹/L), micro as its sign (µmol/L)."""
    raised = re.sub(r"(?<=10)\^([0-9]+)", lambda power: power.group(1).translate(_RAISED), unit)
    return _MICRO.sub("\N{MICRO SIGN}", raised)


def unit_beside(unit: str) -> str:
    """The unit where it stands apart from the number, beside a name or in a column: a ratio needs none there."""
    return "" if unit == "ratio" else write_unit(unit)


def write_number(value: Decimal, desk: Desk) -> str:
    """The number with the desk's decimal mark, and from 10 000 on with narrow spaces between groups of three digits."""
    whole, _, decimals = f"{value.copy_abs():f}".partition(".")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", _NARROW_SPACE)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}{desk.decimal_mark}{decimals}" if decimals else f"{sign}{whole}"


def _without_unit(text: str, units: tuple[str, ...]) -> tuple[str, str]:
    """The text before the unit, and the unit meant."""
    plain = _plain_unit(text)
    for fold in (str, str.casefold):  # as declared first: only then with small and capital letters taken as one
        found = [unit for unit in units if unit and fold(plain).endswith(fold(_plain_unit(unit)))]
        for unit in sorted(found, key=len, reverse=True):
            before = plain[: -len(_plain_unit(unit))]
            number = _TIMES.sub("", before) if unit[0].isdigit() else before
            if unit[0].isdigit() and number == before and not before.endswith(" "):
                continue  # "4510^9/L": nobody can tell where the number ends
            return number.rstrip(), unit
    return text, units[0] if units else ""


def _plain_unit(text: str) -> str:
    """One spelling for signs that look alike: the micro sign, powers written as superscripts or after a star."""
    text = text.replace("\N{MICRO SIGN}", "u").replace("\N{GREEK SMALL LETTER MU}", "u")
    text = re.sub(r"(?<=10)[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda power: "^" + power.group().translate(_SUPERSCRIPTS), text)
    return re.sub(r"(?<=10)\*(?=[0-9])", "^", text)


def _decimal(digits: str, desk: Desk, typed: str) -> Decimal:
    """The number that the digits and marks mean, if they can mean only one."""
    points, commas = digits.count("."), digits.count(",")
    if points + commas == 0:
        return Decimal(_ungrouped(digits, typed))
    if points and commas:
        mark = "." if digits.rfind(".") > digits.rfind(",") else ","
    elif points + commas > 1:
        return Decimal(_ungrouped(digits, typed))
    else:
        mark = "." if points else ","
    whole, decimals = digits.rsplit(mark, 1)
    if mark != desk.decimal_mark and _GROUPED.fullmatch(digits):
        one, other = write_number(Decimal(whole + decimals), desk), write_number(Decimal(f"{whole}.{decimals}"), desk)
        raise TrialError(
            f"{typed} can be read in two ways: {one} or {other}. "
            f"Type it without a mark between the digits, or with “{desk.decimal_mark}” before the decimals."
        )
    if mark in whole or not re.fullmatch(r"[0-9]+", decimals):
        raise _no_number(typed, ())
    return Decimal(f"{_ungrouped(whole, typed) or '0'}.{decimals}")


def _ungrouped(whole: str, typed: str) -> str:
    """A whole number without the signs between its groups of three digits."""
    if re.fullmatch(r"[0-9]*", whole):
        return whole
    if not _GROUPED.fullmatch(whole):
        raise TrialError(
            f"{typed} is not a number: spaces, apostrophes and marks may only part groups of three digits."
        )
    return re.sub(r"[^0-9]", "", whole)


def _no_number(typed: str, units: tuple[str, ...]) -> TrialError:
    """The sentence for text that is no number, naming the units where there is a choice."""
    named = [write_unit(unit) for unit in units if unit]
    several = "one of the units" if len(named) > 1 else "the unit"
    allowed = f", or with {several} {', '.join(named)}" if named else ""
    return TrialError(f"{typed} is not a number that can be read here. Type the number alone{allowed}.")
