"""Laboratory values as they are graded beside each other."""

from datetime import date
from decimal import Decimal

import pytest

from models.chart.laboratory import LabView, Ranges
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.domain.sentence import write_sentence
from models.records.laboratory import LabRange, LabResult
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


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_ranges_from_one_day_that_for_the_sex_holds(order: int) -> None:
    since = PartialDate(2026, 1, 1)
    ranges = [
        LabRange(laboratory=LABORATORY, test="HGB", valid_from=since, sex=sex, lower=Quantity(Decimal(limit), "g/L"))
        for sex, limit in (("F", 115), (None, 120))
    ][::order]
    found = Ranges(ranges).find(LABORATORY, "HGB", date(2026, 2, 1), "F")
    assert found is not None
    assert found.sex == "F"


def test_the_baseline_is_the_last_value_that_is_exact() -> None:
    # CTCAE 4.03 counts creatinine in multiples of the baseline: 250 is above three times 80.
    builder = a_patient().phase("induction", 1).limits("CREAT", 45, 300, "umol/L").lab("CREAT", -3, 80, "umol/L")
    bound = Quantity(Decimal(88), "umol/L", "<")
    builder.add(LabResult(test="CREAT", collected=builder.on(1), value=bound, laboratory=LABORATORY))
    assert builder.lab("CREAT", 22, 250, "umol/L").chart().labs[-1].grade == 3
