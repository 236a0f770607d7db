"""Trying a check on very many examples that Hypothesis makes up, within a time."""

import time
from collections.abc import Callable
from typing import Any, NamedTuple

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

from tests.torture.outcome import Outcome

_AT_ONCE = 500
"""Examples of one search; between two the clock is looked at."""
_MOST_FAILURES = 20
_LONGEST = 300


class Target(NamedTuple):
    """What is fed: its words, what it is fed with, and the check that raises where it takes it badly."""

    words: str
    examples: SearchStrategy[Any]
    check: Callable[[Any], None]
    share: int
    """Of the examples of a trial, in percent."""


def searched(target: Target, count: int, seed: int, most_seconds: float) -> Outcome:
    """Check up to `count` examples; every failure tells its example."""
    failures: list[str] = []
    done = 0
    begun = time.perf_counter()

    def check(example: Any) -> None:
        nonlocal done
        done += 1
        try:
            target.check(example)
        except Exception as fault:
            failures.append(f"{target.words}: {type(fault).__name__}: {fault}, with {example!r}"[:_LONGEST])

    while done < count and len(failures) < _MOST_FAILURES and time.perf_counter() - begun < most_seconds:
        chosen = settings(
            max_examples=min(_AT_ONCE, count - done),
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        before = done
        hypothesis.seed(seed + done)(chosen(given(target.examples)(check)))()
        if done == before:
            break
    return Outcome(done, {target.words: done}, tuple(failures), time.perf_counter() - begun)
