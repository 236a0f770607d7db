"""The days on which the demo site sees patients: no weekends, no public holidays of a fixed date in Italy.

Leukaemia does not wait: adverse events, transplants and deaths come on any day. Whatever has an appointment does not.
"""

from datetime import date
from functools import lru_cache
from itertools import count

_SATURDAY = 5
_HOLIDAYS = frozenset({(1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26)})
"""Month and day."""


@lru_cache(maxsize=10_000)
def is_workday(day: int) -> bool:
    """Whether the site works on a day."""
    on = date.fromordinal(day)
    return on.weekday() < _SATURDAY and (on.month, on.day) not in _HOLIDAYS


def before(day: int) -> int:
    """The day itself, or the last workday before it."""
    return next(each for each in count(day, -1) if is_workday(each))


def after(day: int) -> int:
    """The day itself, or the first workday after it."""
    return next(each for each in count(day) if is_workday(each))


def nearest(day: int, first: int, last: int) -> int:
    """The workday from `first` to `last` that lies nearest to a day, the earlier one of two.

    `day` is one of these, and they are a week or more: no run of days off is as long.
    """
    within = (each for each in range(first, last + 1) if is_workday(each))
    return min(within, key=lambda each: abs(each - day))
