from datetime import date

import pytest

from models.domain.errors import TrialError
from models.reports.period import Period, period_of
from tests.builders import TODAY, a_patient, a_treated_patient


def test_without_a_code_it_is_the_last_visit_up_to_today() -> None:
    period = period_of(a_treated_patient().chart(), None)
    assert period.visit is not None
    assert (period.visit.code, period.last) == ("C4", TODAY)


def test_it_begins_the_day_after_the_visit_before() -> None:
    chart = a_treated_patient().chart()
    period = period_of(chart, "D45")
    assert (chart.day(period.first), chart.day(period.last)) == (23, 45)


def test_before_the_first_visit_everything_counts() -> None:
    assert period_of(a_treated_patient().chart(), "BL").first is None


def test_without_any_visit_it_reaches_to_today() -> None:
    assert period_of(a_patient().chart(), None) == Period(None, None, None, TODAY)


def test_an_unknown_visit_is_refused() -> None:
    with pytest.raises(TrialError, match="XX is not a visit of this protocol"):
        period_of(a_treated_patient().chart(), "XX")


@pytest.mark.parametrize(
    ("first", "last", "meets"),
    [
        (date(2026, 1, 1), date(2026, 1, 9), False),
        (date(2026, 1, 1), date(2026, 1, 10), True),
        (date(2026, 1, 20), None, True),
        (date(2026, 1, 21), None, False),
        (None, None, True),
    ],
)
def test_a_span_meets_the_period_where_they_share_a_day(first: date | None, last: date | None, meets: bool) -> None:
    assert Period(None, None, date(2026, 1, 10), date(2026, 1, 20)).meets(first, last) is meets
