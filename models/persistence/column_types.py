"""How the values of the record lie in the database: as text that a person can read with any SQLite tool."""

import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Integer, String, func
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from models.domain.fields import FieldType
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity

_STORED_AS_THEY_ARE = (str, int)
_list = json.JSONEncoder(ensure_ascii=False).encode  # one for all: `json.dumps` would make one for each value


def encode(value: Any) -> Any:  # noqa: ANN401 - any declared value
    """A value as it lies in the database: text, or a whole number.

    A quantity is JSON `[value, unit, qualifier, typed]`: exact, where SQLite's own numbers would lose digits. A date is
    ISO 8601 with as many parts as are known (it sorts as dates do), a moment carries the offset of the desk where it
    was entered. A moment without an offset is a fault of the program.
    """
    if value is None or isinstance(value, _STORED_AS_THEY_ARE):
        return value
    if isinstance(value, Quantity):
        return _list([str(value.value), value.unit, value.qualifier, value.typed])
    if isinstance(value, PartialDate):
        return value.iso
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a moment needs its offset from UTC")
        return value.isoformat(timespec="milliseconds")
    return _list(list(value))


_parse = json.JSONDecoder().raw_decode  # our own text has no space around it, which `json.loads` looks for


_QUANTITIES = 1_000
"""Quantities kept once they were read: doses, and copies where nothing was found, are mostly the same again."""


@lru_cache(_QUANTITIES)
def _quantity(text: str) -> Quantity:
    (number, unit, qualifier, typed), _ = _parse(text)
    return Quantity(Decimal(number), unit, qualifier, typed)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


_DATES = 20_000
"""Dates kept once they were read, which is each day of a long study: a date never changes, and most come again."""

_DECODERS: dict[FieldType, Callable[[str], Any]] = {
    FieldType.QUANTITY: _quantity,
    FieldType.DATE: lru_cache(_DATES)(PartialDate.from_iso),
    FieldType.MOMENT: datetime.fromisoformat,
    FieldType.CHOICES: _codes,
}


class EncodedColumn(TypeDecorator[Any]):
    """A column of one of the types that have no column type of their own in SQLite."""

    impl = String
    cache_ok = True

    def __init__(self, type_: FieldType) -> None:
        """`type_` decides how the stored text is read."""
        super().__init__()
        self.type_ = type_
        self._decode = _DECODERS.get(type_, str)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ANN401
        """To the database."""
        return encode(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ANN401
        """From the database."""
        return None if value is None else self._decode(value)


class SealedColumn(EncodedColumn):
    """A column that identifies a person: sealed under the identity key on its way in, opened on its way out."""

    cache_ok = True

    def __init__(self, type_: FieldType, place: str) -> None:
        """`place` is bound into the sealed text, so that it opens in this column only."""
        super().__init__(type_)
        self.place = place

    def bind_expression(self, bindparam: Any) -> ColumnElement[Any]:  # noqa: ANN401
        """To the database."""
        return func.seal(bindparam, self.place)

    def column_expression(self, column: Any) -> ColumnElement[Any]:  # noqa: ANN401
        """From the database."""
        return func.unseal(column, self.place, type_=self)


def decoder(type_: FieldType) -> Callable[[Any], Any] | None:
    """What turns a stored value other than NULL into the value of a field; None where it is the value already."""
    return bool if type_ is FieldType.YES_NO else _DECODERS.get(type_)


_PLAIN: dict[FieldType, type[TypeEngine[Any]]] = {
    FieldType.YES_NO: Boolean,
    FieldType.INTEGER: Integer,
    FieldType.REFERENCE: Integer,
}


def column_type(type_: FieldType, sealed: str = "") -> TypeEngine[Any]:
    """The column type of a field type. `sealed` is the place of a value that identifies a person, else empty."""
    if sealed:
        return SealedColumn(type_, sealed)
    return EncodedColumn(type_) if type_ in _DECODERS else _PLAIN.get(type_, String)()
