from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.quantities import Quantity
from models.protocols.eligibility import (
    Answer,
    Eligibility,
    EligibilityResult,
    Outcome,
    eligibility,
    holds,
    judge,
)
from models.protocols.model import Criterion, Protocol
from tests.wording import english

INCLUSION = Criterion("I1", "Blasts carry CD19", exclusion=False)
EXCLUSION = Criterion("E1", "HIV infection", exclusion=True)
BILIRUBIN = Criterion("I7", "Bilirubin", False, waivable=True, limit=Decimal("1.5"), comparison="<=", unit="x ULN")


def measured(text: str, unit: str = "x ULN", qualifier: str = "") -> Quantity:
    return Quantity(Decimal(text), unit, qualifier)


def all_in_order(protocol: Protocol) -> list[Answer]:
    """The answers of a patient who satisfies every criterion."""
    return [
        Answer(c.code, "NO" if c.exclusion else "YES", None if c.limit is None else Quantity(c.limit, c.unit))
        for c in protocol.criteria
    ]


def result(protocol: Protocol, answers: list[Answer]) -> EligibilityResult:
    return eligibility(protocol, answers).value


def test_a_patient_who_satisfies_every_criterion_is_eligible(dalba: Protocol) -> None:
    derived = eligibility(dalba, all_in_order(dalba))
    assert (derived.value.status, derived.reason) == (Eligibility.ELIGIBLE, "All criteria are satisfied.")


def test_a_list_with_an_open_criterion_is_incomplete(dalba: Protocol) -> None:
    derived = eligibility(dalba, all_in_order(dalba)[:-1])
    assert (derived.value.status, derived.reason) == (Eligibility.INCOMPLETE, "Still open: E6.")


def test_one_criterion_that_fails_is_enough_even_while_others_are_open(dalba: Protocol) -> None:
    derived = eligibility(dalba, [Answer("E1", "YES")])
    assert (derived.value.status, derived.reason) == (Eligibility.NOT_ELIGIBLE, "Not satisfied: E1.")


def test_every_criterion_has_its_verdict_in_the_order_of_the_protocol(dalba: Protocol) -> None:
    assert [v.criterion for v in result(dalba, []).verdicts] == list(dalba.criteria)


@pytest.mark.parametrize(
    ("criterion", "answer", "outcome"),
    [
        (INCLUSION, "YES", Outcome.SATISFIED),
        (INCLUSION, "NO", Outcome.FAILED),
        (EXCLUSION, "YES", Outcome.FAILED),
        (EXCLUSION, "NO", Outcome.SATISFIED),
        (INCLUSION, "UNKNOWN", Outcome.OPEN),
    ],
)
def test_yes_means_that_the_sentence_is_true(criterion: Criterion, answer: str, outcome: Outcome) -> None:
    assert judge(criterion, Answer(criterion.code, answer)).outcome is outcome


@pytest.mark.parametrize(("value", "outcome"), [("1.5", Outcome.SATISFIED), ("1.51", Outcome.FAILED)])
def test_a_measured_value_is_held_against_the_limit(value: str, outcome: Outcome) -> None:
    assert judge(BILIRUBIN, Answer("I7", "UNKNOWN", measured(value))).outcome is outcome


def test_a_limit_without_a_value_stays_open() -> None:
    verdict = judge(BILIRUBIN, Answer("I7", "YES"))
    assert (verdict.outcome, english(verdict.reason)) == (Outcome.OPEN, "The value is missing (limit ≤ 1.5 x ULN).")


def test_a_value_in_another_unit_stays_open() -> None:
    verdict = judge(BILIRUBIN, Answer("I7", "YES", measured("0.9", "mg/dL")))
    assert (verdict.outcome, english(verdict.reason)) == (Outcome.OPEN, "The value is in mg/dL, the limit in x ULN.")


def test_an_answer_that_contradicts_its_value_stays_open() -> None:
    verdict = judge(BILIRUBIN, Answer("I7", "YES", measured("3")))
    assert verdict.outcome is Outcome.OPEN
    assert "contradict" in english(verdict.reason)


def test_a_waiver_with_its_reason_lets_the_patient_in(dalba: Protocol) -> None:
    answers = [*all_in_order(dalba), Answer("I7", "WAIVED", comment="Gilbert syndrome")]
    derived = eligibility(dalba, answers)
    assert (derived.value.status, derived.reason) == (
        Eligibility.ELIGIBLE,
        "All criteria are satisfied, waived: I7.",
    )


def test_a_waiver_without_a_reason_stays_open() -> None:
    assert judge(BILIRUBIN, Answer("I7", "WAIVED", comment=" ")).outcome is Outcome.OPEN


def test_a_criterion_that_cannot_be_waived_fails_when_waived() -> None:
    assert judge(EXCLUSION, Answer("E1", "WAIVED", comment="please")).outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("qualifier", "value", "comparison", "truth"),
    [
        ("<", "1.5", "<=", True),
        ("<", "3", "<=", None),
        ("<=", "1.5", "<", None),
        ("<", "1.5", "<", True),
        (">", "1.5", "<=", False),
        (">=", "1.5", "<=", None),
        (">=", "1.5", "<", False),
        (">", "1", "<=", None),
        (">", "50", ">=", True),
        ("<", "1.5", ">=", False),
    ],
)
def test_a_qualified_value_is_compared_only_where_the_limit_allows_it(
    qualifier: str, value: str, comparison: str, truth: bool | None
) -> None:
    assert holds(measured(value, "", qualifier), comparison, Decimal("1.5")) is truth


@given(
    st.integers(0, 4),
    st.sampled_from(["<", "<=", ">", ">="]),
    st.sampled_from(["<", "<=", ">", ">="]),
    st.integers(0, 4),
    st.decimals(min_value=-2, max_value=6, places=1),
)
def test_what_is_said_of_a_qualified_value_is_true_of_every_value_it_can_be(
    bound: int, qualifier: str, comparison: str, limit: int, true_value: Decimal
) -> None:
    if not holds(Quantity(true_value, ""), qualifier, Decimal(bound)):
        return
    said = holds(Quantity(Decimal(bound), "", qualifier), comparison, Decimal(limit))
    assert said in (None, holds(Quantity(true_value, ""), comparison, Decimal(limit)))
