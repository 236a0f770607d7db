"""The axis of months from study day 1 or from the start of an endpoint, and the numbers under it."""

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.figures.ink import Ink
    from models.figures.style import Style

_STEPS = (1, 3, 6, 12, 24, 60, 120, 240)
_MOST_TICKS = 13


@dataclass(frozen=True, slots=True)
class Months:
    """From months to points."""

    first: float
    last: float
    left: float
    right: float

    def x(self, month: float) -> float:
        """Where a month stands."""
        return self.left + (month - self.first) / (self.last - self.first) * (self.right - self.left)


def months(first: float, last: float, left: float, right: float) -> Months:
    """An axis that holds every month from the first to the last, and is at least one month long."""
    return Months(first, max(last, first + 1.0), left, right)


def ticks(ink: "Ink", axis: Months, style: "Style", widest: float = 0.0) -> tuple[int, ...]:
    """The months to be labelled: multiples of a round step, so far apart that labels do not touch.

    `widest` is the width of what else stands at the ticks, such as numbers at risk.
    """
    found: list[int] = []
    for step in _STEPS:
        found = [n for n in range(0, int(axis.last + 1e-9) + 1, step) if n >= axis.first]
        room = max(widest, *(ink.width(str(n), style.font) for n in found)) + style.font
        apart = all(axis.x(b) - axis.x(a) >= room for a, b in pairwise(found))
        if apart and len(found) <= _MOST_TICKS:
            break
    return tuple(found)


def draw_ticks(
    ink: "Ink", axis: Months, style: "Style", shown: tuple[int, ...], baseline: float, gutter: float, words: str
) -> None:
    """Write the months, and at the left what they count."""
    ink.text(gutter, baseline, words, style["muted"], style.font, align="right")
    for month in shown:
        x = axis.x(month)
        ink.line([(x, baseline + style.font * 1.0), (x, baseline + style.font * 1.35)], style["muted"], 0.6, snap=True)
        ink.text(x, baseline, str(month), style["muted"], style.font, align="center")
