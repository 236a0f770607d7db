"""The table of requirements: every one has a test and its code, and the page is what the names of the tests give."""

import re

import pytest
from requirements_table import PAGE, REQUIREMENTS, ROOT, named_tests, page

ALCOA = (
    *("Attributable", "Legible", "Contemporaneous", "Original", "Accurate"),
    *("Complete", "Consistent", "Enduring", "Available", "Traceable"),
)


def test_r21_the_page_is_what_the_names_of_the_tests_give() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python packaging/requirements_table.py"


def test_every_requirement_and_every_word_is_in_the_table_once() -> None:
    assert [requirement.code for requirement in REQUIREMENTS] == [*(f"R{number}" for number in range(1, 25)), *ALCOA]


@pytest.mark.parametrize("code", [requirement.code for requirement in REQUIREMENTS])
def test_r21_every_requirement_has_a_test(code: str) -> None:
    assert [test for test in named_tests() if test.code == code]


def test_no_test_is_named_after_a_requirement_that_there_is_not() -> None:
    known = {requirement.code for requirement in REQUIREMENTS}
    assert {test.code for test in named_tests()} <= known


def test_the_code_that_is_named_is_there() -> None:
    missing = [module for requirement in REQUIREMENTS for module in requirement.modules if not (ROOT / module).exists()]
    assert missing == []


def test_a_name_becomes_a_sentence() -> None:
    found = next(test for test in named_tests() if test.name == "test_r21_the_page_is_what_the_names_of_the_tests_give")
    assert found.words == "the page is what the names of the tests give"
    assert re.search(r"\| R21 \|.*the page is what the names of the tests give", page())
