from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.quantities import Quantity
from models.domain.toxicity import units
from models.domain.toxicity.units import convert, convertible, decimal, find_unit, possible


@pytest.mark.parametrize(
    ("known", "typed", "name"),
    [
        (units.CELLS, "10^9/L", "10^9/L"),
        (units.CELLS, "x10^9/L", "10^9/L"),
        (units.CELLS, "\u00d7 10⁹/L", "10^9/L"),
        (units.CELLS, "10*9/L", "10^9/L"),
        (units.CELLS, "10E9/L", "10^9/L"),
        (units.CELLS, "G/L", "10^9/L"),
        (units.CELLS, "K/µL", "10^3/uL"),
        (units.CELLS, "10^3/mm^3", "10^3/uL"),
        (units.CELLS, "/mm3", "/uL"),
        (units.CELLS, "cells/µL", "/uL"),
        (units.CELLS, "10^6/L", "10^6/L"),
        (units.HAEMOGLOBIN, "G/DL", "g/dL"),
        (units.HAEMOGLOBIN, "g/l", "g/L"),
        (units.BILIRUBIN, "µmol/L", "umol/L"),
        (units.ENZYME, "IU/L", "U/L"),
        (units.ENZYME, "UI/l", "U/L"),
        (units.RATIO, "", "ratio"),
        (units.CELSIUS, "C", "°C"),
    ],
)
def test_usual_spellings_of_a_unit_are_known(known: tuple[units.Unit, ...], typed: str, name: str) -> None:
    found = find_unit(known, typed)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("typed", ["", "g/dL", "mg", "10^12/L", "L"])
def test_a_unit_that_a_count_does_not_have_is_not_guessed(typed: str) -> None:
    assert find_unit(units.CELLS, typed) is None


@pytest.mark.parametrize(
    ("known", "value", "unit", "target", "expected"),
    [
        (units.CELLS, "48000", "/uL", "10^9/L", "48"),
        (units.CELLS, "0.5", "10^9/L", "10^3/uL", "0.5"),
        (units.HAEMOGLOBIN, "9.9", "g/dL", "g/L", "99"),
        (units.HAEMOGLOBIN, "10", "mmol/L", "g/dL", "16.114"),
        (units.BILIRUBIN, "1.2", "mg/dL", "umol/L", "20.5248"),
        (units.CREATININE, "1", "mg/dL", "umol/L", "88.4"),
        (units.GLUCOSE, "100", "mg/dL", "mmol/L", "5.551"),
        (units.CALCIUM, "2", "mEq/L", "mmol/L", "1"),
        (units.CALCIUM, "10", "mg/dL", "mmol/L", "2.495"),
        (units.MAGNESIUM, "2", "mg/dL", "mmol/L", "0.8228"),
        (units.URATE, "0.42", "mmol/L", "umol/L", "420"),
        (units.PROTEIN, "3.5", "g/dL", "g/L", "35"),
        (units.MONOVALENT, "140", "mEq/L", "mmol/L", "140"),
        (units.ENZYME, "2", "ukat/L", "U/L", "120"),
        (units.FIBRINOGEN, "250", "mg/dL", "g/L", "2.5"),
    ],
)
def test_values_convert_by_their_factor(
    known: tuple[units.Unit, ...], value: str, unit: str, target: str, expected: str
) -> None:
    assert convert(Quantity(Decimal(value), unit), known, target).value == Decimal(expected)


def test_a_conversion_keeps_the_qualifier() -> None:
    assert convert(Quantity(Decimal(5), "g/dL", "<"), units.PROTEIN, "g/L") == Quantity(Decimal(50), "g/L", "<")


def test_a_clotting_ratio_cannot_be_turned_into_seconds() -> None:
    seconds, ratio = units.CLOTTING_TIME
    assert not convertible(seconds, ratio)
    with pytest.raises(ValueError, match="cannot be converted"):
        convert(Quantity(Decimal("1.2"), "ratio"), units.CLOTTING_TIME, "s")


@given(st.decimals(min_value=0, max_value=10**6, places=4))
def test_converting_there_and_back_by_powers_of_ten_is_exact(value: Decimal) -> None:
    there = convert(Quantity(value, "/uL"), units.CELLS, "10^9/L")
    assert convert(there, units.CELLS, "/uL").value == value


@given(st.decimals(min_value="0.001", max_value=10**6, places=4))
def test_a_molar_conversion_there_and_back_stays_within_twelve_digits(value: Decimal) -> None:
    there = convert(Quantity(value, "mg/dL"), units.BILIRUBIN, "umol/L")
    back = convert(there, units.BILIRUBIN, "mg/dL").value
    assert abs(back - value) <= value * Decimal("1E-11")


@given(st.decimals(min_value=0, max_value=10**9, places=6))
def test_a_decimal_survives_being_a_fraction(value: Decimal) -> None:
    assert decimal(value.as_integer_ratio()[0] * units.CELLS[0].factor / value.as_integer_ratio()[1]) == value


@pytest.mark.parametrize(
    ("text", "answer"), [("48", True), ("0", True), ("1E+13", False), ("1E-31", False), ("NaN", False)]
)
def test_absurd_numbers_are_no_measurements(text: str, answer: bool) -> None:
    assert possible(Decimal(text)) is answer
