"""The calendar of the demo site."""

from datetime import date, timedelta

from models.demo.workdays import after, before, is_workday, nearest

CHRISTMAS = date(2025, 12, 25).toordinal()  # a Thursday: the Friday after it is a holiday too


def test_weekends_and_holidays_are_days_off() -> None:
    off = [day - CHRISTMAS for day in range(CHRISTMAS - 7, CHRISTMAS + 7) if not is_workday(day)]
    assert off == [-5, -4, 0, 1, 2, 3]


def test_a_workday_stays_and_a_day_off_moves_to_the_workday_asked_for() -> None:
    assert before(CHRISTMAS - 1) == after(CHRISTMAS - 1) == CHRISTMAS - 1
    assert (before(CHRISTMAS + 2), after(CHRISTMAS + 2)) == (CHRISTMAS - 1, CHRISTMAS + 4)


def test_the_nearest_workday_lies_between_the_two_days() -> None:
    assert nearest(CHRISTMAS, CHRISTMAS - 3, CHRISTMAS + 4) == CHRISTMAS - 1
    assert nearest(CHRISTMAS, CHRISTMAS, CHRISTMAS + 6) == CHRISTMAS + 4
    assert nearest(CHRISTMAS + 5, CHRISTMAS, CHRISTMAS + 6) == CHRISTMAS + 5


def test_every_week_has_a_workday() -> None:
    first = date(2015, 1, 1)
    days = [first + timedelta(days=n) for n in range(40 * 366)]
    assert all(nearest(day.toordinal(), day.toordinal(), day.toordinal() + 6) for day in days)
