"""A row whose numbers cannot all be in its unit is found, and no real one is taken for it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.notation import Desk
from models.domain.quantities import Quantity
from models.domain.sentence import write_sentence
from models.domain.toxicity.laboratory_tests import TESTS, LabTest, known_test
from models.domain.toxicity.one_unit import misfit
from models.domain.toxicity.units import Unit, find_unit


def told(code: str, value: str, unit: str, lln: str = "", uln: str = "", baseline: str = "") -> str:
    test = known_test(code)
    found = find_unit(test.units, unit)
    assert found is not None
    qualifier = value[0] if value[0] in "<>" else ""
    quantity = Quantity(Decimal(value.removeprefix(qualifier)), unit, qualifier)
    others = (Decimal(text) if text else None for text in (lln, uln, baseline))
    return write_sentence(misfit(test, found, quantity, *others), Desk.ENGLISH)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (("NEUT", "500", "/uL", "1.5", "7"), "Neutrophils: a lower limit of normal of 1.5 /µL is not possible."),
        (("NEUT", "500", "/uL", "", "7"), "an upper limit of normal of 7 /µL is not possible."),
        (("NEUT", "0.5", "10^9/L", "1500", "7000"), "a lower limit of normal of 1500 × 10⁹/L"),
        (("NEUT", "5.0", "/uL", "1.5", "7"), "a lower limit of normal of 1.5 /µL"),
        (("NEUT", "400", "10^9/L", "1.5", "7"), "a value of 400 × 10⁹/L is not possible."),
        (("PLAT", "48000", "10^9/L", "150", "400"), "a value of 48 000 × 10⁹/L"),
        (("HGB", "90", "g/L", "12", "16"), "a lower limit of normal of 12 g/L"),
        (("HGB", "9", "g/dL", "7.5", "10"), "a lower limit of normal of 7.5 g/dL"),
        (("HGB", "5.6", "mmol/L", "12", "16"), "a lower limit of normal of 12 mmol/L"),
        (("CREAT", "1.9", "umol/L", "45", "110"), "a value of 1.9 µmol/L"),
        (("CREAT", "180", "umol/L", "", "1.2"), "an upper limit of normal of 1.2 µmol/L"),
        (("CREAT", "180", "umol/L", "", "110", "0.9"), "a baseline of 0.9 µmol/L"),
        (("BILI", "60", "umol/L", "", "1.2"), "an upper limit of normal of 1.2 µmol/L"),
        (("BILI", "4", "mg/dL", "", "21"), "an upper limit of normal of 21 mg/dL"),
        (("ALT", "5", "ukat/L", "", "45"), "an upper limit of normal of 45 µkat/L"),
        (("APTT", "2.8", "ratio", "25", "37"), "a lower limit of normal of 25"),
        (("INR", "3", "ratio", "70", "120"), "a lower limit of normal of 70"),
        (("TEMP", "101", "°C"), "a value of 101 °C"),
        (("NEUT", "0.2", "10^9/L", "0", "7"), "a lower limit of normal of 0 × 10⁹/L"),
    ],
)
def test_a_number_that_cannot_be_in_the_unit_is_named(row: tuple[str, ...], what: str) -> None:
    found = told(*row).replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")
    assert what in found
    assert found.endswith("Write value, limits and baseline in one unit, and name that unit.")


@pytest.mark.parametrize(
    "row",
    [
        ("WBC", "300", "10^9/L", "4", "11"),  # blast crisis
        ("WBC", "0.1", "10^9/L", "4", "11"),
        ("WBC", "300000", "/uL", "4000", "11000"),
        ("PLAT", "2", "10^9/L", "150", "400"),
        ("PLAT", "<1", "10^9/L", "150", "400"),
        ("PLAT", "72", "10^9/L", "70", "400"),
        ("NEUT", "0", "10^9/L", "1.5", "7"),
        ("NEUT", "10", "/uL", "1500", "7000"),
        ("NEUT", "90", "10^9/L", "1.5", "7"),  # growth factor
        ("ALT", "1800", "U/L", "0", "45", "30"),  # 40 x ULN
        ("AST", "12000", "U/L", "0", "40"),
        ("ALT", "30", "ukat/L", "0.1", "0.75"),
        ("BILI", "600", "umol/L", "0", "17"),
        ("BILI", "35", "mg/dL", "0.2", "1.2"),
        ("LIPASET", "9000", "U/L", "13", "60"),
        ("CK", "150000", "U/L", "30", "200"),
        ("CREAT", "1200", "umol/L", "45", "84", "50"),
        ("CREAT", "0.4", "mg/dL", "0.6", "1.2"),
        ("URATE", "12", "umol/L", "150", "420"),  # rasburicase
        ("FIBRINO", "0.2", "g/L", "2", "4"),  # asparaginase
        ("TRIG", "60", "mmol/L", "", "1.7"),
        ("GLUC", "40", "mmol/L", "3.9", "5.6"),
        ("APTT", "1.8", "ratio", "0.8", "1.2", "1.0"),
        ("ALT", "0", "U/L", "0", "40"),
    ],
)
def test_what_sick_patients_and_laboratories_really_have_is_left_alone(row: tuple[str, ...]) -> None:
    assert told(*row) == ""


@pytest.mark.parametrize("value", ["-3", "1e99"])
def test_what_is_no_measurement_is_left_to_whoever_grades_it(value: str) -> None:
    assert told("ALT", value, "U/L") == ""


@given(
    st.sampled_from(TESTS).flatmap(lambda test: st.tuples(st.just(test), st.sampled_from(test.units))),
    st.tuples(*[st.decimals(allow_nan=False, allow_infinity=False)] * 4),
)
def test_whatever_the_numbers_are_there_is_a_sentence_or_none(
    row: tuple[LabTest, Unit], numbers: tuple[Decimal, ...]
) -> None:
    test, unit = row
    value, *others = numbers
    found = write_sentence(misfit(test, unit, Quantity(value, unit.name), *others), Desk.ENGLISH)
    assert not found or found.startswith(f"{test.label}: a")
