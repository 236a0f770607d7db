import pytest

from models.domain.toxicity.criteria import Direction
from models.domain.toxicity.subjects import Subject, find_subject, no_scale


def subject(name: str) -> Subject:
    found = find_subject(name)
    assert isinstance(found, Subject), found
    return found


def test_a_test_name_leaves_the_direction_open() -> None:
    assert subject("potassium").direction is None


@pytest.mark.parametrize(
    ("name", "code", "direction"),
    [
        ("Hypokalemia", "K", Direction.LOW),
        ("hyperkalaemia", "K", Direction.HIGH),
        ("Neutrophil count decreased", "NEUT", Direction.LOW),
        ("neutropenia", "NEUT", Direction.LOW),
        ("Lymphopenia", "LYM", Direction.LOW),
        ("Fever", "TEMP", Direction.HIGH),
    ],
)
def test_a_term_means_one_test_and_one_direction(name: str, code: str, direction: Direction) -> None:
    found = subject(name)
    assert (found.test.code, found.direction) == (code, direction)


def test_a_calcium_term_means_corrected_calcium() -> None:
    assert subject("Hypocalcemia").test.code == "CACR"


def test_a_very_long_name_is_not_repeated_whole() -> None:
    found = find_subject("x" * 5000)
    assert isinstance(found, str)
    assert len(found) < 200


def test_a_test_without_grades_is_told_by_its_label() -> None:
    assert no_scale(subject("urea"), "5.0") == "CTCAE 5.0 has no numeric grades for Urea."
