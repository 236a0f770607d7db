"""Reference ranges as laboratories print them and people type them: "4.0-10.0", "12 to 16 g/dL", "<41", "> 60"."""

import re

from models.domain.errors import TrialError
from models.domain.notation import Desk, read_quantity, write_number, write_unit
from models.domain.quantities import Quantity

Limits = tuple[Quantity | None, Quantity | None]
"""Lower and upper limit; None where there is none on that side."""

_LONGEST = 80  # characters
_UPPER = re.compile(r"(?:<=?|\N{LESS-THAN OR EQUAL TO}|up to\b|to\b|fino a\b|max\b)\s*", re.IGNORECASE)
_LOWER = re.compile(r"(?:>=?|\N{GREATER-THAN OR EQUAL TO}|from\b|da\b|min\b)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[-\N{EN DASH}\N{EM DASH}\N{HYPHEN}]|\bto\b|\ba\b)\s*", re.IGNORECASE)


def read_range(text: str, units: tuple[str, ...], desk: Desk) -> Limits:
    """Read a range: two limits, or one with a sign or word that says on which side it stands.

    `units` are those that the test allows; the first is meant where none is typed. A limit belongs to the range, so
    "<41" and "up to 41" are the same.

    Raises:
        TrialError: it is no range, a limit is ambiguous, the limits have two units, or the lower is not the smaller.
    """
    clean = text.strip()
    if not clean or len(clean) > _LONGEST:
        raise _unreadable(clean[:_LONGEST], desk)
    if match := _UPPER.match(clean):
        return None, _limit(clean[match.end() :], units, desk)
    if match := _LOWER.match(clean):
        both = _BETWEEN.split(clean[match.end() :])
        return _both(both, units, desk) if len(both) == 2 else (_limit(clean[match.end() :], units, desk), None)
    parts = _BETWEEN.split(clean)
    if len(parts) != 2 or not all(parts):
        raise _unreadable(clean, desk)
    return _both(parts, units, desk)


def write_range(lower: Quantity | None, upper: Quantity | None, desk: Desk) -> str:
    """The range as `read_range` reads it back, without its unit: "4.0-10.0" with an en dash, "<41", ">60"."""
    if lower and upper:
        return f"{write_number(lower.value, desk)}\N{EN DASH}{write_number(upper.value, desk)}"
    if upper:
        return f"<{write_number(upper.value, desk)}"
    return f">{write_number(lower.value, desk)}" if lower else ""


def _both(parts: list[str], units: tuple[str, ...], desk: Desk) -> Limits:
    upper = _limit(parts[1], units, desk)
    lower = _limit(parts[0], (upper.unit, *(unit for unit in units if unit != upper.unit)), desk)
    if lower.unit != upper.unit:
        raise TrialError(
            f"The limits are in {write_unit(lower.unit)} and {write_unit(upper.unit)}. Give both in one unit."
        )
    if lower.value >= upper.value:
        low, high = write_number(lower.value, desk), write_number(upper.value, desk)
        raise TrialError(f"The lower limit {low} is not below the upper limit {high}.")
    return lower, upper


def _limit(text: str, units: tuple[str, ...], desk: Desk) -> Quantity:
    found = read_quantity(text, units, desk)
    if found.qualifier or found.value < 0:
        raise _unreadable(text, desk)
    return found


def _unreadable(text: str, desk: Desk) -> TrialError:
    mark = desk.decimal_mark
    shown = f"“{text}” is not a range that can be read here." if text else "There is no range here."
    return TrialError(f"{shown} Type both limits, for instance 3{mark}5-5{mark}1, or one as <41 or >60.")
