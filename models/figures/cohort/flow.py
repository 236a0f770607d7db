"""Patient flow: a box for each step with those who came to it, beside it those who did not, and what became of all."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from models.cohort.flow import Flow, Step
from models.cohort.table import distinct
from models.cohort.who import Who
from models.figures.cohort.frame import Board, CohortDrawing, board, wrapped
from models.figures.style import Style

if TYPE_CHECKING:
    from models.figures.ink import Ink
    from models.figures.style import DrawOptions

_NOW = "Now: "
_LINE = 1.4
_PAD = 0.55
_GAP = 1.35
"""In sizes of the font: a line in a box, what a box keeps free above and below its lines, and between two boxes."""
_MAIN, _BESIDE, _FREE = 0.38, 0.5, 0.12
"""The parts of the width: a step, the box beside it, and what lies between."""


class _Row(NamedTuple):
    """A step, the lines of the box beside it, and the height that the higher one needs, in points."""

    step: Step
    main: list[str]
    beside: list[str]
    height: float


def flow(found: Flow, options: "DrawOptions", *, title: str = "") -> CohortDrawing:
    """Draw the steps from screening down, and below them where the enrolled patients stand now.

    Where the drawing is lower than its boxes need, all of it is set smaller: see `flow_height`.
    """
    drawn = board(options)
    drawn.head(title)
    if not found.steps or not found.steps[0].patients:
        return drawn.empty("Nobody has been screened yet.")
    scale = min(1.0, drawn.height / _height(drawn.ink, found, drawn.style, drawn.width, 1.0))
    while scale > 0.4 and _height(drawn.ink, found, drawn.style, drawn.width, scale) > drawn.height + 0.01:
        scale *= 0.97
    _draw(drawn, found, drawn.style.font * scale)
    return drawn.done()


def flow_height(found: Flow, options: "DrawOptions", *, title: str = "") -> float:
    """The height in inches at which the boxes are drawn in full size."""
    drawn = board(options)
    top = drawn.top
    drawn.head(title)
    return (_height(drawn.ink, found, drawn.style, drawn.width, 1.0) + top - drawn.top + 4) / 72


def _height(ink: "Ink", found: Flow, style: Style, width: float, scale: float) -> float:
    size = style.font * scale
    rows = _rows(ink, found, size, width)
    now = _now_lines(ink, found, size, width)
    last = _box_height(len(now), size) + size * _GAP if now else 0.0
    return sum(row.height for row in rows) + size * _GAP * (len(rows) - 1) + last


def _rows(ink: "Ink", found: Flow, size: float, width: float) -> list[_Row]:
    rows = []
    for step in found.steps:
        main = wrapped(ink, f"{step.label} (n = {len(step.patients)})", size, width * _MAIN - size * 1.4, bold=True)
        reasons = ", ".join(f"{reason.lower()} {len(patients)}" for reason, patients in step.left)
        told = f"Not reached by {sum(len(patients) for _, patients in step.left)}: {reasons}"
        beside = wrapped(ink, told, size, width * _BESIDE - size * 1.4) if reasons else []
        rows.append(_Row(step, main, beside, max(_box_height(len(main), size), _box_height(len(beside), size))))
    return rows


def _box_height(lines: int, size: float) -> float:
    return size * (_LINE * lines + 2 * _PAD) if lines else 0.0


def _now_lines(ink: "Ink", found: Flow, size: float, width: float) -> list[str]:
    now = [(label.removeprefix(_NOW), patients) for label, patients in found.outcomes if label.startswith(_NOW)]
    if not now:
        return []
    words = "Enrolled patients now: " + ", ".join(f"{label} {len(patients)}" for label, patients in now)
    return wrapped(ink, words, size, width - size * 1.4)


def _draw(drawn: Board, found: Flow, size: float) -> None:
    ink, style = drawn.ink, drawn.style
    rows = _rows(ink, found, size, drawn.width)
    right = drawn.left + drawn.width * _MAIN
    beside = right + drawn.width * _FREE
    middle = (drawn.left + right) / 2
    top = drawn.top
    for number, row in enumerate(rows):
        bottom = top - row.height
        centre = (top + bottom) / 2
        half = _box_height(len(row.main), size) / 2
        _box(drawn, (drawn.left, centre - half, right, centre + half), row.main, size, row.step.patients, bold=True)
        if row.beside:
            half_beside = _box_height(len(row.beside), size) / 2
            left = distinct(who for _, patients in row.step.left for who in patients)
            box = (beside, centre - half_beside, beside + drawn.width * _BESIDE, centre + half_beside)
            _box(drawn, box, row.beside, size, left, bold=False)
            ink.line([(right, centre), (beside, centre)], style["muted"], 0.8, snap=True)
        if number + 1 < len(rows):
            following = rows[number + 1]
            end = bottom - size * _GAP - following.height / 2 + _box_height(len(following.main), size) / 2
            _arrow(drawn, middle, centre - half, end)
        top = bottom - size * _GAP
    lines = _now_lines(ink, found, size, drawn.width)
    if lines:
        everybody = distinct(who for label, patients in found.outcomes if label.startswith(_NOW) for who in patients)
        box = (drawn.left, top - _box_height(len(lines), size), drawn.right, top)
        _box(drawn, box, lines, size, everybody, bold=False)


def _box(
    drawn: Board,
    box: tuple[float, float, float, float],
    lines: Sequence[str],
    size: float,
    patients: Sequence[Who],
    *,
    bold: bool,
) -> None:
    left, bottom, right, top = box
    ink, style = drawn.ink, drawn.style
    ink.rectangle(
        left, bottom, right, top, fill=style["phase1"] if bold else None, edge=style["border_strong"], width=0.8
    )
    for number, line in enumerate(lines):
        y = top - size * (_PAD + _LINE * number + 1.05)
        if bold:
            ink.text((left + right) / 2, y, line, style["text"], size, bold=True, align="center")
        else:
            ink.text(left + size * 0.7, y, line, style["text"], size)
    drawn.patients(box, patients, tuple(lines))


def _arrow(drawn: Board, x: float, top: float, bottom: float) -> None:
    ink, style = drawn.ink, drawn.style
    ink.line([(x, top), (x, bottom + 3)], style["muted"], 0.8, snap=True)
    ink.polygon([(x - 2.4, bottom + 4.5), (x + 2.4, bottom + 4.5), (x, bottom)], fill=style["muted"])
