"""The pen of the drawings: shapes and words in points, drawn in the order in which they were put down.

One matplotlib artist holds a whole drawing. An artist for each shape would cost more time than the shapes themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, cast

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from models.figures import glyphs
from models.fonts import FAMILY, Style

Align = Literal["left", "center", "right"]
_CIRCLE = Path.unit_circle()
_LOWER_HALF = Path.wedge(180, 360)


@dataclass(frozen=True, slots=True)
class _Shape:
    path: Path
    fill: str | None
    edge: str | None
    width: float
    dash: tuple[float, ...] | None
    snap: bool


@dataclass(frozen=True, slots=True)
class _Words:
    x: float
    y: float
    text: str
    colour: str
    size: float
    style: Style


class Ink(Artist):
    """Shapes and words on a figure. Positions are points (1/72 inch) from the lower left corner of the figure."""

    def __init__(self, figure: Figure) -> None:
        """Start an empty drawing on the figure."""
        super().__init__()
        self._marks: list[_Shape | _Words] = []
        figure.add_artist(self)

    # ---- shapes

    def rectangle(
        self,
        left: float,
        bottom: float,
        right: float,
        top: float,
        *,
        fill: str | None = None,
        edge: str | None = None,
        width: float = 0.8,
        dash: tuple[float, ...] | None = None,
    ) -> None:
        """An upright rectangle."""
        corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
        self.polygon(corners, fill=fill, edge=edge, width=width, dash=dash, snap=True)

    def polygon(
        self,
        corners: Sequence[tuple[float, float]],
        *,
        fill: str | None = None,
        edge: str | None = None,
        width: float = 0.8,
        dash: tuple[float, ...] | None = None,
        snap: bool = False,
    ) -> None:
        """A closed shape."""
        path = Path([*corners, corners[0]], closed=True)
        self._marks.append(_Shape(path, fill, edge, width if edge else 0.0, dash, snap))

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        width: float = 0.8,
        dash: tuple[float, ...] | None = None,
        *,
        snap: bool = False,
    ) -> None:
        """A line through the points; `dash` is lengths on and off, in points."""
        self._marks.append(_Shape(Path(list(points)), None, colour, width, dash, snap))

    def circle(
        self, x: float, y: float, radius: float, *, fill: str | None, edge: str | None = None, width: float = 1.0
    ) -> None:
        """A circle."""
        self._marks.append(_Shape(_placed(_CIRCLE, x, y, radius), fill, edge, width if edge else 0.0, None, False))

    def lower_half(self, x: float, y: float, radius: float, fill: str) -> None:
        """The lower half of a circle."""
        self._marks.append(_Shape(_placed(_LOWER_HALF, x, y, radius), fill, None, 0.0, None, False))

    # ---- words

    def text(
        self,
        x: float,
        y: float,
        text: str,
        colour: str,
        size: float,
        *,
        bold: bool = False,
        align: Align = "left",
    ) -> None:
        """Words on one line, their baseline at `y`."""
        style: Style = "bold" if bold else "regular"
        shown = glyphs.drawable(text, style)
        shift = {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        left = x - shift * glyphs.width(shown, size, style) if shift else x
        self._marks.append(_Words(left, y, shown, colour, size, style))

    @staticmethod
    def width(text: str, size: float, *, bold: bool = False) -> float:
        """How wide words would be, in points."""
        style: Style = "bold" if bold else "regular"
        return glyphs.width(glyphs.drawable(text, style), size, style)

    @property
    def texts(self) -> tuple[tuple[float, float, float, str], ...]:
        """Left, right, baseline (points) and text of all words, for whoever checks that nothing overlaps or is cut."""
        words = [mark for mark in self._marks if isinstance(mark, _Words)]
        return tuple((w.x, w.x + glyphs.width(w.text, w.size, w.style), w.y, w.text) for w in words)

    # ---- drawing

    def draw(self, renderer: RendererBase) -> None:
        """Put everything down, on the screen as outlines, in a vector file as text that can be searched."""
        as_text = getattr(renderer, "writes_text", False)
        scale = cast("float", renderer.points_to_pixels(1.0))
        figure = self.get_figure(root=True)
        assert figure is not None
        left, low = figure.transFigure.transform((0.0, 0.0))  # moved where a file holds more than the figure
        to_pixels = Affine2D.from_values(scale, 0, 0, scale, left, low)
        gc = renderer.new_gc()
        for mark in self._marks:
            if isinstance(mark, _Shape):
                gc.set_snap(mark.snap or None)
                gc.set_linewidth(mark.width)  # the renderer itself turns widths and dashes from points to pixels
                gc.set_foreground(_rgba(mark.edge or mark.fill), isRGBA=True)
                gc.set_dashes(0, list(mark.dash) if mark.dash else None)
                renderer.draw_path(gc, mark.path, to_pixels, _rgba(mark.fill) if mark.fill else None)
            elif as_text:
                gc.set_foreground(_rgba(mark.colour), isRGBA=True)
                x, y = left + mark.x * scale, low + mark.y * scale
                renderer.draw_text(gc, x, y, mark.text, _font(mark.size, mark.style), 0)
            else:
                x, y = left + mark.x * scale, low + mark.y * scale
                place = Affine2D.from_values(mark.size * scale, 0, 0, mark.size * scale, x, y)
                gc.set_snap(False)
                gc.set_linewidth(0.0)
                gc.set_dashes(0, None)
                renderer.draw_path(gc, glyphs.outline(mark.text, mark.style), place, _rgba(mark.colour))
        gc.restore()


def _placed(shape: Path, x: float, y: float, radius: float) -> Path:
    return Path(np.asarray(shape.vertices) * radius + np.array((x, y)), shape.codes)


@lru_cache(maxsize=64)
def _font(size: float, style: Style) -> FontProperties:
    return FontProperties(family=FAMILY, size=size, weight=style if style == "bold" else "normal")


def _rgba(colour: str | None) -> Any:  # noqa: ANN401 - matplotlib's own colour type is a union of eight
    return to_rgba(colour) if colour else (0.0, 0.0, 0.0, 0.0)
