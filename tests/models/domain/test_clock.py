"""The clock that nobody sets, beside the one that says what time it is."""

import time

import pytest

from models.domain import clock
from models.domain.clock import SystemClock


def test_the_steady_clock_goes_on() -> None:
    before = SystemClock().steady()
    assert SystemClock().steady() >= before


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="a clock of Linux")
def test_the_steady_clock_is_the_one_that_counts_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "clock_gettime", lambda which: 3600.0 if which == time.CLOCK_BOOTTIME else 0.0)
    assert SystemClock().steady().total_seconds() == 3600


def test_without_such_a_clock_python_s_own_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_STEADY", None)
    monkeypatch.setattr(time, "monotonic", lambda: 60.0)
    assert SystemClock().steady().total_seconds() == 60
