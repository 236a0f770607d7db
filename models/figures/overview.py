"""The overview of a patient: the response curve over treatment, adverse events and visits, on one time axis."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from models.figures import curve, lanes, words
from models.figures.content import Mark, OverviewContent
from models.figures.legend import draw_legend, legend_entries
from models.figures.style import POINTS_PER_INCH, Drawing, DrawOptions, Hit, Style
from models.figures.timeline_axis import draw_ticks, time_axis
from models.protocols.schedule import study_day

if TYPE_CHECKING:
    from models.figures.cohort.standing import Standing
    from models.figures.ink import Ink

_CURVE_SHARE = 0.4
"""Of the height: adverse events stack up only as far as they leave this much to the curve."""
_REACH = 5.0
"""Points between the mouse and a place that is meant."""
_MOST_MARK_ROWS = 3
_MOST_TRIALS = 4000
_COMPACT = 28
"""Lines of text: a drawing lower than this leaves the legend to the tooltips, and the adverse events one row."""
_EMPTY = "Nothing to draw yet."
_LATER = "MRD results, treatment and adverse events appear here once they are recorded."


@dataclass(frozen=True, slots=True)
class _Label:
    """The words of a vertical line at `x`; `mark` is None for today."""

    mark: Mark | None
    x: float
    left: float
    right: float
    text: str
    row: int

    def collides(self, other: "_Label") -> bool:
        """Whether words cover words, or words of the one lie on the line that leads up to the other's."""
        if self.row == other.row:
            return self.left < other.right + 5 and other.left < self.right + 5
        below, above = sorted((self, other), key=lambda label: label.row)
        return below.left - 2 < above.x < below.right + 2


def _placed(choices: list[list[_Label]]) -> list[_Label]:
    """One choice for each line so that none collide; empty where a short search finds no such set."""
    chosen: list[_Label] = []
    trials = 0

    def extend() -> bool:
        nonlocal trials
        if len(chosen) == len(choices):
            return True
        for choice in choices[len(chosen)]:
            trials += 1
            if trials > _MOST_TRIALS:
                return False
            if not any(choice.collides(other) for other in chosen):
                chosen.append(choice)
                if extend():
                    return True
                chosen.pop()
        return False

    return chosen if extend() else []


def near(drawing: Drawing, x_pixel: float, y_pixel: float) -> Hit | None:
    """The record under the mouse, or close to it: pixels of the figure from its upper left corner.

    Of several, the nearest, and among those the one drawn last.
    """
    scale = POINTS_PER_INCH / drawing.figure.dpi
    x, y = x_pixel * scale, drawing.figure.get_figheight() * POINTS_PER_INCH - y_pixel * scale
    found = min(
        ((hit.distance(x, y), -number, hit) for number, hit in enumerate(drawing.hits)),
        default=None,
        key=lambda candidate: candidate[:2],
    )
    return found[2] if found and found[0] <= _REACH else None


def draw(content: OverviewContent, options: DrawOptions, standing: "Standing | None" = None) -> Drawing:
    """Draw what there is to show of a patient, with `standing` before the band of the cohort."""
    from matplotlib.figure import Figure  # loaded when the first curve is drawn: it would slow down the start

    from models.figures.ink import Ink

    style = Style.of(options)
    figure = Figure(figsize=(options.width_inch, options.height_inch), dpi=100, facecolor=style["card"])
    ink = Ink(figure)
    width, height = options.width_inch * POINTS_PER_INCH, options.height_inch * POINTS_PER_INCH
    if content.empty:
        later = () if options.scheme == "paper" else (_LATER,)
        _draw_empty(ink, style, width, height, (_EMPTY, *(content.undrawn or later)))
        return Drawing(figure, ())
    return Drawing(figure, tuple(_Drawing(ink, content, options, style, width, height, standing).draw()))


def _draw_empty(ink: "Ink", style: Style, width: float, height: float, lines: tuple[str, ...]) -> None:
    for number, line in enumerate(lines):
        size = min(style.font * 1.1, style.font * 1.1 * (width - 20) / max(ink.width(line, style.font * 1.1), 1))
        y = height / 2 + style.font * (0.8 - 1.9 * number)
        ink.text(width / 2, y, line, style["muted"], size, bold=number == 0, align="center")


