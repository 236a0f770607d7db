"""Ages change on the birthday, and a partial date leaves some of them open."""

from datetime import date

import pytest

from models.domain.age import possible_ages, whole_years
from models.domain.partial_dates import PartialDate


@pytest.mark.parametrize(("day", "age"), [(date(2026, 5, 3), 58), (date(2026, 5, 4), 59)])
def test_an_age_changes_on_the_birthday(day: date, age: int) -> None:
    assert whole_years(date(1967, 5, 4), day) == age


def test_a_partial_date_leaves_ages_open() -> None:
    assert possible_ages(PartialDate(1967), PartialDate(2026, 3, 1)) == range(58, 60)
    assert possible_ages(PartialDate.from_iso("UNK"), PartialDate(2026, 3, 1)) is None
