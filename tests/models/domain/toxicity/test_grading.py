from decimal import Decimal

import pytest

from models.domain.errors import TrialError
from models.domain.quantities import Quantity
from models.domain.toxicity.grading import grade
from tests.models.domain.toxicity.ladders import grade_of
from tests.wording import english, english_inputs


def platelets(text: str, unit: str = "10^9/L", qualifier: str = "") -> Quantity:
    return Quantity(Decimal(text), unit, qualifier)


def test_a_grade_carries_its_rule_inputs_and_reason() -> None:
    result = grade("platelets", platelets("48"), "5.0", lln=Decimal(150), uln=Decimal(400))
    assert result.value.grade == 3
    assert result.value.term == "Platelet count decreased"
    assert (result.rule.id, result.rule.source) == (
        "ctcae-5.0/platelet-count-decreased",
        "NCI CTCAE 5.0, 27 November 2017",
    )
    assert english(result.reason) == "48 × 10⁹/L is below 50 × 10⁹/L but not below 25 × 10⁹/L: grade 3."
    assert english_inputs(result) == {
        "Test or term": "platelets",
        "Value": "48 × 10⁹/L",
        "Lower limit of normal": "150 × 10⁹/L",
        "Upper limit of normal": "400 × 10⁹/L",
        "Baseline": "not given",
        "CTCAE version": "5.0",
    }


def test_rules_of_version_403_name_its_document() -> None:
    rule = grade("ALT", Quantity(Decimal(30), "U/L"), "4.03", uln=Decimal(40)).rule
    assert rule.source == "NCI CTCAE 4.03, 14 June 2010"


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(TrialError, match=r"CTCAE 7\.0 is not known here"):
        grade("ALT", Quantity(Decimal(30), "U/L"), "7.0")


def test_a_value_within_a_low_normal_range_is_not_abnormal() -> None:
    assert grade_of("PLT", "72", "10^9/L", "5.0", lln="70") == 0
    assert grade_of("PLT", "68", "10^9/L", "5.0", lln="70") == 2


def test_a_value_beyond_a_fixed_limit_is_graded_without_the_limit_of_normal() -> None:
    assert grade_of("PLT", "60", "10^9/L", "5.0") == 2
    assert grade_of("potassium", "6.5", "mmol/L", "5.0") == 3


def test_a_value_that_only_the_limit_of_normal_could_grade_stays_ungraded_without_it() -> None:
    result = grade("PLT", platelets("80"), "5.0")
    assert result.value.grade is None
    assert english(result.reason) == (
        "80 × 10⁹/L cannot be graded without the lower limit of normal; it is not below 75 × 10⁹/L."
    )


def test_multiples_of_normal_need_the_limit_even_for_an_extreme_value() -> None:
    assert grade_of("ALT", "5000", "U/L", "5.0") is None
    assert grade_of("fibrinogen", "30", "mg/dL", "5.0") == 4  # below 50 mg/dL in any case


def test_a_baseline_multiple_does_not_hide_that_the_limit_of_normal_is_missing() -> None:
    assert grade_of("creatinine", "200", "umol/L", "5.0", baseline="100") is None


def test_the_direction_that_is_abnormal_is_graded() -> None:
    low = grade("Na", Quantity(Decimal(124), "mmol/L"), "5.0", Decimal(135), Decimal(145)).value
    high = grade("Na", Quantity(Decimal(152), "mmol/L"), "5.0", Decimal(135), Decimal(145)).value
    assert (low.grade, low.term, high.grade, high.term) == (3, "Hyponatremia", 2, "Hypernatremia")


def test_a_normal_value_of_a_test_with_two_directions_names_both() -> None:
    result = grade("sodium", Quantity(Decimal(140), "mmol/L"), "5.0", Decimal(135), Decimal(145))
    assert result.value.grade == 0
    assert result.value.term == "Hyponatremia / Hypernatremia"
    assert result.rule.id == "ctcae-5.0/hyponatremia+hypernatremia"


def test_one_missing_limit_of_a_salt_leaves_an_apparently_normal_value_ungraded() -> None:
    assert grade_of("sodium", "140", "mmol/L", "5.0", lln="135") is None


def test_a_missing_upper_limit_does_not_hide_that_haemoglobin_is_not_low() -> None:
    result = grade("Hb", Quantity(Decimal(13), "g/dL"), "5.0", lln=Decimal(12))
    assert result.value.grade == 0
    assert "An increase was not looked for" in english(result.reason)


def test_a_term_asks_for_its_own_direction_only() -> None:
    assert grade_of("Hypernatremia", "118", "mmol/L", "5.0", lln="135", uln="145") == 0
    assert grade_of("Hemoglobin increased", "13", "g/dL", "5.0", lln="12") is None


