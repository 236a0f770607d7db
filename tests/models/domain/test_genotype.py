from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.errors import TrialError
from models.domain.genotype import CALLS, DIFFER, IKZF1_RULES, NOT_EVALUABLE, ikzf1_class, taken_together
from tests.wording import english

NEJM = "ikzf1plus-nejm-2020"
JCO = "ikzf1plus-jco-2024"
GENES = ("IKZF1", "CDKN2A", "CDKN2B", "PAX5", "PAR1", "ERG")
WORDS = {"D": "deleted", "n": "not deleted", "f": "failed"}


def calls(text: str) -> dict[str, str]:
    """One letter for each gene in the order of GENES: D deleted, n not deleted, f failed, - not tested."""
    return {gene: WORDS[letter] for gene, letter in zip(GENES, text, strict=True) if letter != "-"}


@pytest.mark.parametrize(
    ("text", "nejm", "jco"),
    [  # IKZF1, CDKN2A, CDKN2B, PAX5, PAR1, ERG
        ("nnnnnn", "IKZF1 wild type", "IKZF1 wild type"),
        ("nDDDDf", "IKZF1 wild type", "IKZF1 wild type"),
        ("n-----", "IKZF1 wild type", "IKZF1 wild type"),
        ("Dnnnnn", "IKZF1 only", "IKZF1 only"),
        ("DDnnnn", "IKZF1plus", "IKZF1plus"),
        ("DnDnnn", "IKZF1plus", "IKZF1plus"),
        ("DnnDnn", "IKZF1plus", "IKZF1plus"),
        ("DnnnDn", "IKZF1 only", "IKZF1plus"),
        ("DDnnnD", "IKZF1plus", "IKZF1 only"),
        ("DfnDnn", "IKZF1plus", "IKZF1plus"),
        ("DnnDnf", "IKZF1plus", "not evaluable"),
        ("DnnD--", "IKZF1plus", "not evaluable"),
        ("Dnnn--", "IKZF1 only", "not evaluable"),
        ("Dnnnn-", "IKZF1 only", "IKZF1 only"),
        ("DnfnnD", "not evaluable", "IKZF1 only"),
        ("Dfnnnn", "not evaluable", "not evaluable"),
        ("fDDDnn", "not evaluable", "not evaluable"),
        ("------", "not evaluable", "not evaluable"),
    ],
)
def test_the_class_follows_each_published_wording(text: str, nejm: str, jco: str) -> None:
    assert [ikzf1_class(calls(text), rule).value for rule in (NEJM, JCO)] == [nejm, jco]


@given(
    known=st.dictionaries(st.sampled_from(GENES), st.sampled_from(CALLS)),
    rule=st.sampled_from(sorted(IKZF1_RULES)),
)
def test_a_class_is_given_exactly_where_the_missing_calls_cannot_change_it(known: dict[str, str], rule: str) -> None:
    missing = [gene for gene in GENES if known.get(gene, "failed") == "failed"]
    possible = {
        ikzf1_class({**known, **dict(zip(missing, filled, strict=True))}, rule).value
        for filled in product(("deleted", "not deleted"), repeat=len(missing))
    }
    given_class = ikzf1_class(known, rule).value
    assert given_class == (possible.pop() if len(possible) == 1 else NOT_EVALUABLE)


def test_the_reason_names_the_gene_that_is_missing() -> None:
    assert "no valid result for ERG" in english(ikzf1_class(calls("DnnDnf"), JCO).reason)


def test_the_result_carries_rule_and_inputs() -> None:
    derived = ikzf1_class(calls("DDnn--"), NEJM)
    assert derived.rule.id == NEJM
    assert derived.inputs == (
        ("IKZF1", "deleted"),
        ("CDKN2A", "deleted"),
        ("CDKN2B", "not deleted"),
        ("PAX5", "not deleted"),
    )


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (("deleted", "not deleted"), DIFFER),
        (("not deleted", "deleted", "deleted"), DIFFER),
        (("deleted", "deleted"), "deleted"),
        (("failed", "not deleted"), "not deleted"),
        (("deleted", "failed"), "deleted"),
        (("failed", "failed"), "failed"),
    ],
)
def test_calls_of_one_gene_are_taken_together_and_none_is_passed_over(said: tuple[str, ...], found: str) -> None:
    assert taken_together(("IKZF1", call) for call in said) == {"IKZF1": found}


def test_calls_of_ikzf1_that_differ_are_not_evaluable_and_both_are_named() -> None:
    derived = ikzf1_class({**calls("nDnnnn"), "IKZF1": DIFFER}, NEJM)
    assert derived.value == NOT_EVALUABLE
    assert derived.reason == "The calls of IKZF1 differ (deleted and not deleted)."
    assert derived.inputs[0] == ("IKZF1", "deleted and not deleted: the calls differ")


def test_calls_of_a_partner_that_differ_matter_only_where_they_can_change_the_class() -> None:
    assert ikzf1_class({**calls("DnnnDn"), "PAX5": DIFFER}, JCO).value == "IKZF1plus"
    derived = ikzf1_class({**calls("Dnnfnn"), "CDKN2A": DIFFER}, JCO)
    assert derived.value == NOT_EVALUABLE
    assert "the calls of CDKN2A differ (deleted and not deleted) and there is no valid result for PAX5" in english(
        derived.reason
    )


def test_an_unknown_rule_is_refused_with_the_known_ones() -> None:
    with pytest.raises(TrialError, match="ikzf1plus-nejm-2020, ikzf1plus-jco-2024"):
        ikzf1_class({}, "ikzf1plus-2031")


def test_a_call_that_is_no_call_is_a_fault() -> None:
    with pytest.raises(ValueError, match="lost"):
        ikzf1_class({"IKZF1": "lost"}, NEJM)
