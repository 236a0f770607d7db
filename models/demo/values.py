"""Dates and quantities of the demo records. Cohorts are large and values repeat, so equal ones are made once.

Within this package a day is a whole number (the proleptic ordinal of `datetime.date`), so that courses are plain sums.
"""

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import lru_cache
from random import Random

from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity


@lru_cache(maxsize=50_000)
def on(day: int) -> PartialDate:
    """The clinical date of a day."""
    return PartialDate.from_date(date.fromordinal(day))


@lru_cache(maxsize=200_000)
def quantity(text: str, unit: str) -> Quantity:
    """A measured value as it would be typed; a leading `<` or `>` is its qualifier."""
    number = text.lstrip("<>")
    return Quantity(Decimal(number), unit, text[: len(text) - len(number)], text)


def moment(day: int, hour: int, minute: int) -> datetime:
    """A moment of system time on a day, one hour east of Greenwich."""
    return datetime.combine(date.fromordinal(day), time(hour, minute), timezone(timedelta(hours=1)))


def month_of(day: int) -> PartialDate:
    """Only the month of a day, as patients remember it."""
    full = date.fromordinal(day)
    return PartialDate(full.year, full.month)


def year_of(day: int) -> PartialDate:
    """Only the year of a day."""
    return PartialDate(date.fromordinal(day).year)


def weighted(rng: Random, *choices: tuple[str, float]) -> str:
    """One of the names, each with its share; the shares sum to one."""
    draw = rng.random()
    for name, share in choices:
        draw -= share
        if draw < 0:
            return name
    return choices[-1][0]
