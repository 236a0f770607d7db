"""Letters as outlines: how wide a text is, and the path that draws it.

matplotlib lays out and rasterises every text on its own, at one to two milliseconds each; a drawing of fifty labels
would spend its whole time there. The outlines of each character are read once and joined, which is twenty times faster.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.path import Path

from models.domain.characters import writable
from models.fonts import Style, font_file

_UNIT = 100  # points: the size at which outlines are read


@dataclass(frozen=True, slots=True)
class _Glyph:
    vertices: np.ndarray
    codes: np.ndarray
    advance: float


@cache
def _font(style: Style) -> FT2Font:
    font = FT2Font(str(font_file(style)))
    font.set_size(_UNIT, 72)
    return font


@cache
def _covered(style: Style) -> frozenset[int]:
    return frozenset(_font(style).get_charmap())


@cache
def _glyph(character: str, style: Style) -> _Glyph:
    font = _font(style)
    loaded = font.load_char(ord(character), LoadFlags.NO_HINTING)
    vertices, codes = font.get_path()
    return _Glyph(np.asarray(vertices) / _UNIT, np.asarray(codes), loaded.linearHoriAdvance / 65536 / _UNIT)


def drawable(text: str, style: Style = "regular") -> str:
    """The text on one line, with characters that the font lacks named."""
    return writable(text, _covered(style).__contains__).replace("\n", " ")


@lru_cache(maxsize=4096)
def width(text: str, size: float, style: Style = "regular") -> float:
    """How wide a drawable text is, in the unit of `size`."""
    return size * sum(_glyph(c, style).advance for c in text)


@lru_cache(maxsize=1024)
def outline(text: str, style: Style = "regular") -> Path:
    """The outlines of a drawable text of size 1, its baseline starting at the origin."""
    vertices, codes, x = [np.empty((0, 2))], [np.empty(0, dtype=Path.code_type)], 0.0
    for character in text:
        glyph = _glyph(character, style)
        vertices.append(glyph.vertices + np.array((x, 0.0)))
        codes.append(glyph.codes)
        x += glyph.advance
    return Path(np.concatenate(vertices), np.concatenate(codes).astype(Path.code_type))
