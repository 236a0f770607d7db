from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.molecular.classification import classify
from models.domain.molecular.rules import MrdRules
from models.domain.molecular.sample import MrdSample
from models.domain.molecular.terms import CLASSES, EUROPEAN_CLASSES, LAB_CATEGORIES
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from tests.wording import english, english_inputs

RULES = MrdRules("d-alba", "1", "for tests")
WITH_LIMIT = replace(RULES, quantifiable_limit=Decimal("0.01"))


def copies(text: str | None) -> Quantity | None:
    """ "12", "<3", or None."""
    if text is None:
        return None
    return Quantity(Decimal(text.lstrip("<>")), "copies", text[: len(text) - len(text.lstrip("<>"))])


def a_sample(target: str | None = None, control: str | None = None, category: str | None = None) -> MrdSample:
    return MrdSample(
        key=1,
        collected=PartialDate(2026, 9, 21),
        day=256,
        specimen="BONE MARROW",
        transcript="p190",
        target_copies=copies(target),
        control_copies=copies(control),
        lab_category=category,
    )


@pytest.mark.parametrize(
    ("target", "control", "category", "protocol", "european"),
    [
        ("0", "45310", None, "complete", "MRD CR"),
        ("0", "10000", None, "complete", "MRD CR"),
        ("0", "9999", None, "not evaluable", "intermediate"),
        ("0", "0", None, "not evaluable", "not evaluable"),
        ("0", None, None, "not evaluable", "not evaluable"),
        ("0", "<20000", None, "not evaluable", "not evaluable"),
        ("0", ">100000", None, "complete", "MRD CR"),
        ("9.2", "43800", None, "positive", "failure"),
        ("2.1", "35002", None, "positive", "intermediate"),
        ("1", "10000", None, "positive", "failure"),
        ("200", "500", None, "positive", "failure"),
        ("5", "0", None, "not evaluable", "not evaluable"),
        ("<3", "45000", None, "not evaluable", "not evaluable"),
        (">500", "45000", None, "positive", "failure"),
        (None, None, None, "not evaluable", "not evaluable"),
        ("2.1", "35002", "positive non-quantifiable", "positive non-quantifiable", "intermediate"),
        ("9.2", "43800", "positive non-quantifiable", "positive non-quantifiable", "failure"),
        (None, None, "positive non-quantifiable", "positive non-quantifiable", "intermediate"),
        ("<10", "10000", "positive non-quantifiable", "positive non-quantifiable", "intermediate"),
        ("<1", "10000", "positive", "positive", "intermediate"),
        ("<10", "10000", "positive", "positive", "not evaluable"),
        (None, None, "positive", "positive", "not evaluable"),
        (None, "45310", "not detected", "complete", "MRD CR"),
        (None, None, "not detected", "not evaluable", "not evaluable"),
        ("0", "5000", "not detected", "not evaluable", "intermediate"),
        ("1", "45310", "not detected", "complete", "MRD CR"),
        ("0", "45310", "positive", "positive", "not evaluable"),
        ("0", "45310", "not evaluable", "not evaluable", "not evaluable"),
    ],
)
def test_the_class_under_both_rule_sets(
    target: str | None, control: str | None, category: str | None, protocol: str, european: str
) -> None:
    result = classify(a_sample(target, control, category), RULES, in_remission=True)
    assert (result.protocol_class.value, result.european_class.value) == (protocol, european)


def test_complete_and_non_quantifiable_count_as_response_and_positive_does_not() -> None:
    categories = ("not detected", "positive non-quantifiable", "positive", "not evaluable")
    counted = [classify(a_sample(None, "45310", category), RULES).counts_as_response for category in categories]
    assert counted == [True, True, False, False]


def test_undetected_with_too_few_control_copies_says_how_many_are_needed() -> None:
    reason = english(classify(a_sample("0", "5000", "not detected"), RULES).protocol_class.reason)
    assert "only 5000 ABL1 copies. At least 10\N{NARROW NO-BREAK SPACE}000 ABL1 copies are needed" in reason


def test_the_minimum_is_a_setting() -> None:
    gene = RULES.control_genes[0]
    strict = replace(RULES, control_genes=(gene._replace(minimum_copies=Decimal(32000)),))
    assert classify(a_sample("0", "31999"), strict).protocol_class.value == "not evaluable"


def test_non_quantifiable_inferred_from_a_limit_says_that_it_is_inferred() -> None:
    result = classify(a_sample("2.1", "35002"), WITH_LIMIT)
    assert result.protocol_class.value == "positive non-quantifiable"
    assert "inferred from the number" in english(result.protocol_class.reason)


