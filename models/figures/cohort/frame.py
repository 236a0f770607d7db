"""The frame of every drawing of the cohort: title above, notes below, and the room between them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from models.cohort.who import Who
from models.figures.cohort.keys import Key
from models.figures.style import POINTS_PER_INCH, Drawing, DrawOptions, Hit, Style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from models.figures.ink import Ink

_LEAST_SIZE = 0.7
"""Words are set down to this part of their size before they are broken over lines."""
_NAMED = 6
"""How many patients a place names; the list that it opens names all."""


@dataclass(frozen=True, slots=True)
class PatientsHit(Hit):
    """A place that stands for patients: `kind` is "patients", `record_id` that of a single one, else 0."""

    patients: tuple[Who, ...] = ()


@dataclass(frozen=True)
class CohortDrawing(Drawing):
    """A drawing whose places stand for patients. A `blank` one only says why there is nothing to see."""

    blank: bool = False


@dataclass
class Board:
    """A drawing in the making: the pen, and the room that is still free, in points."""

    figure: "Figure"
    ink: "Ink"
    style: Style
    left: float
    right: float
    bottom: float
    top: float
    hits: list[Hit] = field(default_factory=list)

    @property
    def width(self) -> float:
        """How wide the free room is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high the free room is."""
        return self.top - self.bottom

    def head(self, title: str, beside: str = "", axes: str = "") -> None:
        """A title, and muted words at its right, under it where both do not fit on one line.

        `axes` are the words over the vertical axis: on the line of those beside where there is room for both.
        """
        style, size = self.style, self.style.font * 1.08
        if title:
            for line in wrapped(self.ink, title, size, self.width, bold=True):
                self.top -= size * 1.35
                self.ink.text(self.left, self.top, line, style["text"], size, bold=True)
        if beside:
            taken = self.ink.width(title, size, bold=True) + style.font * 2 if title else 0.0
            if taken + self.ink.width(beside, style.font) <= self.width:
                self.top -= 0.0 if title else style.font * 1.1
                self.ink.text(self.right, self.top, beside, style["muted"], style.font, align="right")
            else:
                for line in wrapped(self.ink, beside, style.font, self.width):
                    self.top -= style.font * 1.35
                    self.ink.text(self.left, self.top, line, style["muted"], style.font)
        if axes:
            shared = beside and not title and self.ink.width(f"{axes}   {beside}", style.font) <= self.width
            for number, line in enumerate(wrapped(self.ink, axes, style.font, self.width)):
                self.top -= 0.0 if shared and not number else style.font * 1.35
                self.ink.text(self.left, self.top, line, style["muted"], style.font)
        if title or beside or axes:
            self.top -= style.font * 0.7

    def foot(self, notes: Sequence[str]) -> None:
        """Sentences under the drawing."""
        style = self.style
        lines = [line for note in notes for line in wrapped(self.ink, note, style.small, self.width)]
        for line in reversed(lines):
            self.ink.text(self.left, self.bottom + style.small * 0.3, line, style["muted"], style.small)
            self.bottom += style.small * 1.35
        if lines:
            self.bottom += style.small * 0.35

    def legend(self, entries: Sequence[Key]) -> None:
        """Samples with their words, in as many rows as they need."""
        style = self.style
        sample, gap = style.font * 1.9, style.font * 1.3
        x = self.left
        if not entries:
            return
        self.top -= style.font * 1.3
        for entry in entries:
            width = sample + self.ink.width(entry.words, style.font)
            if x > self.left and x + width > self.right:
                x = self.left
                self.top -= style.font * 1.6
            entry.draw(self.ink, x + style.font * 0.75, self.top + style.font * 0.34)
            self.ink.text(x + sample, self.top, entry.words, style["muted"], style.font)
            x += width + gap
        self.top -= style.font * 0.7

    def empty(self, words: str) -> CohortDrawing:
        """A drawing that says why there is nothing to see."""
        style = self.style
        size = style.font * 1.1
        lines = wrapped(self.ink, words, size, self.width - 20)
        y = (self.top + self.bottom) / 2 + size * 0.7 * (len(lines) - 1)
        for line in lines:
            self.ink.text((self.left + self.right) / 2, y, line, style["muted"], size, align="center")
            y -= size * 1.4
        return CohortDrawing(self.figure, tuple(self.hits), blank=True)

    def done(self) -> CohortDrawing:
        """The finished drawing."""
        return CohortDrawing(self.figure, tuple(self.hits))

    def patients(self, box: tuple[float, float, float, float], patients: Sequence[Who], lines: Sequence[str]) -> None:
        """Let a place (left, bottom, right, top) stand for patients."""
        single = patients[0].id if len(patients) == 1 else 0
        self.hits.append(PatientsHit(*box, "patients", single, tuple(lines), patients=tuple(patients)))


def board(options: DrawOptions) -> Board:
    """An empty drawing of the size and scheme asked for."""
    from matplotlib.figure import Figure  # loaded with the first drawing: it would slow down the start

    from models.figures.ink import Ink

    style = Style.of(options)
    figure = Figure(figsize=(options.width_inch, options.height_inch), dpi=100, facecolor=style["card"])
    width, height = options.width_inch * POINTS_PER_INCH, options.height_inch * POINTS_PER_INCH
    return Board(figure, Ink(figure), style, 1.0, width - 1.0, 1.0, height - 1.0)


def wrapped(ink: "Ink", text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """The text in lines no wider than the room, broken between words."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and ink.width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def fitting(ink: "Ink", texts: Sequence[str], size: float, room: float, *, bold: bool = False) -> float:
    """The size at which the widest of some words fits the room, but not so small that it cannot be read."""
    widest = max((ink.width(text, size, bold=bold) for text in texts), default=0.0)
    return size if widest <= room else size * max(room / widest, _LEAST_SIZE)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places as near as can be to those wanted, at least a gap apart and inside the ends.

    Where they do not fit between the ends, the gap gives way.
    """
    if not wanted:
        return []
    gap = min(gap, (high - low) / max(len(wanted) - 1, 1))
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    blocks: list[tuple[list[int], float]] = []
    for number in order:
        block, middle = [number], min(max(wanted[number], low), high)
        while blocks:
            before, centre = blocks[-1]
            if centre + gap * (len(before) - 1) / 2 + gap <= middle - gap * (len(block) - 1) / 2 + 1e-9:
                break
            blocks.pop()
            block = [*before, *block]
            half = gap * (len(block) - 1) / 2
            mean = sum(wanted[one] for one in block) / len(block)
            middle = min(max(mean, low + half), high - half)
        blocks.append((block, middle))
    placed = [0.0] * len(wanted)
    for block, middle in blocks:
        for place, number in enumerate(block):
            placed[number] = middle + gap * (place - (len(block) - 1) / 2)
    return placed


def named(patients: Sequence[Who]) -> str:
    """The patients by number, the first few of many."""
    shown = ", ".join(who.label for who in patients[:_NAMED])
    return f"{shown} and {len(patients) - _NAMED} more" if len(patients) > _NAMED else shown
