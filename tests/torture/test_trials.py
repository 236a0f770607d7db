"""Every trial with a few attempts; `make torture` makes many."""

import sys
from datetime import date
from pathlib import Path
from random import Random

import pytest

from tests.torture.__main__ import PAGE
from tests.torture.outcome import Outcome, require, tried
from tests.torture.page import Line, page
from tests.torture.trials import TRIALS, Trial

SMALL = [pytest.param(trial, id=trial.key) for trial in TRIALS if trial.in_tests]


@pytest.mark.skipif(sys.platform == "win32", reason="kills, limits and mounts are those of POSIX")
@pytest.mark.usefixtures("qapp")  # one trial needs the window
@pytest.mark.parametrize("trial", SMALL)
def test_everything_holds_in_a_few_attempts(trial: Trial, tmp_path: Path) -> None:
    outcome = trial.run(trial.in_tests, 1, tmp_path, 30)
    assert outcome.count > 0
    assert outcome.failures == ()


def test_a_failed_attempt_is_counted_and_told_and_ends_no_other() -> None:
    def attempt(random: Random) -> str:
        number = random.random()
        require(number < 0.5, f"{number} is too much")
        return "small"

    outcome = tried(200, 7, attempt)
    assert (outcome.count, outcome.held) == (200, outcome.endings["small"])
    assert 0 < len(outcome.failures) < 200
    assert "of seed 7: NotHeldError" in outcome.failures[0]
    assert tried(200, 7, attempt).failures == outcome.failures


def test_no_trial_goes_on_beyond_its_time() -> None:
    assert tried(10, 1, lambda random: "made", most_seconds=0).count == 0


def test_the_table_says_what_did_not_hold() -> None:
    failed = Line(TRIALS[0], Outcome(10, {"fine": 9}, ("attempt 3: lost",), 2.0))
    assert not failed.holds
    assert "| 10 | **9** | 2 | fine 9 |" in page([failed], 1, date(2026, 11, 22))


def test_the_documentation_names_every_trial() -> None:
    written = PAGE.read_text(encoding="utf-8")
    for trial in TRIALS:
        assert f"| {trial.words} | {trial.must_hold} | " in written
    assert "**" not in written
