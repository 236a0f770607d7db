"""The entries of a legend."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from models.figures.ink import Ink

_HALF_WIDTH, _HALF_HEIGHT = 5.0, 2.6


class Key(NamedTuple):
    """An entry: its words, and what draws its sample around a point."""

    words: str
    draw: Callable[["Ink", float, float], None]


def line_key(words: str, colour: str, width: float, dash: tuple[float, ...] | None = None) -> Key:
    """An entry for a line."""

    def draw(ink: "Ink", x: float, y: float) -> None:
        ink.line([(x - _HALF_WIDTH, y), (x + _HALF_WIDTH, y)], colour, width, dash)

    return Key(words, draw)


def area_key(words: str, colour: str) -> Key:
    """An entry for a bar or an area."""

    def draw(ink: "Ink", x: float, y: float) -> None:
        ink.rectangle(x - _HALF_WIDTH, y - _HALF_HEIGHT, x + _HALF_WIDTH, y + _HALF_HEIGHT, fill=colour)

    return Key(words, draw)
