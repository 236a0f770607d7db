"""How a measurement is taken: both sides in turn, the median of several rounds, warmed up first."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what was measured, the figure with its unit, the limit, and whether it holds."""

    what: str
    measured: str
    limit: str
    holds: bool


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median(work: Callable[[], object], rounds: int) -> float:
    """The median time of a call, after one that is not counted."""
    work()
    return statistics.median(seconds(work) for _ in range(rounds))


def paired(ours: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The median times of two calls made in turn, so that a busy moment of the machine weighs on both."""
    ours()
    other()
    pairs = [(seconds(ours), seconds(other)) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def ratio(what: str, ours: float, other: float, limit: float) -> Line:
    """A line that holds where ours takes at most `limit` times as long."""
    times = ours / other
    return Line(what, f"{ours * 1000:.1f} ms / {other * 1000:.1f} ms = {times:.2f} x", f"{limit:g} x", times <= limit)


def at_most(what: str, measured: float, limit: float, unit: str) -> Line:
    """A line that holds where the figure is not above its limit."""
    return Line(what, f"{measured:.0f} {unit}" if measured >= 10 else f"{measured:.1f} {unit}", f"{limit:g} {unit}", measured <= limit)
