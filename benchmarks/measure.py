"""How a measurement is taken: both sides in turn, the median of several rounds, warmed up first."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured for the limit of that key, in its unit; `detail` says what it was worked out from.

    `value` is None where this system cannot measure it; `detail` says why.
    """

    key: str
    value: float | None
    detail: str = ""


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def paired(ours: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The median times of two calls made in turn, so that a busy moment of the machine weighs on both."""
    ours()
    other()
    gc.collect()
    gc.freeze()  # as the program does after its start
    pairs = [(seconds(ours), seconds(other)) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def ratio(key: str, ours: float, other: float) -> Figure:
    """How many times as long ours takes."""
    return Figure(key, ours / other, f"{ours * 1000:.1f} ms against {other * 1000:.1f} ms")
