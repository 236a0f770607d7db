"""A value of the record in the words that a person reads."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from models.domain.date_notation import write_date, write_moment
from models.domain.fields import Field
from models.domain.notation import Desk, write_quantity
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records import Record

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


def within_sentence(title: str) -> str:
    """A title as it stands inside a sentence: "Dose" becomes "dose", "MRD result" stays as it is."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def _code_in_words(field: Field, code: str, choices: Choices) -> str:
    known = dict(choices)
    if code in known:
        return known[code]
    return field.codelist.label(code) if field.codelist else code