@pytest.mark.parametrize("name", ["Platelet count decreased", "Thrombocytopenia", "thrombocytopaenia", "low platelets"])
def test_a_term_of_any_version_is_graded_under_the_version_in_use(name: str) -> None:
    quantity = platelets("20")
    assert grade(name, quantity, "5.0").value.grade == 4
    assert grade(name, quantity, "6.0").value.grade == 3
    assert grade(name, quantity, "6.0").value.term == "Thrombocytopenia"


def test_a_term_that_the_version_dropped_names_its_heir() -> None:
    result = grade("CPK increased", Quantity(Decimal(900), "U/L"), "6.0", uln=Decimal(100))
    assert result.value.grade is None
    assert "Investigations - Other, specify" in english(result.reason)


def test_a_test_that_the_version_does_not_grade_says_so() -> None:
    result = grade("CRP", Quantity(Decimal(90), "mg/L"), "5.0", uln=Decimal(5))
    assert result.value.grade is None
    assert english(result.reason) == "CTCAE 5.0 has no numeric grades for C-reactive protein."


def test_a_term_of_clinical_judgement_is_not_graded_from_a_number() -> None:
    result = grade("Fatigue", Quantity(Decimal(2), ""), "5.0")
    assert (result.value.grade, english(result.reason)) == (
        None,
        "Fatigue is graded by clinical judgement, not from a number.",
    )


def test_an_unknown_name_is_told_as_such() -> None:
    assert "“hapless”" in english(grade("hapless", Quantity(Decimal(2), ""), "5.0").reason)


def test_raised_glucose_has_no_numeric_grade_in_version_5() -> None:
    raised = grade("glucose", Quantity(Decimal(300), "mg/dL"), "5.0", Decimal(70), Decimal(110))
    assert raised.value.grade is None
    assert "by what was done about it" in english(raised.reason)
    assert grade_of("glucose", "100", "mg/dL", "5.0", "70", "110") == 0
    assert grade_of("glucose", "50", "mg/dL", "5.0", "70", "110") == 2


@pytest.mark.parametrize(
    ("name", "value", "unit", "version", "grade_expected", "words"),
    [
        ("Hb", "9", "g/dL", "5.0", 2, "Grade 3 if red cells have to be transfused."),
        ("PLT", "60", "10^9/L", "6.0", 2, "Grade 3 if platelets have to be transfused."),
        ("INR", "1.8", "", "5.0", 2, "On therapeutic anticoagulation"),
        ("sodium", "127", "mmol/L", "5.0", 2, "Grade 3 with symptoms."),
        ("lipase", "150", "U/L", "5.0", 2, "Above 2 x ULN with signs or symptoms it is grade 3."),
        ("lipase", "200", "U/L", "6.0", 2, "Above 3 x ULN with signs or symptoms it is grade 3."),
        ("amylase", "150", "U/L", "6.0", 2, "with moderate or severe signs or symptoms it is grade 3."),
        ("temperature", "40.5", "C", "5.0", 3, "more than 24 hours"),
        ("calcium", "1.9", "mmol/L", "5.0", 2, "corrected for albumin"),
        ("creatinine", "61", "umol/L", "4.03", 1, "any rise above baseline"),
    ],
)
def test_a_grade_that_a_judgement_could_change_says_so(
    name: str, value: str, unit: str, version: str, grade_expected: int, words: str
) -> None:
    found = grade(
        name,
        Quantity(Decimal(value), unit),
        version,
        uln=Decimal(60) if name in ("amylase", "creatinine", "lipase") else None,
    )
    assert found.value.grade == grade_expected
    assert words in english(found.value.needs_judgement)


def test_a_grade_without_a_rule_on_the_baseline_says_nothing_of_a_lower_limit() -> None:
    assert english(grade("ANC", platelets("0.3"), "5.0").reason) == "0.3 × 10⁹/L is below 0.5 × 10⁹/L: grade 4."


def test_a_multiple_is_said_with_the_number_that_it_comes_to() -> None:
    def why(name: str, unit: str, uln: int, baseline: int) -> str:
        return english(grade(name, Quantity(Decimal(200), unit), "5.0", None, Decimal(uln), Decimal(baseline)).reason)

    assert why("ALT", "U/L", 40, 20) == ("200 U/L is above 3 x ULN (120 U/L) but not above 5 x ULN (200 U/L): grade 2.")
    assert why("creatinine", "umol/L", 100, 50) == (
        "200 µmol/L is above 3 x the baseline (150 µmol/L) but not above 6 x ULN (600 µmol/L): grade 3."
    )


def test_a_plain_count_needs_no_judgement() -> None:
    assert english(grade("ANC", platelets("0.3"), "5.0").value.needs_judgement) == ""


