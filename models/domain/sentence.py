"""Sentences with values in them, which every desk reads with its own decimal mark and its own names of months.

"1.234 %" is a little more than one at an English desk and over a thousand at an Italian one. A rule therefore never
writes a number into its reason: it hands over its words with the values among them, and whoever shows or stores the
sentence says for which desk.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from models.domain.date_notation import write_date, write_moment
from models.domain.molecular.logs import significant
from models.domain.notation import Desk, write_number, write_quantity
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity

Sentence: TypeAlias = "str | Decimal | Quantity | PartialDate | date | tuple[Sentence, ...]"
"""Words, a value, or several of both in the order in which they are read: ("The ratio is ", Decimal("0.02"), " %.").

Nothing is written before somebody reads it, and of a cohort's many reasons nobody reads most. A bare number is written
whole as it is, else with at most four significant digits; a quantity with all its digits, its qualifier and its unit.
Versions, codes and grades are words.
"""


def write_sentence(sentence: Sentence, desk: Desk) -> str:
    """The sentence as this desk writes it. Files, the audit trail and what is stored take `Desk.ENGLISH`."""
    match sentence:
        case str():
            return sentence
        case tuple():
            return "".join(write_sentence(part, desk) for part in sentence)
        case Decimal():
            return _rounded(sentence, desk)
        case Quantity():
            return write_quantity(sentence, desk)
        case PartialDate():
            return write_date(sentence, desk)
        case datetime():
            return write_moment(sentence, desk)
        case date():
            return write_date(PartialDate.from_date(sentence), desk)


def exactly(value: Decimal) -> Quantity:
    """A bare number that is written with all its digits."""
    return Quantity(value, "")


def on_day(day: PartialDate) -> Sentence:
    """A day behind what happened on it: " on 12 Mar 2026", or that nobody knows it."""
    return (" on ", day) if day.earliest else ", on a day that is not known"


def joined(between: str, parts: Iterable[Sentence]) -> Sentence:
    """The parts with the same words between each two of them."""
    found: list[Sentence] = []
    for part in parts:
        found += [between, part] if found else [part]
    return tuple(found)


@lru_cache(maxsize=4096)
def _rounded(value: Decimal, desk: Desk) -> str:
    """Kept: the sentences about one result name a number several times, and the protocol's limits are in all."""
    whole = value == value.to_integral_value()
    return write_number(Decimal(f"{value.to_integral_value():f}") if whole else significant(value, 4), desk)
