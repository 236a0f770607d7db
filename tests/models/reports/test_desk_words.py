from datetime import date

import pytest

from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.reports.desk_words import day_words, days_words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 10, 5), date(2026, 10, 19), "5 – 19 Oct 2026"),
        (date(2026, 11, 23), date(2026, 12, 7), "23 Nov – 7 Dec 2026"),
        (date(2026, 12, 23), date(2027, 1, 7), "23 Dec 2026 – 7 Jan 2027"),
        (date(2026, 10, 5), date(2026, 10, 5), "5 Oct 2026"),
        (date(2026, 10, 5), None, "5 Oct 2026"),
        (None, None, "–"),
    ],
)
def test_days_say_month_and_year_once(first: date | None, last: date | None, words: str) -> None:
    assert days_words(first, last, Desk.ENGLISH).replace("\N{NO-BREAK SPACE}", " ") == words


def test_a_partial_date_shows_what_is_known() -> None:
    assert day_words(PartialDate(2026, 3), Desk.ITALIAN) == "mar\N{NO-BREAK SPACE}2026"