def test_a_ratio_at_the_quantifiable_limit_is_positive() -> None:
    assert classify(a_sample("1", "10000"), WITH_LIMIT).protocol_class.value == "positive"


def test_a_sample_without_enough_control_copies_is_not_inferred_to_be_non_quantifiable() -> None:
    assert classify(a_sample("0.3", "5000"), WITH_LIMIT).protocol_class.value == "not evaluable"


def test_the_samples_own_limit_goes_before_that_of_the_rule_set() -> None:
    own = replace(a_sample("2.1", "35002"), quantifiable_limit=Decimal("0.001"))
    assert classify(own, WITH_LIMIT).protocol_class.value == "positive"


def test_a_laboratory_that_says_positive_below_the_limit_wins_and_the_difference_is_shown() -> None:
    result = classify(a_sample("2.1", "35002", "positive"), WITH_LIMIT)
    assert result.protocol_class.value == "positive"
    assert "would give “positive non-quantifiable”" in english(result.disagreement)


def test_not_detected_that_the_control_gene_does_not_support_is_shown_as_a_difference() -> None:
    assert "do not support it" in english(classify(a_sample("0", "5000", "not detected"), RULES).disagreement)


@pytest.mark.parametrize(
    ("target", "control", "category"),
    [("0", "45310", "not detected"), ("2.1", "35002", "positive non-quantifiable"), (None, None, "positive")],
)
def test_there_is_no_difference_where_the_numbers_do_not_contradict(
    target: str | None, control: str | None, category: str
) -> None:
    assert english(classify(a_sample(target, control, category), RULES).disagreement) == ""


def test_the_european_terms_apply_in_remission_only() -> None:
    result = classify(a_sample("0", "45310"), RULES, in_remission=False).european_class
    assert (result.value, english(result.reason)) == (
        "not evaluable",
        "The European terms apply in haematologic complete remission only.",
    )


def test_the_european_reason_says_where_remission_is_not_known() -> None:
    assert "not known here" in english(classify(a_sample("0", "45310"), RULES).european_class.reason)


def test_ratio_sensitivity_and_log_reduction_of_a_positive_result() -> None:
    result = classify(a_sample("9.2", "43800"), RULES, baseline_ratio=Decimal("0.62"))
    assert result.ratio is not None
    assert result.sensitivity_percent is not None
    assert round(result.ratio, 8) == Decimal("0.00021005")
    assert round(result.sensitivity_percent, 6) == Decimal("0.002283")
    assert result.log_reduction == Quantity(Decimal("3.47"), "log10")


def test_the_log_reduction_of_an_undetected_result_is_a_lower_limit_rounded_down() -> None:
    result = classify(a_sample("0", "45310"), RULES, baseline_ratio=Decimal("0.62"))  # log10(0.62 * 45310) = 4.4486
    assert result.log_reduction == Quantity(Decimal("4.44"), "log10", ">")


def test_a_non_quantifiable_result_without_a_number_is_below_the_limit() -> None:
    sample = replace(a_sample(None, "35002", "positive non-quantifiable"), quantifiable_limit=Decimal("0.01"))
    result = classify(sample, RULES, baseline_ratio=Decimal(1))
    assert (result.plot_ratio, result.log_reduction) == (Decimal("0.01"), Quantity(Decimal(4), "log10", ">"))


def test_a_non_quantifiable_result_stands_at_the_limit_and_not_at_the_number_below_it() -> None:
    sample = replace(a_sample("2", "40000", "positive non-quantifiable"), quantifiable_limit=Decimal("0.01"))
    result = classify(sample, RULES, baseline_ratio=Decimal(1))
    assert (result.percent, result.plot_ratio) == (Decimal("0.005"), Decimal("0.01"))
    assert result.log_reduction == Quantity(Decimal(4), "log10", ">")


def test_a_non_quantifiable_result_whose_limit_nobody_knows_counts_with_its_ratio() -> None:
    result = classify(a_sample("2", "40000", "positive non-quantifiable"), RULES, baseline_ratio=Decimal("0.5"))
    assert (result.plot_ratio, result.log_reduction) == (Decimal("0.005"), Quantity(Decimal(4), "log10"))


def test_a_non_quantifiable_result_without_limit_or_number_is_drawn_at_its_sensitivity_and_has_no_reduction() -> None:
    result = classify(a_sample(None, "50000", "positive non-quantifiable"), RULES, baseline_ratio=Decimal(1))
    assert (result.plot_ratio, result.log_reduction) == (Decimal("0.002"), None)


