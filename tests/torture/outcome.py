"""What a trial found: how often it was tried, how often what must hold held, and what was seen when it did not."""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

Attempt = Callable[[Random], str]
"""One try with its own chance; gives the word under which it is counted, and raises where something did not hold."""


class NotHeldError(AssertionError):
    """What must hold did not."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many attempts were made, how each kind of them ended, and every failure with the number of its attempt."""

    count: int
    endings: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def held(self) -> int:
        """How many attempts ended as they must."""
        return self.count - len(self.failures)

    @property
    def words(self) -> str:
        """How the attempts ended, the most frequent first."""
        known = sorted(self.endings.items(), key=lambda ending: (-ending[1], ending[0]))
        return "; ".join(f"{words} {number:,}" for words, number in known)


def tried(count: int, seed: int, attempt: Attempt, *, most_seconds: float = float("inf")) -> Outcome:
    """Make `count` attempts, or as many as the time allows.

    Each has a chance of its own, from the seed and its number: one that failed can be repeated alone. Whatever is
    raised is a failure of that attempt and ends no other.
    """
    endings: Counter[str] = Counter()
    failures: list[str] = []
    begun = time.perf_counter()
    done = 0
    while done < count and time.perf_counter() - begun < most_seconds:
        try:
            endings[attempt(Random(f"{seed}/{done}"))] += 1
        except Exception as fault:
            failures.append(f"attempt {done} of seed {seed}: {type(fault).__name__}: {fault}")
        done += 1
    return Outcome(done, endings, tuple(failures), time.perf_counter() - begun)


def require(held: object, words: str) -> None:
    """Raise `NotHeldError` with these words unless it held."""
    if not held:
        raise NotHeldError(words)
