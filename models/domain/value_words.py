"""A value of the record in the words that a person reads, on the screen and on paper."""

from collections.abc import Sequence
from datetime import datetime

from models.domain.date_notation import write_date, write_moment
from models.domain.fields import Field
from models.domain.notation import Desk, write_quantity
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity

Choices = Sequence[tuple[str, str]]


def in_words(field: Field, value: object, desk: Desk, choices: Choices = ()) -> str:
    """The value as this desk writes it; empty for None. `choices` are the words of open lists and references."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, PartialDate):
        return write_date(value, desk)
    if isinstance(value, datetime):
        return write_moment(value, desk)
    if isinstance(value, Quantity):
        return write_quantity(value, desk)
    if isinstance(value, tuple):
        return ", ".join(_code_in_words(field, str(code), choices) for code in value)
    return _code_in_words(field, str(value), choices)


def _code_in_words(field: Field, code: str, choices: Choices) -> str:
    known = dict(choices)
    if code in known:
        return known[code]
    return field.codelist.label(code) if field.codelist else code
