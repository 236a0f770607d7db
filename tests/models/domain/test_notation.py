from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.errors import TrialError
from models.domain.notation import Desk, read_quantity, unit_beside, write_number, write_quantity, write_unit
from models.domain.quantities import QUALIFIERS, Quantity

UNITS = ("%", "10^9/L", "ug/L", "mg/L")
BOTH = (Desk.ENGLISH, Desk.ITALIAN)


@pytest.mark.parametrize("desk", BOTH)
@pytest.mark.parametrize(
    ("text", "qualifier", "value"),
    [
        ("<0.001", "<", "0.001"),
        ("< 0,001", "<", "0.001"),
        ("≤ 5", "<=", "5"),
        (">=5", ">=", "5"),
        ("1e-4", "", "0.0001"),
        ("2E3", "", "2000"),
        ("0,02", "", "0.02"),
        ("0.020", "", "0.020"),
        ("12,5", "", "12.5"),
        ("12.5", "", "12.5"),
        (",5", "", "0.5"),
        ("45 310", "", "45310"),
        ("45\N{NARROW NO-BREAK SPACE}310", "", "45310"),
        ("45\N{RIGHT SINGLE QUOTATION MARK}310", "", "45310"),
        ("1,234,567", "", "1234567"),
        ("1.234.567", "", "1234567"),
        ("1,234.5", "", "1234.5"),
        ("1.234,5", "", "1234.5"),
        ("1234,567", "", "1234.567"),
        ("\N{MINUS SIGN}3", "", "-3"),
        ("0e-99", "", "0"),
    ],
)
def test_a_number_that_has_one_meaning_is_read_at_either_desk(
    text: str, qualifier: str, value: str, desk: Desk
) -> None:
    assert read_quantity(text, (), desk) == Quantity(Decimal(value), "", qualifier)


@pytest.mark.parametrize(("text", "desk"), [("1.234", Desk.ENGLISH), ("1,234", Desk.ITALIAN)])
def test_the_own_decimal_mark_of_a_desk_is_never_in_doubt(text: str, desk: Desk) -> None:
    assert read_quantity(text, (), desk).value == Decimal("1.234")


@pytest.mark.parametrize(
    ("text", "desk", "readings"),
    [("1,234", Desk.ENGLISH, "1234 or 1.234"), ("45.310", Desk.ITALIAN, "45\N{NARROW NO-BREAK SPACE}310 or 45,310")],
)
def test_an_ambiguous_number_is_refused_with_both_readings(text: str, desk: Desk, readings: str) -> None:
    with pytest.raises(TrialError, match=readings):
        read_quantity(text, (), desk)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "abc",
        "5.",
        "1e",
        "--3",
        "1..2",
        "1,,2",
        "45 31",
        "12 345 6",
        "1,23,456",
        "0.000,1",
        "٣",
        "5 mg",
        "1e99",
    ],
)
def test_what_is_no_number_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(TrialError, match=r"\w+ .*\."):
        read_quantity(text, ("%",), Desk.ENGLISH)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("4.5", "4.5", "%"),
        ("4.5%", "4.5", "%"),
        ("4.5 x10^9/L", "4.5", "10^9/L"),
        ("45 10⁹/L", "45", "10^9/L"),
        ("45 10*9/l", "45", "10^9/L"),
        ("3 µg/L", "3", "ug/L"),
        ("3mg/l", "3", "mg/L"),
    ],
)
def test_a_unit_may_follow_and_the_first_is_meant_without_one(text: str, value: str, unit: str) -> None:
    assert read_quantity(text, UNITS, Desk.ENGLISH) == Quantity(Decimal(value), unit)


@pytest.mark.parametrize("text", ["5 g/L", "4510^9/L", "5 kg"])
def test_a_unit_that_the_field_does_not_have_is_refused_with_those_it_has(text: str) -> None:
    with pytest.raises(TrialError, match=r"one of the units %, 10⁹/L, µg/L, mg/L\."):
        read_quantity(text, UNITS, Desk.ENGLISH)


@pytest.mark.parametrize(
    ("unit", "printed"),
    [
        ("umol/L", "µmol/L"),
        ("ug/L", "µg/L"),
        ("/uL", "/µL"),
        ("10^3/uL", "10³/µL"),
        ("ukat/L", "µkat/L"),
        ("uU/mL", "µU/mL"),
        ("mg/dL", "mg/dL"),
        ("U/L", "U/L"),
        ("units", "units"),
    ],
)
def test_a_unit_is_printed_with_the_sign_for_micro_and_raised_powers(unit: str, printed: str) -> None:
    assert write_unit(unit) == printed


@pytest.mark.parametrize(("unit", "printed"), [("ratio", ""), ("", ""), ("10^3/uL", "10³/µL"), ("g/dL", "g/dL")])
def test_a_ratio_has_no_unit_beside_its_name(unit: str, printed: str) -> None:
    assert unit_beside(unit) == printed


def test_the_text_as_typed_is_kept() -> None:
    assert read_quantity(" < 0,02 ", ("%",), Desk.ITALIAN).typed == " < 0,02 "


def test_long_numbers_keep_every_digit() -> None:
    digits = "-1234567890123456.7890123456789012345678901234567890"
    assert read_quantity(digits, (), Desk.ENGLISH).value == Decimal(digits)


@pytest.mark.parametrize(
    ("value", "english", "italian"),
    [
        ("9999.5", "9999.5", "9999,5"),
        ("10000", "10\N{NARROW NO-BREAK SPACE}000", "10\N{NARROW NO-BREAK SPACE}000"),
        ("22.0", "22.0", "22,0"),
        ("1E-7", "0.0000001", "0,0000001"),
    ],
)
def test_a_number_is_written_as_the_desk_writes_it(value: str, english: str, italian: str) -> None:
    assert [write_number(Decimal(value), desk) for desk in BOTH] == [english, italian]


@given(
    value=st.decimals(min_value=-(10**12), max_value=10**12, places=6),
    unit=st.sampled_from(UNITS),
    qualifier=st.sampled_from(QUALIFIERS),
    desk=st.sampled_from(BOTH),
)
def test_reading_what_was_written_gives_the_same_value(value: Decimal, unit: str, qualifier: str, desk: Desk) -> None:
    quantity = Quantity(value, unit, qualifier)
    assert read_quantity(write_quantity(quantity, desk), UNITS, desk) == quantity


@given(
    text=st.text() | st.text("0123456789.,' eE+-<>=%xL/^", max_size=20),
    desk=st.sampled_from(BOTH),
)
def test_any_text_is_a_number_or_a_sentence(text: str, desk: Desk) -> None:
    try:
        value = read_quantity(text, UNITS, desk).value
    except TrialError:
        return
    assert value.is_finite()
    assert any(digit in text for digit in "0123456789")
