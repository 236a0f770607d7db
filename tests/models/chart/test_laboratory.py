"""Laboratory values as they are graded beside each other."""

from decimal import Decimal

import pytest

from models.chart.laboratory import LabView
from models.domain.notation import Desk
from models.domain.quantities import Quantity
from models.domain.sentence import write_sentence
from models.records.laboratory import LabResult
from tests.builders import LABORATORY, PatientBuilder, a_patient


@pytest.fixture
def low_calcium() -> PatientBuilder:
    """7.6 mg/dL: grade 2 as it stands."""
    return a_patient().phase("induction", 1).limits("CA", "8.6", "10.2", "mg/dL").lab("CA", 22, "7.6", "mg/dL")


def calcium(builder: PatientBuilder) -> LabView:
    [found] = [view for view in builder.chart().labs if view.record.test == "CA"]
    return found


def test_calcium_is_graded_as_corrected_for_the_albumin_of_its_day(low_calcium: PatientBuilder) -> None:
    # 7.6 + 0.8 x (4.0 - 2.5) = 8.8 mg/dL, which is normal.
    found = calcium(low_calcium.lab("ALB", 22, "25", "g/L"))
    assert found.grade == 0
    assert found.grading is not None
    assert "corresponds to 8.8 mg/dL" in write_sentence(found.grading.reason, Desk.ENGLISH)
    assert [label for label, _ in found.grading.inputs][:2] == ["Calcium", "Albumin"]


def test_the_albumin_of_another_day_corrects_no_calcium(low_calcium: PatientBuilder) -> None:
    found = calcium(low_calcium.lab("ALB", 21, "25", "g/L"))
    assert found.grade == 2
    assert found.grading is not None
    assert "CTCAE means calcium corrected for albumin" in write_sentence(
        found.grading.value.needs_judgement, Desk.ENGLISH
    )


def test_an_albumin_that_is_only_a_bound_corrects_no_calcium(low_calcium: PatientBuilder) -> None:
    bound = Quantity(Decimal(25), "g/L", "<")
    low_calcium.add(LabResult(test="ALB", collected=low_calcium.on(22), value=bound, laboratory=LABORATORY))
    assert calcium(low_calcium).grade == 2


def test_a_corrected_calcium_can_be_worse_than_the_measured_one(low_calcium: PatientBuilder) -> None:
    # 7.6 + 0.8 x (4.0 - 5.0) = 6.8 mg/dL, below 7.0.
    assert calcium(low_calcium.lab("ALB", 22, "5.0", "g/dL")).grade == 3
