from decimal import Decimal

import pytest

from models.domain.errors import TrialError
from models.domain.quantities import Quantity
from models.domain.toxicity.calcium import corrected_calcium
from tests.wording import english


def test_calcium_rises_by_the_albumin_that_is_missing() -> None:
    result = corrected_calcium(Quantity(Decimal("8.0"), "mg/dL"), Quantity(Decimal("2.5"), "g/dL"))
    assert result.value == Quantity(Decimal("9.2"), "mg/dL")
    assert english(result.reason) == "8.0 mg/dL at an albumin of 2.5 g/dL corresponds to 9.2 mg/dL."


def test_the_unit_of_the_calcium_is_kept() -> None:
    result = corrected_calcium(Quantity(Decimal("2.0"), "mmol/L"), Quantity(Decimal(25), "g/L"))
    assert result.value == Quantity(Decimal("2.2994"), "mmol/L")


def test_the_corrected_calcium_has_four_decimals() -> None:
    result = corrected_calcium(Quantity(Decimal("2.0"), "mmol/L"), Quantity(Decimal("25.5"), "g/L"))
    assert result.value == Quantity(Decimal("2.2894"), "mmol/L")  # 2.0 + 0.8 x (4.0 - 2.55) x 0.2495 = 2.28942


def test_a_normal_albumin_changes_nothing() -> None:
    calcium = Quantity(Decimal("2.35"), "mmol/L")
    assert corrected_calcium(calcium, Quantity(Decimal(40), "g/L")).value == calcium


@pytest.mark.parametrize(
    ("calcium", "albumin", "words"),
    [
        (Quantity(Decimal(2), "g/L"), Quantity(Decimal(40), "g/L"), "Calcium is corrected from"),
        (Quantity(Decimal(2), "mmol/L"), Quantity(Decimal(40), "%"), "Calcium is corrected from"),
        (Quantity(Decimal(2), "mmol/L", "<"), Quantity(Decimal(40), "g/L"), "only from exact values"),
        (Quantity(Decimal("1E+999999"), "mmol/L"), Quantity(Decimal(40), "g/L"), "cannot have been measured"),
    ],
)
def test_what_cannot_be_corrected_is_refused(calcium: Quantity, albumin: Quantity, words: str) -> None:
    with pytest.raises(TrialError, match=words):
        corrected_calcium(calcium, albumin)
