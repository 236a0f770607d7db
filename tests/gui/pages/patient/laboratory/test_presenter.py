"""Laboratory values as a grid."""

from dataclasses import replace
from decimal import Decimal

from gui.pages.patient.laboratory.presenter import (
    cell_tip,
    cell_tone,
    cell_words,
    lab_grid,
    limits_words,
    missing_ranges,
    same_size,
    summary,
)
from models.domain.notation import Desk
from models.domain.quantities import Quantity
from models.domain.toxicity.laboratory_tests import find_test
from models.records.laboratory import LabResult
from tests.builders import PatientBuilder, a_patient

EN = Desk.ENGLISH


def _patient() -> PatientBuilder:
    return a_patient().phase("induction", 1).limits("PLAT", 150, 400, "10^9/L")


def test_rows_stand_in_the_order_of_the_panels_and_samples_in_time() -> None:
    chart = _patient().lab("ALT", 9, 30, "U/L").lab("PLAT", 9, 48, "10^9/L").lab("PLAT", 2, 210, "10^9/L").chart()
    grid = lab_grid(chart, EN)
    assert [row.code for row in grid.rows] == ["PLAT", "ALT"]
    assert [sample.title for sample in grid.samples] == ["10 Jan 2026\nday 2", "17 Jan 2026\nday 9"]
    assert grid.cell(1, 0) is None


def test_two_samples_of_one_day_are_two_columns() -> None:
    grid = lab_grid(_patient().lab("PLAT", 2, 48, "10^9/L").lab("PLAT", 2, 52, "10^9/L").chart(), EN)
    assert [sample.title for sample in grid.samples] == ["10 Jan 2026\nday 2", "10 Jan 2026 (2)\nday 2"]


def test_an_abnormal_value_says_its_grade_in_letters_and_has_its_tone() -> None:
    view = _patient().lab("PLAT", 2, 48, "10^9/L").chart().labs[0]
    assert cell_words(view, "10^9/L", EN) == "48  G3"
    assert cell_tone(view) == "grade3"
    assert "Range 150\N{EN DASH}400 × 10⁹/L" in cell_tip(view, EN)


def test_a_normal_value_stands_alone() -> None:
    view = _patient().lab("PLAT", 2, 210, "10^9/L").chart().labs[0]
    assert (cell_words(view, "10^9/L", EN), cell_tone(view)) == ("210", "")


def test_a_unit_of_another_size_is_written_out() -> None:
    view = _patient().lab("HGB", 2, 108, "g/L").chart().labs[0]
    assert cell_words(view, "g/dL", EN).startswith("108 g/L")


def test_a_unit_of_the_same_size_is_not() -> None:
    assert same_size(find_test("PLAT"), "10^3/uL", "10^9/L")
    assert not same_size(find_test("BILI"), "mg/dL", "umol/L")
    assert not same_size(find_test("APTT"), "ratio", "s")


def test_a_value_that_was_not_done_says_so() -> None:
    view = _patient().lab("PLAT", 2, 48, "10^9/L").chart().labs[0]
    record = replace(view.record, value=None, not_done="clotted")
    assert cell_words(replace(view, record=record, grading=None), "10^9/L", EN) == "not done"


def test_limits_on_one_side_say_on_which() -> None:
    limit = Quantity(Decimal(41), "U/L")
    assert limits_words(None, limit, EN) == "up to 41"
    assert limits_words(limit, None, EN) == "from 41"
    assert limits_words(None, None, EN) == ""


def test_missing_ranges_are_said_with_laboratory_and_test() -> None:
    chart = a_patient().phase("induction", 1).lab("ALT", 2, 300, "U/L").chart()
    assert missing_ranges(chart) == "Some values cannot be graded. Central: no reference range for ALT."


def test_a_value_without_a_laboratory_is_counted_apart() -> None:
    patient = a_patient().phase("induction", 1)
    day = patient.when(2)
    assert day is not None
    patient.add(LabResult(test="ALT", collected=day, value=Quantity(Decimal(300), "U/L")))
    assert "1 value without a laboratory" in missing_ranges(patient.chart())


def test_nothing_is_said_where_every_value_has_its_grade() -> None:
    assert missing_ranges(_patient().lab("PLAT", 2, 48, "10^9/L").chart()) == ""


def test_the_summary_counts_values_days_and_severe_ones() -> None:
    grid = lab_grid(_patient().lab("PLAT", 2, 48, "10^9/L").lab("PLAT", 9, 210, "10^9/L").chart(), EN)
    assert summary(grid) == "2 values on 2 days · 1 value of grade 3 or more"


def test_the_summary_counts_one_value_as_one_and_what_was_not_done_as_none() -> None:
    patient = _patient().lab("PLAT", 2, 210, "10^9/L")
    patient.add(LabResult(test="ALT", collected=patient.on(2), not_done="clotted"))
    assert summary(lab_grid(patient.chart(), EN)) == "1 value on 1 day"
