"""A stopping rule: its boundary by number of patients, and the site's path towards it."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from models.cohort.monitoring import Step, Watch
from models.figures.cohort.frame import Board, CohortDrawing, board
from models.figures.cohort.keys import Key, area_key, line_key
from models.figures.curve import crosses

if TYPE_CHECKING:
    from models.figures.ink import Ink
    from models.figures.style import DrawOptions

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_MOST_TICKS = 9
_BEYOND = 2
"""A path more than so many times longer than the rule is drawn as far as the rule."""
_MOST_POINTS = 80
"""More points of a path run into each other: then the line alone is drawn."""


class _Plot(NamedTuple):
    """From patients and counts to points."""

    left: float
    right: float
    lower: float
    upper: float
    patients: int
    most: int

    def x(self, patients: float) -> float:
        return self.left + patients / self.patients * (self.right - self.left)

    def y(self, count: float) -> float:
        return self.lower + count / self.most * (self.upper - self.lower)


def boundary(watch: Watch, options: "DrawOptions", *, title: str = "") -> CohortDrawing:
    """Draw the counts at which the rule stops, and how many patients of the site had what it watches."""
    drawn = board(options)
    drawn.head(title, watch.state)
    ink, style = drawn.ink, drawn.style
    _legend(drawn, watch)
    patients = max([watch.rule.patients or 0, *(point.n for point in watch.boundary)])
    if len(watch.path) > _BEYOND * patients:
        drawn.foot(
            (f"The rule reaches to {patients} patients; the {len(watch.path) - patients} after them are not drawn.",)
        )
        path = watch.path[:patients]
    else:
        path, patients = watch.path, max(patients, len(watch.path))
    counts = [point.events for point in watch.boundary if point.events is not None]
    count = max([1, *counts, *(step.so_far for step in path[-1:])])
    left = drawn.left + ink.width(f"{count:d}00", style.font) + style.font * 0.8
    baseline = drawn.bottom + style.font * 1.6
    plot = _Plot(
        left, drawn.right - style.font, baseline + style.font * 1.5, drawn.top - style.font * 0.6, patients, count + 1
    )
    if not watch.design:
        _draw_area(drawn, watch, plot)
    _draw_axes(drawn, plot, baseline)
    if watch.design:
        _draw_looks(drawn, watch, path, plot)
    _draw_path(drawn, watch, path, plot)
    return drawn.done()


def _too_many(watch: Watch) -> bool:
    return watch.rule.watches == "toxicity"


def _legend(drawn: Board, watch: Watch) -> None:
    style = drawn.style
    entries = [line_key("patients of the site", style["accent"], 1.6)]
    if watch.design:
        entries.append(area_key("stop at this look", style["urgent"]))
    else:
        entries += [line_key("boundary", style["urgent"], 1.3, (4.0, 2.0)), area_key("stop", style["urgent_tint"])]
    if watch.crossed_at:
        entries.append(Key("boundary reached", _cross_sample(style["urgent"])))
    drawn.legend(entries)


def _cross_sample(colour: str) -> Callable[["Ink", float, float], None]:
    def draw(ink: "Ink", x: float, y: float) -> None:
        _cross(ink, x, y, 3.0, colour)

    return draw


def _cross(ink: "Ink", x: float, y: float, r: float, colour: str) -> None:
    ink.line([(x - r, y - r), (x + r, y + r)], colour, 1.6)
    ink.line([(x - r, y + r), (x + r, y - r)], colour, 1.6)


def _stops(watch: Watch) -> list[tuple[int, int]]:
    return [(point.n, point.events) for point in watch.boundary if point.events is not None]


def _draw_looks(drawn: Board, watch: Watch, path: Sequence[Step], plot: _Plot) -> None:
    """A bar for each look of a two-stage design, as high as the counts that stop."""
    for n, events in _stops(watch):
        x, y = plot.x(n), plot.y(events)
        drawn.ink.rectangle(x - 2.0, plot.lower, x + 2.0, y, fill=drawn.style["urgent"])
        _name_look(drawn, path, plot, (x, y), f"{events} or fewer of {n}")


def _draw_area(drawn: Board, watch: Watch, plot: _Plot) -> None:
    """The counts that stop, for a rule with many looks."""
    ink, style = drawn.ink, drawn.style
    shift = -0.5 if _too_many(watch) else 0.5
    edge: list[tuple[float, float]] = []
    for n, events in _stops(watch):
        height = plot.y(events + shift)
        edge += [(plot.x(n - 0.5), height), (plot.x(min(n + 0.5, plot.patients)), height)]
    if edge:
        end = plot.upper if _too_many(watch) else plot.lower
        ink.polygon([*edge, (edge[-1][0], end), (edge[0][0], end)], fill=style["urgent_tint"])
        ink.line(edge, style["urgent"], 1.3, (4.0, 2.0))


def _name_look(drawn: Board, steps: Sequence[Step], plot: _Plot, top: tuple[float, float], words: str) -> None:
    """The words of a look beside its bar, or above it, where the path does not run through them."""
    ink, size = drawn.ink, drawn.style.small
    x, y = top
    width = ink.width(words, size)
    path = [(plot.x(step.n), plot.y(step.so_far)) for step in steps]
    places = [(x - 6 - width, (y + plot.lower) / 2), (x + 6, (y + plot.lower) / 2), (x - width / 2, y + 4)]
    inside = [place for place in places if place[0] >= plot.left and place[0] + width <= drawn.right] or places[:1]
    clear = (
        (left, base)
        for left, base in inside
        if not any(
            crosses((*a, *b), (left - 2, base - 3, left + width + 2, base + size + 2)) for a, b in pairwise(path)
        )
    )
    left, base = next(clear, inside[0])
    ink.text(left, base, words, drawn.style["urgent"], size)


def _draw_axes(drawn: Board, plot: _Plot, baseline: float) -> None:
    ink, style = drawn.ink, drawn.style
    for value in _ticks(plot.most):
        y = plot.y(value)
        ink.line([(plot.left, y), (plot.right, y)], style["grid"], 0.6, snap=True)
        ink.text(
            plot.left - style.font * 0.6, y - style.font * 0.36, str(value), style["muted"], style.font, align="right"
        )
    for value in _ticks(plot.patients):
        x = plot.x(value)
        ink.line([(x, baseline + style.font * 1.0), (x, baseline + style.font * 1.35)], style["muted"], 0.6, snap=True)
        ink.text(x, baseline, str(value), style["muted"], style.font, align="center")
    words = "Patients, in the order in which they count"
    ink.text(
        (plot.left + plot.right) / 2, drawn.bottom + style.font * 0.2, words, style["muted"], style.font, align="center"
    )


def _ticks(last: int) -> range:
    step = next((step for step in _STEPS if last / step <= _MOST_TICKS), _STEPS[-1])
    return range(0, last + 1, step)


def _draw_path(drawn: Board, watch: Watch, steps: Sequence[Step], plot: _Plot) -> None:
    ink, style = drawn.ink, drawn.style
    places = [(plot.x(0), plot.y(0)), *((plot.x(step.n), plot.y(step.so_far)) for step in steps)]
    if len(places) == 1:
        return
    ink.line(places, style["accent"], 1.6)
    r = style.radius * 0.62
    for step, (x, y) in zip(steps, places[1:], strict=True):
        if len(steps) <= _MOST_POINTS:
            fill = style["accent"] if step.had else style["card"]
            ink.circle(x, y, r, fill=fill, edge=style["accent"], width=0.9)
        had = "counted" if step.had else "not counted"
        lines = (f"Patient {step.n}, {step.who.label}: {had}", f"{step.so_far} of {step.n} so far")
        drawn.patients((x - r, y - r, x + r, y + r), (step.who,), lines)
    crossed = watch.crossed_at
    if crossed and crossed.n <= len(steps):
        _cross(ink, plot.x(crossed.n), plot.y(crossed.so_far), style.radius * 1.3, style["urgent"])