@pytest.mark.parametrize("baseline", [None, Decimal(0)])
def test_there_is_no_log_reduction_without_a_baseline(baseline: Decimal | None) -> None:
    assert classify(a_sample("0", "45310"), RULES, baseline_ratio=baseline).log_reduction is None


@pytest.mark.parametrize(
    ("target", "control", "gene", "depth"),
    [
        ("0", "10000", "ABL1", "MR4"),
        ("0", "31999", "ABL1", "MR4"),
        ("0", "32000", "ABL1", "MR4.5"),
        ("0", "100000", "ABL1", "MR5"),
        ("0", "9999", "ABL1", ""),
        ("0", "23999", "GUSB", ""),
        ("0", "24000", "GUSB", "MR4"),
        ("0", "77000", "GUSB", "MR4.5"),
        ("0", "240000", "GUSB", "MR5"),
        ("0", "99999", "ABL1", "MR4.5"),
        ("0", "76999", "GUSB", "MR4"),
        ("0", "239999", "GUSB", "MR4.5"),
        ("1", "100000", "ABL1", "MR5"),
        ("2", "100000", "ABL1", "MR4.5"),
        ("32", "1000000", "ABL1", "MR4.5"),
        ("33", "1000000", "ABL1", "MR4"),
        ("10", "100000", "ABL1", "MR4"),
        ("1", "31249", "ABL1", "MR4"),
        ("11", "100000", "ABL1", ""),
        (">1", "100000", "ABL1", ""),
    ],
)
def test_the_depth_needs_both_a_low_ratio_and_enough_control_copies(
    target: str, control: str, gene: str, depth: str
) -> None:
    assert classify(replace(a_sample(target, control), control_gene=gene), RULES).depth == depth


@pytest.mark.parametrize(
    ("target", "control", "category", "kind", "plotted"),
    [
        ("9", "45000", None, "quantifiable", "0.02"),
        ("0", "50000", None, "undetected", "0.002"),
        ("2", "40000", "positive non-quantifiable", "non-quantifiable", "0.005"),
        ("0", "500", None, "not evaluable", None),
        (None, None, "positive", "quantifiable", None),
    ],
)
def test_the_curve_shows_each_kind_where_it_belongs(
    target: str | None, control: str | None, category: str | None, kind: str, plotted: str | None
) -> None:
    result = classify(a_sample(target, control, category), RULES)
    assert (result.plot_kind, result.plot_ratio) == (kind, None if plotted is None else Decimal(plotted))


def test_replicates_are_read_as_sums() -> None:
    pairs = ((Decimal(1), Decimal(20000)), (Decimal(3), Decimal(20000)))
    assert classify(replace(a_sample(), replicates=pairs), RULES).percent == Decimal("0.01")


def test_only_replicates_with_enough_control_copies_count_for_sensitivity() -> None:
    pairs = ((Decimal(0), Decimal(20000)), (Decimal(0), Decimal(30000)), (Decimal(0), Decimal(9000)))
    result = classify(replace(a_sample(), replicates=pairs), RULES)
    assert (result.protocol_class.value, result.sensitivity_percent) == ("complete", Decimal("0.002"))


def test_many_weak_replicates_do_not_add_up_to_a_negative() -> None:
    pairs = ((Decimal(0), Decimal(9000)),) * 3
    assert classify(replace(a_sample(), replicates=pairs), RULES).protocol_class.value == "not evaluable"


def test_one_positive_replicate_is_no_complete_response() -> None:
    result = classify(replace(a_sample("0", "45310"), positive_replicates=1), RULES)
    assert result.protocol_class.value == "positive non-quantifiable"
    assert "inferred" in english(result.protocol_class.reason)


def test_the_laboratorys_ratio_is_used_where_there_are_no_copies() -> None:
    result = classify(replace(a_sample(), lab_ratio=Quantity(Decimal("0.02"), "%")), RULES)
    assert (result.protocol_class.value, result.ratio) == ("positive", Decimal("0.0002"))


def test_an_upper_limit_alone_is_not_evaluable() -> None:
    for sample in (replace(a_sample(), lab_ratio=Quantity(Decimal("0.001"), "%", "<")), a_sample("<3")):
        result = classify(sample, RULES).protocol_class
        assert result.value == "not evaluable"
        assert english(result.reason).startswith("Only an upper limit is known")


