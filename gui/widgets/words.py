"""A value of the record in the words that a person reads."""

from collections.abc import Mapping
from datetime import datetime

from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.domain.value_words import Choices as Choices
from models.domain.value_words import in_words as in_words
from models.records import Record


def sort_key(value: object) -> tuple[int, object]:
    """What a value sorts by, whatever its type: numbers by size, dates in time, words without regard to capitals."""
    if isinstance(value, Quantity):
        return (1, value.value)
    if isinstance(value, int):
        return (1, int(value))
    if isinstance(value, PartialDate):
        return (2, value.iso)
    if isinstance(value, datetime):
        return (2, value.isoformat())
    return (3, str(value).casefold()) if value is not None else (0, "")


def first_words(record: Record, desk: Desk, choices: Mapping[str, Choices] | None = None) -> str:
    """What names a record among others of its kind: its first two answers, "Dasatinib, 140 mg"."""
    fields = type(record).kind.fields
    offered = choices or {}
    words = (in_words(fields[name], value, desk, offered.get(name, ())) for name, value in record.values().items())
    return ", ".join([word for word in words if word][:2])
