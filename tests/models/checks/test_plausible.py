"""Values that no living patient has are asked about; those of the sickest are not."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from models.domain.quantities import Quantity
from tests.models.checks.asking import ON, messages, rules


def _lab(test: str, value: str, unit: str, qualifier: str = "") -> set[str]:
    return rules("lab", {"test": test, "collected": ON, "value": Quantity(Decimal(value), unit, qualifier)})


@pytest.mark.parametrize(
    ("test", "value", "unit"),
    [
        ("HGB", "79", "g/dL"),
        ("HGB", "7.9", "g/L"),
        ("K", "29", "mmol/L"),
        ("SODIUM", "1400", "mmol/L"),
        ("WBC", "1000000", "10^9/L"),
        ("NEUT", "4500", "10^9/L"),
        ("PLAT", "150000", "10^9/L"),
        ("CREAT", "0.9", "umol/L"),
    ],
)
def test_a_laboratory_value_outside_its_span_is_doubtful(test: str, value: str, unit: str) -> None:
    assert _lab(test, value, unit) == {"lab.implausible"}


@pytest.mark.parametrize(
    ("test", "value", "unit", "qualifier"),
    [
        ("HGB", "29", "g/L", ""),
        ("WBC", "860", "10^9/L", ""),
        ("WBC", "860000", "/uL", ""),
        ("NEUT", "0", "10^9/L", ""),
        ("K", "9.8", "mmol/L", ""),
        ("BILI", "2", "umol/L", "<"),
        ("URATE", "12", "umol/L", "<"),
        ("APTT", "2.4", "ratio", ""),
    ],
)
def test_what_the_sickest_patient_has_raises_nothing(test: str, value: str, unit: str, qualifier: str) -> None:
    assert _lab(test, value, unit, qualifier) == set()


def test_a_limit_of_detection_counts_as_far_as_it_decides() -> None:
    assert _lab("HGB", "60", "g/dL", ">") == {"lab.implausible"}
    assert _lab("HGB", "60", "g/dL", "<") == set()


def test_blasts_in_the_blood_are_a_share_of_the_cells() -> None:
    assert _lab("BLASTLE", "130", "%") == {"quantity.percent!"}
    assert _lab("BLASTLE", "-1", "%") == {"quantity.negative!", "lab.implausible"}
    assert _lab("ANTHRM", "130", "%") == set()


@pytest.mark.parametrize(
    ("field", "value", "unit"),
    [("weight", "720", "kg"), ("temperature", "99", "°C"), ("pulse", "800", "/min"), ("height", "1.72", "cm")],
)
def test_a_vital_sign_outside_its_span_is_doubtful(field: str, value: str, unit: str) -> None:
    assert rules("vitals", {"measured": ON, field: Quantity(Decimal(value), unit)}) == {"quantity.implausible"}


def test_exchanged_pressures_are_doubtful() -> None:
    assert rules("vitals", _pressures("80", "120")) == {"vitals.pressure"}
    assert rules("vitals", _pressures("120", "80")) == set()


def test_the_doubt_says_what_is_plausible_and_whose_limits_these_are() -> None:
    (said,) = messages("lab", {"test": "HGB", "collected": ON, "value": Quantity(Decimal(79), "g/dL")})
    assert "79 g/dL is outside what this program takes for plausible (1.5 to 25 g/dL)" in said


@pytest.mark.parametrize("value", ["-1", "130"])
def test_a_share_below_0_or_above_100_percent_is_refused(value: str) -> None:
    found = rules("assessment", {"assessed": ON, "marrow_blasts": Quantity(Decimal(value), "%")})
    assert found <= {"quantity.negative!", "quantity.percent!"}
    assert found


def _pressures(systolic: str, diastolic: str) -> Mapping[str, Any]:
    return {
        "measured": ON,
        "systolic": Quantity(Decimal(systolic), "mmHg"),
        "diastolic": Quantity(Decimal(diastolic), "mmHg"),
    }