def test_the_international_scale_applies_to_p210_only() -> None:
    p210 = replace(a_sample("9", "45000"), transcript="p210", is_factor=Decimal("0.5"))
    assert [classify(p210, RULES).percent_is, classify(replace(p210, transcript="p190"), RULES).percent_is] == [
        Decimal("0.01"),
        None,
    ]


def test_the_results_name_their_rules_and_inputs() -> None:
    result = classify(a_sample("0", "45310"), RULES)
    assert (result.protocol_class.rule.id, result.european_class.rule.id) == ("d-alba", "european-mrd")
    assert english_inputs(result.protocol_class)["ABL1 copies"] == "45\N{NARROW NO-BREAK SPACE}310"


def numbers(top: int) -> st.SearchStrategy[Quantity | None]:
    values = st.decimals(min_value=0, max_value=top, places=1)
    return st.none() | st.builds(Quantity, values, st.just("copies"), st.sampled_from(["", "<", "<=", ">", ">="]))


def samples() -> st.SearchStrategy[MrdSample]:
    pair = st.tuples(*(st.decimals(min_value=0, max_value=50_000, places=1),) * 2)
    return st.builds(
        MrdSample,
        key=st.just(1),
        collected=st.just(PartialDate(2026)),
        day=st.none(),
        specimen=st.just("BLOOD"),
        transcript=st.sampled_from(["p190", "p210"]),
        target_copies=numbers(1000),
        control_copies=numbers(50_000),
        control_gene=st.sampled_from(["ABL1", "GUSB"]),
        replicates=st.lists(pair, max_size=3).map(tuple),
        positive_replicates=st.none() | st.integers(0, 3),
        lab_category=st.none() | st.sampled_from(LAB_CATEGORIES),
        lab_ratio=numbers(100),
        quantifiable_limit=st.none() | st.decimals("0.001", "1", places=3),
    )


@given(
    sample=samples(), baseline=st.none() | st.decimals("0.01", "2", places=2), remission=st.sampled_from([True, None])
)
def test_every_sample_gets_a_class_with_a_reason(
    sample: MrdSample, baseline: Decimal | None, remission: bool | None
) -> None:
    result = classify(sample, RULES, baseline, remission)
    assert result.protocol_class.value in CLASSES
    assert result.european_class.value in EUROPEAN_CLASSES
    assert result.protocol_class.reason
    assert result.european_class.reason


@given(sample=samples())
def test_no_result_is_complete_without_the_control_copies(sample: MrdSample) -> None:
    minimum = 10_000 if sample.control_gene == "ABL1" else 24_000
    control = sample.control_copies
    supported = any(pair[1] >= minimum for pair in sample.replicates) or (
        not sample.replicates
        and control is not None
        and control.value >= minimum
        and not control.qualifier.startswith("<")
    )
    result = classify(sample, RULES, in_remission=True)
    if not supported:
        assert result.protocol_class.value != "complete"
        assert result.european_class.value != "MRD CR"


@given(
    control=st.integers(1, 200_000),
    fewer=st.decimals(0, 5000, places=1),
    more=st.decimals(0, 5000, places=1),
    category=st.none() | st.sampled_from(LAB_CATEGORIES),
    limit=st.none() | st.decimals("0.001", "1", places=3),
)
def test_more_copies_never_give_a_better_class(
    control: int, fewer: Decimal, more: Decimal, category: str | None, limit: Decimal | None
) -> None:
    fewer, more = sorted((fewer, more))
    rules = replace(RULES, quantifiable_limit=limit)
    worse = ("complete", "positive non-quantifiable", "positive")
    terms = ("MRD CR", "intermediate", "failure")
    low, high = (
        classify(a_sample(str(target), str(control), category), rules, in_remission=True) for target in (fewer, more)
    )
    if "not evaluable" not in (low.protocol_class.value, high.protocol_class.value):
        assert worse.index(low.protocol_class.value) <= worse.index(high.protocol_class.value)
    if "not evaluable" not in (low.european_class.value, high.european_class.value):
        assert terms.index(low.european_class.value) <= terms.index(high.european_class.value)


@given(sample=samples(), more=st.integers(1, 10))
def test_more_control_copies_never_unmake_a_complete_response(sample: MrdSample, more: int) -> None:
    if sample.control_copies is None or classify(sample, RULES).protocol_class.value != "complete":
        return
    richer = replace(sample, control_copies=replace(sample.control_copies, value=sample.control_copies.value * more))
    assert classify(richer, RULES).protocol_class.value == "complete"
