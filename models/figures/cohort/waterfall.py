"""The waterfall: one bar a patient, down as many logs as the MRD had fallen at a landmark."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from math import ceil, floor
from typing import TYPE_CHECKING

from models.cohort.table import Form, distinct, written_value
from models.cohort.waterfall import Fall, Waterfall
from models.domain.capitals import within_sentence
from models.figures.cohort.frame import Board, CohortDrawing, board, named
from models.figures.cohort.keys import Key
from models.figures.content import PointState
from models.figures.curve import draw_marker

if TYPE_CHECKING:
    from models.figures.ink import Ink
    from models.figures.style import DrawOptions, Style

_CLASSES = {
    "complete": ("complete", PointState.UNDETECTED),
    "positive non-quantifiable": ("non_quantifiable", PointState.NON_QUANTIFIABLE),
    "positive": ("positive", PointState.QUANTIFIABLE),
    "not evaluable": ("not_evaluable", PointState.NOT_EVALUABLE),
}
"""The colour role of a class, and the form that stands beside the colour: those of the curve."""
_NARROWEST = 1.5
"""Points: narrower bars cannot be told apart, so one stands for several patients."""
_WIDEST = 22.0


def waterfall(found: Waterfall, options: "DrawOptions", *, title: str = "") -> CohortDrawing:
    """Draw the bars from the smallest reduction to the largest, each in the colour and form of its class.

    An arrow below a bar: at least so far down. Who has no bar is told below the drawing.
    """
    drawn = board(options)
    drawn.head(title)
    if found.without:
        count = len(found.without)
        words = f"Without a bar, for lack of a baseline or of a level: {count} ({named(found.without)})."
        before = drawn.bottom
        drawn.foot((words,))
        drawn.patients((drawn.left, before, drawn.right, drawn.bottom), found.without, (words,))
    if not found.bars:
        return drawn.empty(f"No patient has a level and a baseline to hold it against {within_sentence(found.label)}.")
    _legend(drawn, found)
    ink, style = drawn.ink, drawn.style
    lowest, highest = min(bar.reduction.value for bar in found.bars), max(bar.reduction.value for bar in found.bars)
    top, bottom = min(0, floor(lowest)), max(1, ceil(highest))
    left = drawn.left + ink.width("\N{MINUS SIGN}0 log", style.font) + style.font * 0.8
    room = drawn.right - left
    several = max(ceil(len(found.bars) * _NARROWEST / room), 1)
    if several > 1:
        words = (
            f"Each bar stands for up to {several} patients: their median, in the colour of their most frequent class."
        )
        drawn.foot((words,))
    bars = [found.bars[start : start + several] for start in range(0, len(found.bars), several)]
    width = min(room / len(bars), _WIDEST)
    upper, lower = drawn.top - style.font * 1.3, drawn.bottom + style.font * 0.9

    def y_of(logs: Decimal) -> float:
        return upper - float((logs - top) / (bottom - top)) * (upper - lower)

    for log in range(top, bottom + 1):
        y = y_of(Decimal(log))
        ink.line([(left, y), (drawn.right, y)], style["border_strong" if log == 0 else "grid"], 0.8, snap=True)
        label = f"\N{MINUS SIGN}{log} log" if log > 0 else f"+{-log} log" if log < 0 else "0"
        ink.text(left - style.font * 0.6, y - style.font * 0.36, label, style["muted"], style.font, align="right")
    for number, falls in enumerate(bars):
        _draw_bar(drawn, falls, left + width * number, width, y_of)
    return drawn.done()


def _draw_bar(drawn: Board, falls: Sequence[Fall], left: float, width: float, y_of: Callable[[Decimal], float]) -> None:
    ink, style = drawn.ink, drawn.style
    gap = width * 0.14 if width > 3 else 0.0
    fall = falls[len(falls) // 2]
    classes = [one.outcome for one in falls]
    role, state = _CLASSES[max(dict.fromkeys(classes), key=classes.count)]
    start, end = left + gap, left + width - gap
    zero, y = y_of(Decimal(0)), y_of(fall.reduction.value)
    ink.rectangle(start, y, end, zero, fill=style[role])
    middle, radius = (start + end) / 2, min((end - start) * 0.42, style.radius)
    if fall.reduction.qualifier and len(falls) == 1:
        tip = min(radius, 3.0)
        corners = [(middle - tip, y - 1.0), (middle + tip, y - 1.0), (middle, y - 1.0 - tip * 1.3)]
        ink.polygon(corners, fill=style[role])
    if radius > 1.2 and len(falls) == 1:
        above = max(zero, y) + radius + 2.0
        draw_marker(ink, middle, above, state, style[role], replace(style, font=radius / style.radius * style.font))
    drawn.patients(
        (left, min(y, zero), left + width, max(y, zero)), distinct(one.who for one in falls), _lines(falls, style)
    )


def _lines(falls: Sequence[Fall], style: "Style") -> tuple[str, ...]:
    if len(falls) > 1:
        return (named([one.who for one in falls]),)
    (fall,) = falls
    written = written_value(fall.reduction.value, Form.LOGS, style.desk)
    return (f"{fall.who.label}: {fall.reduction.qualifier}{written} log below baseline", fall.outcome)


def _legend(drawn: Board, found: Waterfall) -> None:
    style = drawn.style
    occurring = {bar.outcome for bar in found.bars}
    entries = [Key(name, _sample(name, style)) for name in _CLASSES if name in occurring]
    if any(bar.reduction.qualifier for bar in found.bars):
        entries.append(Key("at least so far down", _arrow_sample(style)))
    drawn.legend(entries)


def _sample(name: str, style: "Style") -> Callable[["Ink", float, float], None]:
    role, state = _CLASSES[name]

    def draw(ink: "Ink", x: float, y: float) -> None:
        draw_marker(ink, x, y, state, style[role], style)

    return draw


def _arrow_sample(style: "Style") -> Callable[["Ink", float, float], None]:
    def draw(ink: "Ink", x: float, y: float) -> None:
        ink.polygon([(x - 3, y + 2), (x + 3, y + 2), (x, y - 2)], fill=style["muted"])

    return draw
