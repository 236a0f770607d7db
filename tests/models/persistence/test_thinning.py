from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from models.persistence.thinning import Keeping, outdated

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
NOBODY = Keeping(newest=0, days=0, weeks=0, months=0)


def made(*moments: datetime) -> dict[str, datetime]:
    return {moment.isoformat(): moment for moment in moments}


def kept(moments: Iterable[datetime], keeping: Keeping) -> list[str]:
    known = made(*moments)
    return sorted((name for name in known.keys() - outdated(known, keeping)), reverse=True)


def on(*days: str) -> list[datetime]:
    return [datetime.fromisoformat(day).replace(tzinfo=UTC) for day in days]


TABLE = [
    ("the newest", NOBODY._replace(newest=2), ["2026-11-22T10", "2026-11-22T11", "2026-11-22T12"], [11, 12]),
    ("the last of each day", NOBODY._replace(days=2), ["2026-11-20T09", "2026-11-21T08", "2026-11-21T17"], [9, 17]),
    ("no more days than asked for", NOBODY._replace(days=1), ["2026-11-20T09", "2026-11-21T17"], [17]),
    (
        "days with a backup, not days on the calendar",
        NOBODY._replace(days=2),
        ["2025-01-05T07", "2026-11-21T17"],
        [7, 17],
    ),
    (
        "a week from Monday to Sunday",
        NOBODY._replace(weeks=2),
        ["2026-11-15T01", "2026-11-16T02", "2026-11-22T03"],
        [1, 3],
    ),
    ("a week over the turn of the year", NOBODY._replace(weeks=5), ["2026-12-28T01", "2027-01-03T02"], [2]),
    ("the last of each month", NOBODY._replace(months=2), ["2026-09-01T01", "2026-10-01T02", "2026-10-31T03"], [1, 3]),
    ("the same month of another year", NOBODY._replace(months=2), ["2025-10-31T01", "2026-10-31T02"], [1, 2]),
]


@pytest.mark.parametrize(("case", "keeping", "moments", "hours"), TABLE, ids=[row[0] for row in TABLE])
def test_what_is_kept(case: str, keeping: Keeping, moments: list[str], hours: list[int]) -> None:
    assert sorted(datetime.fromisoformat(name).hour for name in kept(on(*moments), keeping)) == hours


def test_the_day_is_that_of_the_desk_and_not_of_greenwich() -> None:
    late = datetime.fromisoformat("2026-11-22T00:30+02:00")  # 21 November in Greenwich
    before = datetime.fromisoformat("2026-11-21T23:30+02:00")
    assert len(kept([late, before], NOBODY._replace(days=2))) == 2


def test_two_years_of_half_hours_come_down_to_about_forty() -> None:
    half_hours = [NOW - timedelta(minutes=30 * step) for step in range(2 * 365 * 48)]
    stay = kept(half_hours, Keeping())
    assert 12 + 13 + 8 + 10 <= len(stay) <= 12 + 14 + 10 + 12
    assert min(datetime.fromisoformat(name) for name in stay).strftime("%Y-%m") == "2025-12"


def test_thinning_again_takes_nothing_more() -> None:
    half_hours = [NOW - timedelta(minutes=30 * step) for step in range(5000)]
    once = {name: datetime.fromisoformat(name) for name in kept(half_hours, Keeping())}
    assert outdated(once) == frozenset()
