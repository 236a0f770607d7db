import pytest

from models.domain.folding import fold
from models.domain.toxicity.laboratory_tests import TESTS, Panel, find_test, known_test


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("PLT", "PLAT"),
        ("platelets", "PLAT"),
        ("Platelet Count", "PLAT"),
        ("Neutrophils", "NEUT"),
        ("anc", "NEUT"),
        ("leucocytes", "WBC"),
        ("leukocytes", "WBC"),
        ("Hemoglobin", "HGB"),
        ("haemoglobin", "HGB"),
        ("GPT", "ALT"),
        ("Na", "SODIUM"),
        ("k+", "K"),
        ("QTcF", "QTCFAG"),
        ("corrected calcium", "CACR"),
    ],
)
def test_a_test_is_found_by_code_label_and_usual_name(name: str, code: str) -> None:
    found = find_test(name)
    assert found is not None
    assert found.code == code
    assert known_test(code) is found


def test_an_unknown_test_is_not_guessed() -> None:
    assert find_test("plat") is not None
    assert find_test("plate") is None


def test_no_name_means_two_tests() -> None:
    names = [fold(name) for test in TESTS for name in {fold(n) for n in (test.code, test.label, *test.other_names)}]
    assert sorted(names) == sorted(set(names))


def test_codes_fit_the_standard_and_every_panel_has_tests() -> None:
    assert all(len(test.code) <= 8 and test.code.isascii() and test.code.isupper() for test in TESTS)
    assert {test.panel for test in TESTS} == set(Panel)


def test_the_standard_unit_is_the_first_accepted_one() -> None:
    assert known_test("HGB").unit == "g/dL"
    assert known_test("HGB").accepted_units == ("g/dL", "g/L", "mmol/L")