def test_a_baseline_far_above_normal_is_left_to_judgement_in_version_6() -> None:
    def told(baseline: int) -> str:
        quantity = Quantity(Decimal(500), "U/L")
        graded = grade("ALT", quantity, "6.0", uln=Decimal(40), baseline=Decimal(baseline))
        return english(graded.value.needs_judgement)

    assert told(200) == ""
    assert "up to 5 x ULN" in told(201)


def test_an_unused_baseline_rule_is_mentioned() -> None:
    assert "No baseline was given" in english(grade("ALT", Quantity(Decimal(90), "U/L"), "5.0", uln=Decimal(40)).reason)
    creatinine = grade("CREAT", Quantity(Decimal(90), "umol/L"), "6.0", uln=Decimal(100), baseline=Decimal(50))
    assert "No lower limit of normal was given" in english(creatinine.reason)


@pytest.mark.parametrize(
    ("value", "qualifier", "expected"),
    [("0.5", "<", 4), ("0.5", "<=", None), ("0.6", "<", None), ("9", ">", 0), ("1.2", ">", None), ("2", ">=", 0)],
)
def test_a_bound_is_graded_only_if_all_it_can_mean_has_one_grade(
    value: str, qualifier: str, expected: int | None
) -> None:
    assert grade_of("ANC", value, "10^9/L", "5.0", lln="2", qualifier=qualifier) == expected


def test_a_bound_that_can_mean_two_grades_names_them() -> None:
    result = grade("ALT", Quantity(Decimal(700), "U/L", ">"), "5.0", uln=Decimal(40))
    assert english(result.reason) == ">700 U/L can be anything from grade 3 to grade 4: only an exact value tells."


@pytest.mark.parametrize(
    ("name", "quantity", "lln", "uln", "baseline", "words"),
    [
        ("ALT", Quantity(Decimal(40), ""), None, Decimal(40), None, "A value without a unit cannot be graded."),
        ("ALT", Quantity(Decimal(40), "mg/dL"), None, Decimal(40), None, "ALT is not measured in “mg/dL”."),
        ("ALT", Quantity(Decimal(-4), "U/L"), None, Decimal(40), None, "A negative value is not possible."),
        ("ALT", Quantity(Decimal("1E+99999999"), "U/L"), None, Decimal(40), None, "not a possible measurement"),
        ("ALT", Quantity(Decimal("0E-99999999"), "U/L"), None, Decimal(40), None, "not a possible measurement"),
        ("ALT", Quantity(Decimal(4), "U/L"), None, Decimal("NaN"), None, "The upper limit of normal is not a possible"),
        ("ALT", Quantity(Decimal(4), "U/L"), None, Decimal(0), None, "The upper limit of normal must be above zero."),
        ("ALT", Quantity(Decimal(4), "U/L"), None, Decimal(40), Decimal(0), "The baseline must be above zero."),
        ("ALT", Quantity(Decimal(4), "U/L"), Decimal(50), Decimal(40), None, "is above the upper one"),
        ("ALT", Quantity(Decimal(4), "U/L"), None, Quantity(Decimal(40), "U/L", "<"), None, "must be an exact number"),
        ("aPTT", Quantity(Decimal(40), "s"), None, Quantity(Decimal("1.2"), "ratio"), None, "cannot be compared"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_graded(
    name: str,
    quantity: Quantity,
    lln: Decimal | None,
    uln: Quantity | Decimal | None,
    baseline: Decimal | None,
    words: str,
) -> None:
    result = grade(name, quantity, "5.0", lln, uln, baseline)
    assert result.value.grade is None
    assert words in english(result.reason)


def test_a_baseline_that_no_rule_of_the_test_reads_stands_in_no_way() -> None:
    bound, ratio = Quantity(Decimal(5), "10^9/L", "<"), Quantity(Decimal("1.1"), "ratio")
    assert grade("PLAT", Quantity(Decimal(20), "10^9/L"), "4.03", Decimal(150), None, bound).value.grade == 4
    assert grade("aPTT", Quantity(Decimal(80), "s"), "5.0", None, Decimal(37), ratio).value.grade == 2


def test_limits_may_be_in_another_unit_than_the_value() -> None:
    limit = Quantity(Decimal("1.2"), "mg/dL")
    assert grade("bilirubin", Quantity(Decimal(60), "umol/L"), "5.0", uln=limit).value.grade == 2


def test_limits_printed_in_two_units_are_read_in_the_family_of_the_value() -> None:
    assert grade_of("corrected calcium", "8.0", "mg/dL", "5.0", lln="8.5", uln="10.5") == 1
    assert grade_of("corrected calcium", "1.996", "mmol/L", "5.0", lln="2.1", uln="2.6") == 2


def test_eosinophils_may_have_been_zero_at_baseline() -> None:
    assert grade_of("EOS", "0.6", "10^9/L", "5.0", uln="0.5", baseline="0") == 1
