"""Values come back from the database exactly as they went in."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.fields import FieldType
from models.domain.partial_dates import PartialDate, Special
from models.domain.quantities import QUALIFIERS, Quantity
from models.persistence.column_types import decoder, encode

decimals = st.decimals(allow_nan=False, allow_infinity=False)
quantities = st.builds(Quantity, decimals, st.text(max_size=8), st.sampled_from(QUALIFIERS), st.text(max_size=20))
dates = st.dates().map(PartialDate.from_date)
partial = (
    dates
    | dates.map(lambda d: PartialDate(d.year, d.month))
    | st.sampled_from(Special).map(lambda s: PartialDate(special=s))
)


def back_from(type_: FieldType, value: object) -> Any:
    """What is read after that value was stored."""
    decode = decoder(type_)
    return decode(encode(value)) if decode else encode(value)


@given(quantities)
def test_a_quantity_keeps_every_digit_and_the_text_as_typed(quantity: Quantity) -> None:
    back = back_from(FieldType.QUANTITY, quantity)
    assert back == quantity
    assert str(back.value) == str(quantity.value)
    assert back.typed == quantity.typed


@given(partial)
def test_a_partial_date_keeps_its_precision(date: PartialDate) -> None:
    assert back_from(FieldType.DATE, date) == date


@given(st.lists(st.text()).map(tuple))
def test_several_codes_come_back_in_order(codes: tuple[str, ...]) -> None:
    assert back_from(FieldType.CHOICES, codes) == codes


@pytest.mark.parametrize("offset", [-8, 0, 1, 5.5])
def test_a_moment_keeps_the_offset_of_its_desk(offset: float) -> None:
    moment = datetime(2026, 3, 29, 1, 30, tzinfo=timezone(timedelta(hours=offset)))
    back = back_from(FieldType.MOMENT, moment)
    assert back == moment
    assert back.utcoffset() == moment.utcoffset()


def test_a_moment_without_an_offset_is_never_stored() -> None:
    with pytest.raises(ValueError, match="offset"):
        encode(datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None))


@pytest.mark.parametrize(("type_", "value"), [(FieldType.YES_NO, False), (FieldType.INTEGER, 0), (FieldType.TEXT, "")])
def test_no_and_nought_and_nothing_are_different(type_: FieldType, value: object) -> None:
    assert back_from(type_, value) == value
    assert encode(None) is None
