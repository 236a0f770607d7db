from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.errors import TrialError
from models.persistence.keys.attempts import LONGEST_WAIT, Attempts

NOW = datetime(2026, 10, 2, 9, 0, tzinfo=timezone(timedelta(hours=2)))


def after(failures: int) -> Attempts:
    attempts = Attempts()
    for _ in range(failures):
        attempts = attempts.failed(NOW)
    return attempts


@pytest.mark.parametrize(
    ("failures", "seconds"), [(5, 32), (6, 64), (7, 128), (8, 256), (9, 512), (10, 900), (11, 900), (500, 900)]
)
def test_the_wait_doubles_with_each_failure_up_to_a_quarter_of_an_hour(failures: int, seconds: int) -> None:
    assert after(failures).blocked_until == NOW + timedelta(seconds=seconds)


def test_four_failures_make_nobody_wait() -> None:
    after(4).refuse_while_blocked(NOW)


def test_the_sentence_says_until_when_in_the_time_of_this_desk() -> None:
    with pytest.raises(TrialError, match=r"Wait until 2 Oct 2026, 11:00:32 UTC\+04:00, or"):
        after(5).refuse_while_blocked(NOW.astimezone(timezone(timedelta(hours=4))))


def test_the_wait_is_over_at_the_time_that_was_said() -> None:
    blocked = Attempts(4).failed(NOW + timedelta(milliseconds=400))
    with pytest.raises(TrialError, match="09:00:33"):
        blocked.refuse_while_blocked(NOW)
    blocked.refuse_while_blocked(NOW + timedelta(seconds=33))


def test_the_wait_ends_by_itself() -> None:
    after(5).refuse_while_blocked(NOW + timedelta(seconds=32))


@given(st.integers(5, 40), st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=3650)))
def test_nobody_waits_longer_than_the_longest_wait_whatever_the_clock_did(failures: int, back: timedelta) -> None:
    blocked = after(failures)
    assert blocked.blocked_until is not None
    until = blocked.by_clock(NOW - back).blocked_until
    assert until is not None
    assert NOW - back < until <= NOW - back + LONGEST_WAIT


def test_a_wait_is_the_same_while_the_clock_goes_on() -> None:
    assert after(5).by_clock(NOW) == after(5)


def test_lifting_the_block_keeps_what_the_audit_trail_has_to_hear_of() -> None:
    lifted = after(6).cleared()
    assert (lifted.failures, lifted.blocked_until, lifted.pending_count) == (0, None, 6)


def test_of_many_failures_the_newest_200_keep_their_moments_and_all_are_counted() -> None:
    attempts = Attempts()
    for second in range(250):
        attempts = attempts.failed(NOW + timedelta(seconds=second))
    assert attempts.pending == tuple(NOW + timedelta(seconds=second) for second in range(50, 250))
    assert attempts.pending_count == 250


def test_failures_that_came_while_others_were_reported_stay() -> None:
    told = after(3)
    later = NOW.astimezone(UTC) + timedelta(seconds=5)
    left = told.failed(later).reported(told.pending, told.pending_count)
    assert (left.pending, left.pending_count) == ((later,), 1)
