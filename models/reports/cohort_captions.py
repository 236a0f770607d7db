"""The parts of a long report: headings, numbered tables and figures, kept together with what they name."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer
from reportlab.platypus import Table as Grid
from reportlab.platypus.doctemplate import NullActionFlowable

from models.domain.notation import Desk
from models.figures.style import DrawOptions
from models.reports.page import HEIGHT, WIDTH, Bookmark
from models.reports.text import paragraph
from models.reports.vector_figure import VectorFigure

if TYPE_CHECKING:
    from models.figures.cohort.frame import CohortDrawing

_CAPTION = 7.8
_BEGIN = 110.0
"""Points that must be left for the caption of a long table and its first rows, else it begins on the next page."""
_WHOLE = 0.45
"""A table lower than this part of the page is divided only where much of the page would stay empty else."""
_MUCH = 0.25
"""The part of the page that may stay empty below what is whole."""
_NOTE = 6.6
_BETWEEN = 9.0
_BLANK = 26.0
FONT_SCALE = 0.87


class Block(NamedTuple):
    """What stands together, and the points after it. Where it is not `whole`, it may be continued on the next page.

    `parted` is how it stands where it would leave much of a page empty as a whole, `parts` the blocks that then stand
    apart; without either, it stays whole.
    """

    flowables: list[Flowable]
    whole: bool
    after: float = _BETWEEN
    parted: list[Flowable] | None = None
    parts: "tuple[Block, ...]" = ()

    def under(self, head: list[Flowable]) -> "Block":
        """The same below a heading."""
        parted = [*head, *self.parted] if self.parted else None
        parts = (self.parts[0].under(head), *self.parts[1:]) if self.parts else ()
        return self._replace(flowables=[*head, *self.flowables], parted=parted, parts=parts)


class _Together(KeepTogether):  # type: ignore[misc]
    """Whole on one page, unless too much of the page before would stay empty for it."""

    def __init__(self, block: Block) -> None:
        super().__init__(block.flowables)
        self._parted, self._parts = block.parted, block.parts

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """Whole where it fits, else in parts or on the next page."""
        room = self._H > aH >= HEIGHT * _MUCH
        if self._parts and room:
            # ReportLab sets the first of what is returned at once, and can do so only with what has no parts.
            return [NullActionFlowable(), *laid_out(self._parts)]
        return self._parted if self._parted and room else super().split(aW, aH)


def joined(blocks: Iterable[Block]) -> Block:
    """Several blocks as one, divided between them only where much of a page would stay empty else."""
    parts = tuple(blocks)
    together = [flowable for part in parts for flowable in (*part.flowables, Spacer(0, _BETWEEN))][:-1]
    return Block(together, whole=True, parts=parts)


def laid_out(blocks: Iterable[Block]) -> Iterator[Flowable]:
    """The blocks as the page takes them."""
    for block in blocks:
        if block.whole:
            yield _Together(block)
        else:
            yield CondPageBreak(_BEGIN)
            yield from block.flowables
        yield Spacer(0, block.after)


class Parts:
    """Makes the parts of one report and counts its tables and figures."""

    def __init__(self, desk: Desk) -> None:
        """Begin at Table 1 and Figure 1."""
        self.desk = desk
        self._tables = self._figures = 0

    def options(self, height: float) -> DrawOptions:
        """How a figure of a height in points is drawn."""
        return DrawOptions(
            width_inch=WIDTH / 72, height_inch=height / 72, scheme="paper", font_scale=FONT_SCALE, desk=self.desk
        )

    def section(self, title: str, blocks: Sequence[Block]) -> list[Block]:
        """A heading with its place in the outline, on the same page as what follows first."""
        head = [Spacer(0, 8), Bookmark(title, 1), paragraph(title, 10.5, "accent", bold=True), Spacer(0, 4)]
        first, *others = blocks
        return [first.under(head), *others]

    def words(self, text: str) -> Block:
        """A sentence."""
        return Block([paragraph(text, 7.6, "muted")], whole=True)

    def table(self, title: str, grid: Grid, note: str = "") -> Block:
        """A numbered table: whole on one page where it is short, else with its head on each and its note first."""
        self._tables += 1
        caption = _caption("Table", self._tables, title)
        parted = [*caption, *_note(note), grid]
        if float(grid.wrap(WIDTH, HEIGHT)[1]) < HEIGHT * _WHOLE:
            return Block([*caption, grid, *_note(note)], whole=True, parted=parted)
        return Block(parted, whole=False)

    def figure(self, title: str, draw: "Callable[[DrawOptions], CohortDrawing]", height: float) -> Block:
        """A numbered figure of a height in points; one that shows nothing is low."""
        self._figures += 1
        drawing = draw(self.options(height))
        if drawing.blank:
            drawing = draw(self.options(_BLANK))
        return Block([*_caption("Figure", self._figures, title), VectorFigure(drawing.figure)], whole=True)


def _caption(kind: str, number: int, title: str) -> list[Flowable]:
    return [paragraph(f"{kind} {number}. {title}", _CAPTION, bold=True), Spacer(0, 2)]


def _note(words: str) -> list[Flowable]:
    return [Spacer(0, 2), paragraph(words, _NOTE, "muted")] if words else []
