"""What stands beside a test while its value is typed."""

from decimal import Decimal

import pytest

from gui.pages.patient.laboratory.weighing import Head, Weighing
from models.domain.notation import Desk
from models.domain.toxicity.laboratory_tests import known_test
from tests.builders import LABORATORY, a_patient


@pytest.mark.parametrize(
    ("test", "value", "unit", "said"),
    [
        ("PLAT", Decimal(48), "10^9/L", "already 48"),
        ("INR", Decimal("1.03"), "ratio", "already 1.03"),
    ],
)
def test_what_is_there_of_that_day_is_said_without_the_unit_of_its_line(
    test: str, value: Decimal, unit: str, said: str
) -> None:
    chart = a_patient().phase("induction", 1).lab(test, 2, value, unit).chart()
    head = Head(chart.labs[0].record.collected, None, None)
    assert Weighing(chart, (), Desk.ENGLISH).row(known_test(test), head).range == said


def test_a_value_in_another_unit_than_the_line_says_its_own() -> None:
    chart = a_patient().phase("induction", 1).lab("HGB", 2, 108, "g/L").lab("HGB", 2, 11, "g/dL").chart()
    row = Weighing(chart, (), Desk.ENGLISH).row(known_test("HGB"), Head(chart.labs[0].record.collected, None, None))
    assert (row.unit, row.range) == ("g/dL", "already 108 g/L, 11")


@pytest.mark.parametrize(
    ("albumin", "said"),
    [("", "grade 2"), ("25", "not abnormal"), ("twenty", "grade 2"), ("<25", "grade 2")],
)
def test_calcium_is_corrected_for_the_albumin_typed_beside_it(albumin: str, said: str) -> None:
    builder = a_patient().phase("induction", 1).limits("CA", "8.6", "10.2", "mg/dL")
    chart = builder.chart()
    weighing = Weighing(chart, chart.ranges, Desk.ENGLISH)
    head = Head(builder.on(22), None, LABORATORY)
    row = weighing.row(known_test("CA"), head)
    assert weighing.words(row, "7.6", head, albumin)[0].endswith(said)


def test_the_albumin_typed_stands_before_one_that_was_saved() -> None:
    builder = a_patient().phase("induction", 1).limits("CA", "8.6", "10.2", "mg/dL").lab("ALB", 22, 40, "g/L")
    chart = builder.chart()
    view = Weighing(chart, chart.ranges, Desk.ENGLISH).view("CA", "7.6", Head(builder.on(22), None, LABORATORY), "25")
    assert view is not None
    assert view.grade == 0
