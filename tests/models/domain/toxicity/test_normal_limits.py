"""Where limits of normal lie: wide enough for every laboratory, too narrow for another unit."""

from decimal import Decimal

import pytest

from models.domain.quantities import Quantity
from models.domain.toxicity.laboratory_tests import TESTS, known_test
from models.domain.toxicity.normal_limits import LIMITS
from models.domain.toxicity.subjects import SCALES
from models.domain.toxicity.units import convert, convertible, find_unit

PRINTED = {
    "WBC": ("4.0", "10.5", "10^9/L"),
    "NEUT": ("1.5", "7.5", "10^9/L"),
    "LYM": ("1.0", "4.0", "10^9/L"),
    "EOS": ("0.02", "0.5", "10^9/L"),
    "CD4": ("0.4", "1.6", "10^9/L"),
    "HGB": ("12.0", "16.0", "g/dL"),
    "PLAT": ("150", "400", "10^9/L"),
    "APTT": ("25", "37", "s"),
    "FIBRINO": ("2.0", "4.0", "g/L"),
    "ALT": ("7", "45", "U/L"),
    "AST": ("7", "40", "U/L"),
    "BILI": ("3", "21", "umol/L"),
    "ALP": ("40", "129", "U/L"),
    "GGT": ("8", "61", "U/L"),
    "LDH": ("135", "225", "U/L"),
    "CREAT": ("45", "110", "umol/L"),
    "AMYLASE": ("28", "100", "U/L"),
    "LIPASET": ("13", "60", "U/L"),
    "CK": ("30", "200", "U/L"),
    "SODIUM": ("135", "145", "mmol/L"),
    "K": ("3.5", "5.1", "mmol/L"),
    "CA": ("2.15", "2.55", "mmol/L"),
    "CACR": ("2.15", "2.55", "mmol/L"),
    "CAION": ("1.15", "1.30", "mmol/L"),
    "MG": ("0.66", "1.07", "mmol/L"),
    "PHOS": ("0.8", "1.5", "mmol/L"),
    "BICARB": ("22", "29", "mmol/L"),
    "GLUC": ("3.9", "5.6", "mmol/L"),
    "URATE": ("200", "420", "umol/L"),
    "ALB": ("35", "52", "g/L"),
    "CHOL": ("3.0", "5.2", "mmol/L"),
    "TRIG": ("0.4", "1.7", "mmol/L"),
    "HAPTOG": ("0.3", "2.0", "g/L"),
    "QTCFAG": ("350", "450", "ms"),
    "TEMP": ("36", "37.5", "°C"),
}
"""Limits as laboratories for adults print them."""
_ALIKE = {("MG", "mEq/L", "mg/dL"), ("MG", "mg/dL", "mEq/L")}
"""Two units that differ by a fifth only: limits in one are not told from limits in the other, and hardly differ."""


def test_every_test_that_is_graded_has_limits() -> None:
    assert {scale.test for scale in SCALES} == {*LIMITS, "INR"}


@pytest.mark.parametrize("code", PRINTED)
def test_what_laboratories_print_is_possible(code: str) -> None:
    lower, upper, unit = PRINTED[code]
    assert LIMITS[code].lower.holds(Quantity(Decimal(lower), unit))
    assert LIMITS[code].upper.holds(Quantity(Decimal(upper), unit))


@pytest.mark.parametrize(
    ("code", "lower", "upper"),
    [
        ("PLAT", "70", "400"),  # a limit lowered for a population
        ("NEUT", "1.0", "26"),  # Duffy-null; a newborn
        ("WBC", "9", "34"),  # a newborn
        ("HGB", "13.5", "22"),
        ("HGB", "9.5", "14"),  # an infant
        ("BILI", "0", "200"),
        ("ALP", "0", "500"),  # a growing child
        ("CK", "0", "1100"),
        ("CREAT", "10", "30"),
        ("GLUC", "2.2", "11.1"),
        ("PHOS", "1.6", "2.9"),
        ("LIPASET", "0", "393"),  # another method
    ],
)
def test_what_some_laboratories_print_is_possible_too(code: str, lower: str, upper: str) -> None:
    unit = known_test(code).unit
    assert LIMITS[code].lower.holds(Quantity(Decimal(lower), unit))
    assert LIMITS[code].upper.holds(Quantity(Decimal(upper), unit))


MISREAD = [
    (test.code, written.name, read.name)
    for test in TESTS
    if test.code in PRINTED
    for written in test.units
    for read in test.units
    if written.factor != read.factor and convertible(written, read) and convertible(written, test.units[0])
    if (test.code, written.name, read.name) not in _ALIKE
]


@pytest.mark.parametrize(("code", "written", "read"), MISREAD)
def test_limits_that_are_read_in_another_unit_of_the_test_are_not_possible(code: str, written: str, read: str) -> None:
    lower, upper, unit = PRINTED[code]
    test = known_test(code)
    misread = []
    for limit, span in ((lower, LIMITS[code].lower), (upper, LIMITS[code].upper)):
        printed = convert(Quantity(Decimal(limit), unit), test.units, written)
        assert find_unit(test.units, read) is not None
        misread.append(span.holds(convert(Quantity(printed.value, read), test.units, test.unit)))
    assert not misread[1] or not misread[0]
