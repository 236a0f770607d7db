"""What stands beside a test while its value is typed."""

from decimal import Decimal

import pytest

from gui.pages.patient.laboratory.weighing import Head, Weighing
from models.domain.notation import Desk
from models.domain.toxicity.laboratory_tests import known_test
from tests.builders import a_patient


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
