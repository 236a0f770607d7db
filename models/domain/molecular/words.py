"""Numbers inside the sentences of reasons and findings."""

from decimal import Decimal
from functools import lru_cache

from models.domain.molecular.logs import significant
from models.domain.notation import Desk, write_number


@lru_cache(maxsize=4096)
def plain(value: Decimal) -> str:
    """A number in a sentence: whole as it is, else with at most four significant digits.

    Kept: the sentences about one result name the same numbers several times, and the limits of a protocol are in all.
    """
    whole = value == value.to_integral_value()
    return write_number(Decimal(f"{value.to_integral_value():f}") if whole else significant(value, 4), Desk.ENGLISH)