class _Drawing:
    """One drawing in the making: the layout from the outside in, then everything from the back to the front."""

    def __init__(
        self,
        ink: "Ink",
        content: OverviewContent,
        options: DrawOptions,
        style: Style,
        width: float,
        height: float,
        standing: "Standing | None",
    ) -> None:
        self.ink, self.content, self.options, self.style, self.standing = ink, content, options, style, standing
        pad = 1.0
        names = [lane.name for lane in content.drugs] + ["Adverse events", "0.0001 %"]
        self.gutter = pad + max(ink.width(name, style.font) for name in names)
        left, self.outer_right = self.gutter + style.font * 0.8, width - pad
        self.outer_left = pad
        self.axis = time_axis(content, options, left, self.outer_right - style.font * 0.6)
        self.top, self.bottom = height - pad, pad + style.font * 0.3

    def draw(self) -> list[Hit]:
        """Everything, and the places that stand for records."""
        ink, style, content, axis = self.ink, self.style, self.content, self.axis
        compact = self.top - self.bottom < style.font * _COMPACT
        legend = legend_entries(content, style) if not compact else []
        upper = self.top - draw_legend(ink, content, legend, style, self.outer_left, self.outer_right, self.top)
        if self.standing and not compact:
            from models.figures.cohort.standing import draw_standing_legend  # most drawings show no cohort

            upper -= draw_standing_legend(ink, self.standing, style, self.outer_left, self.outer_right, upper)
        upper -= self._draw_notes(upper)
        labels = self._mark_labels()
        upper -= style.font * 1.35 * (max((label.row for label in labels), default=-1) + 1)
        header = style.font * 1.6
        tick_line = self.bottom + style.font * 0.2
        lanes_bottom = tick_line + style.font * 1.25
        drugs = [lane for lane in content.drugs if any(axis.extent(bar.span) for bar in lane.bars)]
        room = (upper - header - lanes_bottom) - (upper - self.bottom) * _CURVE_SHARE
        most = max(int(room / style.row) - len(drugs) - 1, 1 if compact else 2)
        lines = [label.x for label in labels]
        events = lanes.arrange_events(ink, content.events, axis, style, most, lines)
        rows = len(drugs) + max(events.rows, 1) + 1
        lanes_top = lanes_bottom + rows * style.row
        percents = curve.percent_axis(content, upper - header, lanes_top + style.font * 1.3)
        middles = [lanes_top - style.row * (number + 0.5) for number in range(rows)]

        hits = self._draw_bands(upper, lanes_bottom, lines)
        curve.draw_guides(ink, axis, percents, style, self.gutter)
        median: list[curve.Segment] = []
        if self.standing:
            from models.figures.cohort.standing import draw_standing

            median = draw_standing(ink, self.standing, axis, percents, style)
        for y in (lanes_top, *(m - style.row / 2 for m in middles)):
            ink.line([(axis.left, y), (axis.right, y)], style["grid"], 0.6, snap=True)
        hits += self._draw_marks(labels, upper, lanes_bottom)
        for lane, middle in zip(drugs, middles, strict=False):
            self._lane_label(lane.name, middle)
            hits += lanes.draw_drug(ink, lane, axis, style, middle)
        event_rows = middles[len(drugs) : -1]
        one_row = events.rows == 1 and events.crowded
        self._lane_label(f"{len(events.crowded)} events" if one_row else "Adverse events", event_rows[0])
        if events.crowded and not one_row:
            self._lane_label(f"+{len(events.crowded)} more", event_rows[-1])
        hits += lanes.draw_events(ink, events, axis, style, event_rows)
        self._lane_label("Visits", middles[-1])
        hits += lanes.draw_visits(ink, content, axis, style, middles[-1])
        draw_ticks(ink, axis, self.options, style, tick_line, self.gutter)

        placed = curve.places(content, axis, percents, style)
        segments = curve.draw_links(ink, content, placed, axis, percents, style)
        r = style.radius
        obstacles = [
            *segments,
            *median,
            *((x - r, y - r, x + r, y + r) for _, x, y in placed),
            *((x, 0.0, x, upper) for x in lines),
        ]
        curve.draw_threshold(ink, content, axis, percents, style, obstacles, lines)
        return hits + curve.draw_points(ink, placed, axis, style)

    def _lane_label(self, name: str, middle: float) -> None:
        self.ink.text(
            self.gutter, middle - self.style.font * 0.36, name, self.style["muted"], self.style.font, align="right"
        )

    def _draw_notes(self, upper: float) -> float:
        """Say what has no place on the drawing."""
        line, small, room = self.style.font * 1.4, self.style.small, self.outer_right - self.outer_left
        for number, note in enumerate(self.content.undrawn):
            size = min(small, small * room / self.ink.width(note, small))  # smaller letters where it would be cut
            self.ink.text(self.outer_left, upper - line * (number + 0.75), note, self.style["due"], size)
        return line * len(self.content.undrawn)

    def _draw_bands(self, upper: float, lower: float, lines: list[float]) -> list[Hit]:
        """Shade the phases, and name each as far as its width allows, beside the vertical `lines`."""
        ink, style, axis = self.ink, self.style, self.axis
        hits = []
        for phase in self.content.phases:
            extent = axis.extent(phase.span)
            if extent is None or not phase.treatment:
                continue
            left, right = extent
            ink.rectangle(left, lower, right, upper, fill=style["phase2" if phase.infusion else "phase1"])
            ink.line([(left, lower), (left, upper)], style["border"], 0.6, snap=True)
            inside = [x for x in lines if left < x < right]
            for label in filter(None, (phase.label, phase.short_label, str(phase.cycle or ""))):
                wide = ink.width(label, style.small)
                starts = (start + 3 for start in (left, *inside) if start + wide + 6 <= right)
                free = next((s for s in starts if not any(s - 2 < x < s + wide + 2 for x in inside)), None)
                if free is not None:
                    ink.text(free, upper - style.font * 1.15, label, style["muted"], style.small)
                    break
            said = words.phase_lines(phase, axis, style)
            hits.append(Hit(left, upper - style.font * 1.6, right, upper, "phase", phase.record_id, said))
        return hits

    def _mark_labels(self) -> list[_Label]:
        """Today and the marked days, with a place for their words above the plot; rows count from below."""
        axis = self.axis
        wanted: list[tuple[float, Mark | None]] = [
            (axis.x(mark.date), mark) for mark in self.content.marks if axis.shows(mark.date)
        ]
        if self.content.ended is None and axis.shows(self.content.today):
            wanted.append((axis.x(self.content.today), None))
        wanted.sort(key=lambda item: item[0])
        choices = [self._label_choices(x, mark) for x, mark in wanted]
        return _placed(choices) or [_Label(mark, x, x, x, "", 0) for x, mark in wanted]

    def _label_choices(self, x: float, mark: Mark | None) -> list[_Label]:
        """Where the words of a line could stand, the best place first."""
        choices = []
        for text in (mark.label, mark.short_label) if mark else ("today",):
            width = self.ink.width(text, self.style.small)
            for row in range(_MOST_MARK_ROWS):
                for left in (x - width / 2, x - width - 2, x + 2):
                    if left >= self.outer_left and left + width <= self.outer_right:
                        choices.append(_Label(mark, x, left, left + width, text, row))
        return choices

    def _draw_marks(self, labels: list[_Label], upper: float, lower: float) -> list[Hit]:
        ink, style = self.ink, self.style
        hits = []
        for label in labels:
            mark, x = label.mark, label.x
            role = "accent" if mark is None else "urgent" if mark.code in ("relapse", "death") else "text"
            baseline = upper + style.font * (1.35 * label.row + 0.35)
            ink.line([(x, lower), (x, baseline - style.font * 0.2)], style[role], 0.8, (4.0, 1.6) if mark else None)
            ink.text(label.left, baseline, label.text, style[role], style.small)
            if mark:
                lines = words.mark_lines(mark, self.axis, style)
                top = baseline + style.font
                hits.append(Hit(x - 1, lower, x + 1, upper, mark.kind, mark.record_id, lines))
                hits.append(Hit(label.left, upper, label.right, top, mark.kind, mark.record_id, lines))
        return hits


def zooms(content: OverviewContent) -> tuple[tuple[str, tuple[int, int]], ...]:
    """The phases one can zoom to: label, and first and last study day with a little around them."""
    if content.day_one is None:
        return ()
    day_one = content.day_one
    found = []
    for phase in content.phases:
        around = timedelta(days=3)
        first, last = phase.span.first - around, phase.span.last + around
        found.append((phase.label, (study_day(first, day_one), study_day(last, day_one))))
    return tuple(found)
