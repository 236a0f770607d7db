"""Reference ranges as they are typed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.errors import TrialError
from models.domain.notation import Desk
from models.domain.quantities import Quantity
from models.domain.range_notation import read_range, write_range

UNITS = ("g/dL", "g/L")


def _numbers(text: str, desk: Desk = Desk.ENGLISH) -> tuple[str | None, str | None]:
    lower, upper = read_range(text, UNITS, desk)
    return str(lower) if lower else None, str(upper) if upper else None


@pytest.mark.parametrize(
    "text", ["12-16", "12 - 16", "12\u201316", "12 to 16", "from 12 to 16", "12-16 g/dL", "12 g/dL-16 g/dL"]
)
def test_two_limits_however_they_are_parted(text: str) -> None:
    assert _numbers(text) == ("12 g/dL", "16 g/dL")


def test_an_italian_desk_types_da_and_a() -> None:
    assert _numbers("da 12,5 a 16", Desk.ITALIAN) == ("12.5 g/dL", "16 g/dL")


def test_the_unit_of_the_upper_limit_is_meant_for_both() -> None:
    assert _numbers("120-160 g/L") == ("120 g/L", "160 g/L")


@pytest.mark.parametrize("text", ["<41", "< 41", "<=41", "\u226441", "up to 41", "fino a 41", "max 41"])
def test_an_upper_limit_alone(text: str) -> None:
    assert _numbers(text) == (None, "41 g/dL")


@pytest.mark.parametrize("text", [">60", "\u226560", "from 60", "min 60"])
def test_a_lower_limit_alone(text: str) -> None:
    assert _numbers(text) == ("60 g/dL", None)


@pytest.mark.parametrize(
    "text", ["", "12", "12-", "-16", "12-14-16", "abc", "<", "12-16 mmol/L", "<-4", "12-<16", "x" * 200]
)
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(TrialError):
        read_range(text, UNITS, Desk.ENGLISH)


@pytest.mark.parametrize(
    ("text", "sentence"), [("16-12", "not below"), ("12-12", "not below"), ("120 g/L-16 g/dL", "one unit")]
)
def test_limits_that_do_not_go_together_are_refused_with_the_reason(text: str, sentence: str) -> None:
    with pytest.raises(TrialError, match=sentence):
        read_range(text, UNITS, Desk.ENGLISH)


@given(
    st.decimals(0, 10_000, places=2),
    st.decimals(0, 10_000, places=2),
    st.sampled_from(list(Desk)),
    st.sampled_from(["both", "lower", "upper"]),
)
def test_a_range_that_was_written_is_read_back(one: Decimal, other: Decimal, desk: Desk, sides: str) -> None:
    low, high = sorted((one, other))
    if low == high:
        high += 1
    lower = Quantity(low, "g/dL") if sides != "upper" else None
    upper = Quantity(high, "g/dL") if sides != "lower" else None
    assert read_range(write_range(lower, upper, desk), UNITS, desk) == (lower, upper)
