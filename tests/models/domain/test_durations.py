from datetime import timedelta

import pytest

from models.domain.durations import duration_words, left_words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (59, "59 min"), (60, "1 h"), (2 * 24 * 60 - 1, "47 h"), (2 * 24 * 60, "2 days"), (5000, "3 days")],
)
def test_a_length_is_told_in_its_largest_whole_unit(minutes: int, words: str) -> None:
    assert duration_words(timedelta(minutes=minutes)) == words


@pytest.mark.parametrize(("hours", "words"), [(9, "9 h left"), (0, "0 min left"), (-6, "6 h overdue")])
def test_a_clock_says_how_long_it_runs_or_since_when_it_has_run_out(hours: int, words: str) -> None:
    assert left_words(timedelta(hours=hours)) == words
