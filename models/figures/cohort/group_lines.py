"""The colours and line styles by which the groups of a drawing are told apart."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from models.cohort.grouping import EVERYBODY, UNTESTED

if TYPE_CHECKING:
    from models.figures.style import Style

_COLOURS = 5
_DASHES: tuple[tuple[float, ...] | None, ...] = (None, (5.0, 2.0), (1.4, 1.6), (6.0, 1.6, 1.4, 1.6), (9.0, 2.2))
_UNKNOWN_DASH = (2.4, 2.0)


class GroupLine(NamedTuple):
    """How a group is drawn: colour and dashes (None is a full line), so that no group rests on colour alone."""

    colour: str
    dash: tuple[float, ...] | None


def group_lines(names: Sequence[str], style: "Style") -> tuple[GroupLine, ...]:
    """A line for each group in turn; whoever has no known group is grey, and everybody together is the accent."""
    known = [name for name in names if name not in UNTESTED and name != EVERYBODY]
    return tuple(_line(name, known, style) for name in names)


def _line(name: str, known: Sequence[str], style: "Style") -> GroupLine:
    if name == EVERYBODY:
        return GroupLine(style["accent"], None)
    if name in UNTESTED:
        return GroupLine(style["muted"], _UNKNOWN_DASH)
    place = known.index(name)
    return GroupLine(style[f"group{place % _COLOURS + 1}"], _DASHES[place % len(_DASHES)])
