"""Each number of a result can be worked out again from its reason."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from models.domain.molecular.course import follow
from models.domain.molecular.numbers import Numbers, numbers_of
from models.domain.molecular.rules import MrdRules
from models.domain.molecular.sample import MrdSample
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from tests.wording import english, english_inputs

RULES = MrdRules("d-alba", "1", "for tests")


def a_sample(day: int | None, target: str, control: str = "40000", **more: object) -> MrdSample:
    collected = PartialDate(2026, 1, day) if day else PartialDate(2026, 2)
    copies = {
        name: Quantity(Decimal(text), "copies") if text else None
        for name, text in (("target_copies", target), ("control_copies", control))
    }
    own: dict[str, Any] = {"specimen": "BONE MARROW", "transcript": "p190", **copies, **more}
    return MrdSample(key=str(day), collected=collected, day=day, **own)


def february(day: int, target: str) -> MrdSample:
    return replace(a_sample(day, target), collected=PartialDate(2026, 2, day))


def the_numbers(*samples: MrdSample) -> Numbers:
    """Of the last of the samples."""
    (series,) = follow(samples, RULES).series
    return numbers_of(series.points[-1], series, RULES)


def test_the_ratio_says_its_copies() -> None:
    ratio = the_numbers(a_sample(1, "9.2", "43800")).ratio
    assert english(ratio.reason) == "9.2 / 43\u202f800 × 100 = 0.021 %."
    assert english_inputs(ratio) == {"BCR::ABL1 copies": "9.2", "ABL1 copies": "43\u202f800"}


def test_the_ratio_of_replicates_says_every_one_of_them() -> None:
    pairs = ((Decimal(3), Decimal(20_000)), (Decimal(1), Decimal(30_000)))
    numbers = the_numbers(a_sample(1, "", "", replicates=pairs))
    assert english(numbers.ratio.reason) == "(3 + 1) / (20\u202f000 + 30\u202f000) × 100 = 0.008 %."
    assert english(numbers.sensitivity.reason).endswith("1 / 50\u202f000 × 100 = 0.002 %.")


def test_a_ratio_that_only_the_laboratory_gives_is_said_to_be_its_own() -> None:
    ratio = the_numbers(a_sample(1, "", "", lab_ratio=Quantity(Decimal("0.4"), "%"))).ratio
    assert ratio.value == Quantity(Decimal("0.400"), "%")
    assert english(ratio.reason) == "The ratio that the laboratory reports; the copies give none."


def test_a_ratio_on_the_international_scale_says_its_factor() -> None:
    sample = a_sample(1, "40", transcript="p210", is_factor=Decimal("0.8"))
    assert english(the_numbers(sample).ratio.reason).endswith("On the International Scale: × 0.8 = 0.08 %.")


def test_without_copies_there_is_no_ratio_and_no_sensitivity() -> None:
    numbers = the_numbers(a_sample(1, "", "", lab_category="positive"))
    assert (numbers.ratio.value, numbers.sensitivity.value) == (None, None)
    assert english(numbers.sensitivity.reason).startswith("Without ABL1 copies")


def test_the_log_reduction_counts_from_the_baseline_sample() -> None:
    reduction = the_numbers(a_sample(1, "4000"), a_sample(22, "40")).log_reduction
    assert reduction.value == Quantity(Decimal("2.00"), "log10")
    assert english(reduction.reason) == "Log10(10 / 0.1) = 2.00."
    assert english_inputs(reduction)["Baseline sample"] == "1 Jan 2026"


def test_the_reduction_of_an_undetected_result_is_a_limit_and_says_so() -> None:
    reduction = the_numbers(a_sample(1, "4000"), a_sample(22, "0")).log_reduction
    assert english(reduction.reason).startswith("Log10(10 / 0.0025) > 3.60. Not detected")


def test_the_reduction_of_a_result_without_a_level_says_that_it_has_none() -> None:
    unmeasured = a_sample(22, "", lab_category="positive non-quantifiable")
    reduction = the_numbers(a_sample(1, "4000"), unmeasured).log_reduction
    assert (reduction.value, reduction.reason) == (None, "This result has no level that could be compared.")


def test_without_a_baseline_sample_the_reduction_says_what_is_missing() -> None:
    reduction = the_numbers(a_sample(22, "40")).log_reduction
    assert reduction.value is None
    assert english(reduction.reason).startswith("No baseline sample")


def test_changes_name_the_last_and_the_lowest_result() -> None:
    numbers = the_numbers(a_sample(1, "4000"), a_sample(8, "4"), a_sample(15, "40"), a_sample(22, "400"))
    assert english(numbers.since_last.reason) == "Log10(1 / 0.1) = 1.00."
    assert english_inputs(numbers.since_last)["Last result"] == "15 Jan 2026, positive, 0.1 %"
    assert english(numbers.since_lowest.reason) == "Log10(1 / 0.01) = 2.00."
    assert english_inputs(numbers.since_lowest)["Lowest result"] == "8 Jan 2026, positive, 0.01 %"


def test_a_fall_is_written_with_a_minus_sign() -> None:
    assert english(the_numbers(a_sample(1, "400"), a_sample(8, "4")).since_last.reason) == "Log10(0.01 / 1) = −2.00."


@pytest.mark.parametrize(
    ("samples", "why"),
    [
        ((a_sample(1, "40"),), "There is no earlier result"),
        ((a_sample(1, "0"), a_sample(8, "0")), "Both are limits on the same side"),
        ((a_sample(1, "40"), a_sample(8, "0", "900")), "This result has no level"),
        ((a_sample(1, "40"), february(3, "40"), a_sample(None, "40")), "The day of the sample is not fully known"),
    ],
)
def test_where_there_is_no_change_the_reason_says_why(samples: tuple[MrdSample, ...], why: str) -> None:
    change = the_numbers(*samples).since_last
    assert change.value is None
    assert english(change.reason).startswith(why)


def test_the_numbers_explained_are_those_of_the_course() -> None:
    (series,) = follow([a_sample(1, "4000"), a_sample(8, "4"), a_sample(15, "0"), a_sample(22, "9")], RULES).series
    for point in series.points:
        numbers = numbers_of(point, series, RULES)
        assert numbers.log_reduction.value == point.result.log_reduction
        assert numbers.since_last.value == (point.since_last.shown if point.since_last else None)
        assert numbers.since_lowest.value == (point.since_nadir.shown if point.since_nadir else None)
