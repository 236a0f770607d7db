"""The response that the numbers of an assessment point to."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.quantities import Quantity
from models.domain.remission import proposed_response, reaches
from tests.wording import english


def _of(
    blasts: str | None = "2",
    blood: bool | None = False,
    outside: bool | None = False,
    neutrophils: str | None = "1.5",
    platelets: str | None = "150",
) -> str | None:
    return proposed_response(
        _quantity(blasts, "%"),
        blood_blasts=blood,
        extramedullary=outside,
        neutrophils=_quantity(neutrophils, "10^9/L"),
        platelets=_quantity(platelets, "10^9/L"),
    ).value


def _quantity(text: str | None, unit: str) -> Quantity | None:
    if text is None:
        return None
    digits = text.lstrip("<>=")
    return Quantity(Decimal(digits), unit, text[: len(text) - len(digits)])


def test_no_leukaemia_and_full_counts_is_complete_remission() -> None:
    assert _of() == "CR"


@pytest.mark.parametrize(("neutrophils", "platelets"), [("1.0", "100"), ("1", ">100")])
def test_the_limits_themselves_are_enough(neutrophils: str, platelets: str) -> None:
    assert _of(neutrophils=neutrophils, platelets=platelets) == "CR"


def test_half_the_counts_is_partial_recovery() -> None:
    assert _of(neutrophils="0.5", platelets="50") == "CRh"


def test_counts_that_reach_half_and_perhaps_the_whole_leave_it_open() -> None:
    assert _of(neutrophils=">0.8", platelets="150") is None


@pytest.mark.parametrize(("neutrophils", "platelets"), [("0.49", "150"), ("2", "49"), ("0.2", None)])
def test_lower_counts_are_incomplete_recovery(neutrophils: str, platelets: str | None) -> None:
    assert _of(neutrophils=neutrophils, platelets=platelets) == "CRi"


@pytest.mark.parametrize("facts", [{"blasts": "5"}, {"blood": True}, {"outside": True}, {"blasts": ">30"}])
def test_leukaemia_anywhere_is_no_remission(facts: dict[str, str]) -> None:
    assert _of(**facts) == "NR"  # type: ignore[arg-type]


def test_leukaemia_outside_the_marrow_decides_even_without_a_marrow() -> None:
    assert _of(blasts=None, outside=True) == "NR"


@pytest.mark.parametrize(
    "facts",
    [{"blasts": None}, {"blood": None}, {"outside": None}, {"platelets": None}, {"blasts": "<10"},
     {"neutrophils": None, "platelets": "80"}],
)  # fmt: skip
def test_what_is_missing_and_could_change_it_leaves_it_open(facts: dict[str, str | None]) -> None:
    assert _of(**facts) is None  # type: ignore[arg-type]


def test_blasts_reported_as_under_five_percent_are_enough() -> None:
    assert _of(blasts="<5") == "CR"


def test_a_count_in_another_unit_decides_nothing() -> None:
    assert reaches(Quantity(Decimal(1500), "/uL"), Decimal(1), "10^9/L") is None


def test_the_reason_names_what_is_missing() -> None:
    derived = proposed_response(None, blood_blasts=False, extramedullary=None, neutrophils=None, platelets=None)
    assert english(derived.reason) == "Not known for certain: marrow blasts and disease outside the marrow."


@pytest.mark.parametrize(
    ("neutrophils", "platelets", "open_"), [("<0.7", "120", "neutrophils"), ("2", "<70", "platelets")]
)
def test_a_count_known_to_be_low_but_not_how_low_leaves_it_open(neutrophils: str, platelets: str, open_: str) -> None:
    derived = proposed_response(
        _quantity("1", "%"),
        blood_blasts=False,
        extramedullary=False,
        neutrophils=_quantity(neutrophils, "10^9/L"),
        platelets=_quantity(platelets, "10^9/L"),
    )
    assert derived.value is None
    assert english(derived.reason) == f"No leukaemia by morphology; {open_} not known for certain."


@given(st.decimals(0, 1000, places=2), st.decimals(0, 1000, places=2))
def test_an_exact_value_reaches_a_limit_or_it_does_not(value: Decimal, limit: Decimal) -> None:
    assert reaches(Quantity(value, "%"), limit, "%") is (value >= limit)


@given(
    st.decimals(0, 20, places=1),
    st.decimals(0, 20, places=2),
    st.sampled_from(["<", "<=", ">", ">="]),
    st.decimals(0, 20, places=2),
)
def test_a_qualified_value_is_decided_only_where_every_value_it_stands_for_agrees(
    limit: Decimal, value: Decimal, qualifier: str, candidate: Decimal
) -> None:
    decided = reaches(Quantity(value, "%", qualifier), limit, "%")
    stands_for = {"<": candidate < value, "<=": candidate <= value, ">": candidate > value, ">=": candidate >= value}
    if decided is not None and stands_for[qualifier]:
        assert (candidate >= limit) is decided
