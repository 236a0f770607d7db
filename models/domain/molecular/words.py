"""Numbers inside the sentences of reasons and findings."""

from decimal import Decimal

from models.domain.molecular.logs import significant
from models.domain.notation import Desk, write_number


def plain(value: Decimal) -> str:
    """A number in a sentence: whole as it is, else with at most four significant digits."""
    whole = value == value.to_integral_value()
    return write_number(Decimal(f"{value.to_integral_value():f}") if whole else significant(value, 4), Desk.ENGLISH)
