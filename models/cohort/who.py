"""The patients that a number counts, and the days that count for them."""

from datetime import date
from typing import NamedTuple

from models.domain.partial_dates import PartialDate

DAYS_IN_MONTH = 30.4375
"""The length of a month wherever days become months: a year of 365.25 days in twelve."""

INEXACT = "date not fully known"
"""What is said beside a day that is not exact."""


class Who(NamedTuple):
    """A patient as a list names it: the id that opens the chart, and the subject number."""

    id: int
    label: str


class When(NamedTuple):
    """A day that counts and the record it comes from. `exact` is false where the day is the first that it can be."""

    day: date
    exact: bool
    kind: str
    record_id: int


def on(when: PartialDate | None, kind: str, record_id: int) -> When | None:
    """The day of a record; None where it has none. A date that is not fully known counts as its first day."""
    if when is None or when.earliest is None:
        return None
    return When(when.earliest, when.full is not None, kind, record_id)


def months(days: int) -> float:
    """Days as months."""
    return days / DAYS_IN_MONTH
