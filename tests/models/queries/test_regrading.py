"""How many grades another set of reference ranges changes, and how many of these are of what is signed or locked."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.queries.regrading import Regraded
from models.records.laboratory import LabRange
from models.study import Edit, Study
from tests.signing_fixtures import DAY, WHY, enter, haemoglobin, sign


def limits(lower: str) -> dict[str, Any]:
    """The haemoglobin range of the laboratory."""
    return {
        "laboratory": "Central",
        "test": "HGB",
        "valid_from": PartialDate(2020, 1, 1),
        "lower": Quantity(Decimal(lower), "g/dL"),
        "upper": Quantity(Decimal(17), "g/dL"),
    }


@pytest.fixture
def graded(investigator: Study, patient: int) -> Study:
    """The signed visit's study, where its day has a haemoglobin of 11.5 g/dL, which is grade 1 below a limit of 12."""
    investigator.save(0, [Edit("lab_range", limits("12"))], WHY)
    enter(investigator, patient, haemoglobin("11.5", laboratory="Central"), why="Late")
    return investigator


def with_lower(study: Study, lower: str) -> Regraded:
    """What becomes of the grades if the lower limit is this."""
    [row] = study.ranges()
    return study.signing.regraded([LabRange(id=row.id, **limits(lower))])


def test_a_limit_on_the_same_side_of_every_value_changes_no_grade(graded: Study) -> None:
    assert with_lower(graded, "12.5") == Regraded(0, 0)


def test_a_value_that_falls_on_the_other_side_of_the_limit_is_counted(graded: Study) -> None:
    assert with_lower(graded, "11") == Regraded(1, 0)


def test_a_value_that_loses_its_grade_with_its_range_and_one_that_gets_its_first_are_counted(graded: Study) -> None:
    [row] = graded.ranges()
    assert graded.signing.regraded([]) == Regraded(1, 0)
    graded.void(0, "lab_range", row.id, WHY)
    assert graded.signing.regraded([row]) == Regraded(1, 0)


def signed(study: Study, patient: int, visit: int) -> None:
    sign(study, patient, visit)


def signed_whole(study: Study, patient: int, visit: int) -> None:
    sign(study, patient, None)


def locked(study: Study, patient: int, visit: int) -> None:
    study.locking.lock(patient, visit, "Cleaned")


def locked_whole(study: Study, patient: int, visit: int) -> None:
    study.locking.lock(patient, None, "Cleaned")


@pytest.mark.parametrize("settle", [signed, signed_whole, locked, locked_whole])
def test_a_value_under_a_signature_or_a_lock_is_counted_as_such(
    graded: Study, patient: int, visit: int, settle: Callable[[Study, int, int], None]
) -> None:
    settle(graded, patient, visit)
    assert with_lower(graded, "11") == Regraded(1, 1)


def test_a_value_whose_signature_is_void_or_that_lies_outside_the_signed_visit_is_not_settled(
    graded: Study, patient: int, visit: int
) -> None:
    sign(graded, patient, visit)
    enter(graded, patient, haemoglobin("11.5", laboratory="Central", collected=PartialDate(2026, 4, 9)), why="Late")
    assert with_lower(graded, "11") == Regraded(2, 1)
    graded.save(patient, [Edit("visit", {"comment": "Seen"}, visit)], WHY)
    assert with_lower(graded, "11") == Regraded(2, 0)


def test_a_calcium_is_regraded_as_corrected_for_its_albumin(investigator: Study, patient: int) -> None:
    calcium: dict[str, Any] = {
        "laboratory": "Central",
        "test": "CA",
        "valid_from": PartialDate(2020, 1, 1),
        "lower": Quantity(Decimal("8.5"), "mg/dL"),
        "upper": Quantity(Decimal("10.5"), "mg/dL"),
    }
    investigator.save(0, [Edit("lab_range", calcium)], WHY)
    values = {"laboratory": "Central", "collected": DAY}
    low = Edit("lab", {**values, "test": "CA", "value": Quantity(Decimal("8.2"), "mg/dL")})
    albumin = Edit("lab", {**values, "test": "ALB", "value": Quantity(Decimal(3), "g/dL")})
    enter(investigator, patient, low, albumin, why="Late")
    lower = LabRange(**{**calcium, "lower": Quantity(Decimal("8.1"), "mg/dL")})
    assert investigator.signing.regraded([lower]) == Regraded(0, 0)  # 8.2 counts as 9.0
