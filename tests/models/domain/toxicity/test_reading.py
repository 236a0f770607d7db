from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from models.domain import dictionary
from models.domain.quantities import QUALIFIERS, Quantity
from models.domain.toxicity.criteria import Direction, Scale
from models.domain.toxicity.grading import Grading, grade
from models.domain.toxicity.laboratory_tests import TESTS, LabTest
from models.domain.toxicity.subjects import SCALES, scales_of
from models.domain.toxicity.units import Family, convert
from tests.wording import english

_amounts = st.decimals(min_value=0, max_value=5000, places=3)
_anything = st.decimals(allow_nan=False, allow_infinity=False)
_limits = st.none() | _amounts
_versions = st.sampled_from(dictionary.VERSIONS)
_graded_scales = st.sampled_from([(s, v) for s in SCALES if not s.managed for v in s.versions])


@given(_graded_scales, _amounts, _amounts, _limits, _limits, _limits)
def test_a_more_extreme_value_never_gets_a_lower_grade(
    scale_and_version: tuple[Scale, str],
    a: Decimal,
    b: Decimal,
    lln: Decimal | None,
    uln: Decimal | None,
    baseline: Decimal | None,
) -> None:
    scale, version = scale_and_version
    milder, graver = (min(a, b), max(a, b)) if scale.direction is Direction.HIGH else (max(a, b), min(a, b))
    unit = next(test.unit for test in TESTS if test.code == scale.test)
    found = [grade(scale.term, Quantity(v, unit), version, lln, uln, baseline).value.grade for v in (milder, graver)]
    if found[0] is not None and found[1] is not None:
        assert found[0] <= found[1]


@given(st.sampled_from(TESTS), st.data(), _versions, _amounts, _limits, _limits, _limits)
def test_the_grade_does_not_depend_on_the_unit_within_a_family_of_units(
    test: LabTest,
    data: st.DataObject,
    version: str,
    value: Decimal,
    lln: Decimal | None,
    uln: Decimal | None,
    baseline: Decimal | None,
) -> None:
    family = data.draw(st.sampled_from([u.family for u in test.units]))
    one, other = (data.draw(st.sampled_from([u for u in test.units if u.family is family])) for _ in range(2))

    def graded(unit: str) -> Grading:
        value_, lower, upper, base = (
            None if given is None else convert(Quantity(given, one.name), test.units, unit)
            for given in (value, lln, uln, baseline)
        )
        assert value_ is not None
        return grade(test.code, value_, version, lower, upper, base).value

    assert graded(one.name) == graded(other.name)


@given(
    st.sampled_from([t for t in TESTS if len({u.family for u in t.units} - {Family.RATIO}) == 2]),
    _versions,
    st.decimals(min_value=1, max_value=900, places=2),
    st.decimals(min_value=1, max_value=100, places=1),
    st.decimals(min_value=1, max_value=100, places=1),
)
def test_multiples_of_normal_are_the_same_in_mass_and_molar_units_of_the_limit(
    test: LabTest, version: str, value: Decimal, uln: Decimal, baseline: Decimal
) -> None:
    mass = next(u.name for u in test.units if u.family is Family.PLAIN)
    molar = next(u.name for u in test.units if u.family is Family.MOLAR)
    quantity = Quantity(value, mass)
    exact_limit, exact_base = (convert(Quantity(x, molar), test.units, mass) for x in (uln, baseline))
    by_molar = grade(test.code, quantity, version, None, Quantity(uln, molar), Quantity(baseline, molar)).value.grade
    by_mass = grade(test.code, quantity, version, None, exact_limit, exact_base).value.grade
    assert by_molar == by_mass


@given(st.sampled_from(TESTS), _versions, _amounts, st.sampled_from(QUALIFIERS), _limits, _limits, _limits)
def test_only_grades_that_exist_for_the_term_are_proposed_and_never_death(
    test: LabTest,
    version: str,
    value: Decimal,
    qualifier: str,
    lln: Decimal | None,
    uln: Decimal | None,
    baseline: Decimal | None,
) -> None:
    for unit in test.accepted_units:
        found = grade(test.code, Quantity(value, unit, qualifier), version, lln, uln, baseline).value
        if not found.grade:
            continue
        term = dictionary.term(version, found.term)
        assert found.grade <= 4
        assert version == "4.03" or (term is not None and found.grade in term.grades)


@given(
    st.sampled_from([test.code for test in TESTS] + [scale.term for scale in SCALES]) | st.text(max_size=8),
    _versions,
    _anything,
    st.sampled_from([u.name for t in TESTS for u in t.units]) | st.text(max_size=6),
    st.sampled_from(QUALIFIERS),
    st.none() | _anything,
    st.none() | _anything,
    st.none() | _anything,
)
def test_no_number_whatever_makes_the_grading_fail(
    name: str,
    version: str,
    value: Decimal,
    unit: str,
    qualifier: str,
    lln: Decimal | None,
    uln: Decimal | None,
    baseline: Decimal | None,
) -> None:
    result = grade(name, Quantity(value, unit, qualifier), version, lln, uln, baseline)
    assert english(result.reason).endswith(".")
    assert result.value.grade in (None, 0, 1, 2, 3, 4)


def test_every_scale_of_a_test_is_for_a_known_test_and_every_amount_is_in_one_of_its_units() -> None:
    units_of = {test.code: test.accepted_units for test in TESTS}
    for scale in SCALES:
        for cut in scale.cuts:
            assert {unit for _, unit in cut.amounts} <= set(units_of[scale.test]), scale.term


def test_no_version_has_two_scales_of_one_direction_for_a_test() -> None:
    for test in TESTS:
        for version in dictionary.VERSIONS:
            directions = [scale.direction for scale in scales_of(test.code, version)]
            assert len(directions) == len(set(directions)), (test.code, version)


def test_the_terms_of_the_scales_are_terms_of_the_dictionary() -> None:
    for scale in SCALES:
        for version in set(scale.versions) - {"4.03"}:
            term = dictionary.term(version, scale.term)
            assert term is not None, (scale.term, version)
            assert {cut.grade for cut in scale.cuts} <= set(term.grades), (scale.term, version)


def test_the_criteria_in_words_name_the_limits_of_the_scales() -> None:
    for scale in SCALES:
        for version in scale.versions:
            words = " ".join(dictionary.criteria(version, scale.term).values())
            for cut in scale.cuts:
                printed = [f"{amount:f}" for amount, _ in cut.amounts]
                if words and printed:
                    assert any(number in words or number.removesuffix(".0") in words for number in printed), (
                        scale.term,
                        version,
                        printed,
                    )
