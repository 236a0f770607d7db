from decimal import Decimal

from models.figures.content import PointState
from models.figures.sparkline import sparkline, sparks
from tests.builders import DAY_ONE, a_patient, a_treated_patient


def test_no_result_is_no_curve() -> None:
    assert sparks([]) == ()


def test_one_result_stands_at_the_left() -> None:
    (spark,) = sparks([(DAY_ONE, Decimal(100), PointState.QUANTIFIABLE)])
    assert (spark.x, spark.y) == (0.0, 1.0)


def test_positions_lie_between_nought_and_one_in_the_order_of_time() -> None:
    found = sparkline(a_treated_patient().chart())
    assert [s.x for s in found] == sorted(s.x for s in found)
    assert all(0 <= s.x <= 1 and 0 <= s.y <= 1 for s in found)
    assert (found[0].x, found[-1].x) == (0, 1)


def test_of_two_transcripts_the_higher_counts() -> None:
    chart = a_patient().phase("induction", 1).mrd(1, 4, 40_000).mrd(1, 4000, 40_000, transcript="p210").chart()
    (spark,) = sparkline(chart)
    (high,) = sparks([(DAY_ONE, Decimal(10), PointState.QUANTIFIABLE)])
    assert spark.y == high.y


def test_a_positive_result_without_a_ratio_is_not_hidden_by_a_transcript_that_was_not_found() -> None:
    builder = a_patient().phase("induction", 1).mrd(1, 0, 40_000)
    (spark,) = sparkline(builder.mrd(1, None, None, transcript="p210", category="positive").chart())
    assert spark.state is PointState.QUANTIFIABLE


def test_a_result_that_is_not_evaluable_lies_on_the_bottom_line() -> None:
    chart = a_patient().phase("induction", 1).mrd(1, 0, 500).chart()
    (spark,) = sparkline(chart)
    assert (spark.y, spark.state) == (0.0, PointState.NOT_EVALUABLE)
