"""Which backups stay: the newest ones, and further back one a day, a week, a month."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple


class Keeping(NamedTuple):
    """How many backups stay: the newest, and the last one of each of that many days, weeks and months.

    Only days, weeks and months that have a backup count: a study that rests for a year loses nothing by it.
    """

    newest: int = 12
    days: int = 14
    weeks: int = 10
    months: int = 12


USUAL = Keeping()


def outdated(made: Mapping[str, datetime], keeping: Keeping = USUAL) -> frozenset[str]:
    """The backups that may go. `made` maps the name of each to the moment it was made, with its offset from UTC.

    A day is the day at the desk that made the backup; weeks are those of ISO 8601.
    """
    newest_first = sorted(made, key=lambda name: (made[name], name), reverse=True)
    kept = set(newest_first[: keeping.newest])
    for number, period in ((keeping.days, _day), (keeping.weeks, _week), (keeping.months, _month)):
        kept.update(_last_of_each(newest_first, made, period, number))
    return frozenset(made.keys() - kept)


def _last_of_each(
    newest_first: Iterable[str], made: Mapping[str, datetime], period: Callable[[datetime], Hashable], number: int
) -> Iterable[str]:
    last: dict[Hashable, str] = {}
    for name in newest_first:
        last.setdefault(period(made[name]), name)
    return list(last.values())[:number]


def _day(moment: datetime) -> Hashable:
    return moment.date()


def _week(moment: datetime) -> Hashable:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> Hashable:
    return moment.year, moment.month
