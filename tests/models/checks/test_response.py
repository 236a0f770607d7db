"""A remission that blasts or counts of the same day speak against is asked about."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records.disease import Relapse
from models.records.laboratory import LabResult
from tests.models.checks.asking import ON, rules


def _q(value: str, unit: str, qualifier: str = "") -> Quantity:
    return Quantity(Decimal(value), unit, qualifier)


@pytest.mark.parametrize(
    ("response", "against"),
    [
        ("CR", {"marrow_blasts": _q("90", "%")}),
        ("CRi", {"marrow_blasts": _q("5", "%")}),
        ("CRh", {"blood_blasts": True}),
        ("CRi", {"extramedullary": True}),
        ("CR", {"neutrophils": _q("0.5", "10^9/L")}),
        ("CR", {"platelets": _q("99", "10^9/L")}),
    ],
)
def test_a_remission_against_the_numbers_of_its_assessment_is_doubtful(
    response: str, against: Mapping[str, Any]
) -> None:
    assert rules("assessment", {"assessed": ON, "response": response, **against}) == {"assessment.response"}


@pytest.mark.parametrize(
    ("response", "values"),
    [
        ("CR", {"marrow_blasts": _q("5", "%", "<"), "neutrophils": _q("1.0", "10^9/L")}),
        ("CRi", {"marrow_blasts": _q("2", "%"), "neutrophils": _q("0.3", "10^9/L"), "platelets": _q("20", "10^9/L")}),
        ("NR", {"marrow_blasts": _q("90", "%")}),
        ("CR", {}),
    ],
)
def test_a_response_that_its_numbers_allow_raises_nothing(response: str, values: Mapping[str, Any]) -> None:
    assert rules("assessment", {"assessed": ON, "response": response, **values}) == set()


def test_a_relapse_that_was_assessed_has_to_be_recorded() -> None:
    assessed = {"assessed": ON, "response": "RELAPSE"}
    assert rules("assessment", assessed) == {"assessment.relapse-missing"}
    assert rules("assessment", assessed, known={"relapse": [Relapse(id=1, found=ON)]}) == set()
    later = Relapse(id=1, found=PartialDate(2026, 3, 2))
    assert rules("assessment", assessed, known={"relapse": [later]}) == {"assessment.relapse-missing"}


def test_counts_that_the_assessment_leaves_out_come_from_the_laboratory_of_that_day() -> None:
    low = LabResult(id=1, test="NEUT", collected=ON, value=_q("500", "/uL"))
    enough = LabResult(id=2, test="NEUT", collected=ON, value=_q("1.2", "10^9/L"))
    complete = {"assessed": ON, "response": "CR"}
    assert rules("assessment", complete, known={"lab": [low]}) == {"assessment.response"}
    assert rules("assessment", complete, known={"lab": [low, enough]}) == set()
