"""The lanes under the curve: drugs, adverse events, visits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from models.figures import words
from models.figures.content import DrugLane, EventBar, OverviewContent, Span, VisitMark, VisitMarkState
from models.figures.style import Hit, Style
from models.figures.timeline_axis import TimeAxis

if TYPE_CHECKING:
    from models.figures.ink import Ink

_HALF = 0.36
"""Of a row: half the height of a bar."""
_GAP = 4.0
"""Points between two events of one row."""


@dataclass(frozen=True, slots=True)
class PlacedEvent:
    """An event with its row, the ends of its bar, and the words beside it starting at `label_x`."""

    event: EventBar
    row: int
    left: float
    right: float
    label: str
    label_x: float


@dataclass(frozen=True, slots=True)
class EventRows:
    """The events that found a place, and those that share the last row because there was none left."""

    placed: tuple[PlacedEvent, ...]
    crowded: tuple[EventBar, ...]
    rows: int


def arrange_events(
    ink: "Ink",
    events: Sequence[EventBar],
    axis: TimeAxis,
    style: Style,
    most_rows: int,
    lines: Sequence[float] = (),
) -> EventRows:
    """Stack events that overlap in time. Where rows are short the gravest keep their places.

    `lines` are the vertical lines that words should not lie on.
    """
    seen = [e for e in events if axis.extent(e.span)]
    arranged = _arrange(ink, seen, axis, style, most_rows, lines)
    if arranged.crowded:
        arranged = _arrange(ink, seen, axis, style, most_rows - 1, lines)
    return arranged


def _arrange(
    ink: "Ink", events: Sequence[EventBar], axis: TimeAxis, style: Style, most_rows: int, lines: Sequence[float]
) -> EventRows:
    taken: list[list[tuple[float, float]]] = []
    placed: list[PlacedEvent] = []
    crowded: list[EventBar] = []
    for event in sorted(events, key=lambda e: (-(e.worst or 0), e.span.first, e.record_id)):
        spot = _spot(ink, event, axis, style, taken, most_rows, lines)
        if spot is None:
            crowded.append(event)
        else:
            placed.append(spot)
    return EventRows(tuple(placed), tuple(crowded), len(taken) + bool(crowded))


def _spot(
    ink: "Ink",
    event: EventBar,
    axis: TimeAxis,
    style: Style,
    taken: list[list[tuple[float, float]]],
    most_rows: int,
    lines: Sequence[float],
) -> PlacedEvent | None:
    extent = axis.extent(event.span)
    assert extent is not None
    left, right = extent
    bar_end = right + style.row * _HALF if event.span.ongoing else right
    grade = str(event.worst) if event.worst else ""
    for label in (f"{grade} {event.term}".strip(), grade):
        width = ink.width(label, style.small) + 3 if label else 0.0
        sides = [(bar_end + 3, left, bar_end + width), (left - width, left - width, bar_end)]
        fitting = [side for side in sides if side[1] >= axis.left - 1 and side[2] <= axis.right + style.row * _HALF]
        clear = [side for side in fitting if not any(side[0] - 2 < x < side[0] + width - 1 for x in lines)]
        for row in range(most_rows):
            for label_x, start, end in clear or fitting:
                busy = taken[row] if row < len(taken) else []
                if all(end + _GAP <= other_start or start >= other_end + _GAP for other_start, other_end in busy):
                    if row == len(taken):
                        taken.append([])
                    taken[row].append((start, end))
                    return PlacedEvent(event, row, left, right, label, label_x)
            if row == len(taken):
                break
    return None


def draw_drug(ink: "Ink", lane: DrugLane, axis: TimeAxis, style: Style, middle: float) -> list[Hit]:
    """The doses of one drug as bars with their dose in words, interruptions in grey."""
    hits = []
    half = style.row * _HALF
    for bar in lane.bars:
        extent = axis.extent(bar.span)
        if extent is None:
            continue
        left, right = extent
        role = "held" if bar.held else f"drug{lane.hue}_low" if bar.reduced else f"drug{lane.hue}"
        dash = None if bar.span.exact else (2.0, 1.5)
        edge = None if bar.span.exact else style["text"]
        ink.rectangle(left, middle - half, right, middle + half, fill=style[f"{role}_fill"], edge=edge, dash=dash)
        if bar.span.ongoing:
            tip = min(right + half, axis.right + half)
            ink.polygon([(right, middle + half), (tip, middle), (right, middle - half)], fill=style[f"{role}_fill"])
        text = words.dose_words(bar, style)
        for candidate in (text, text.split(" ")[0]):
            if ink.width(candidate, style.small) + 6 <= right - left:
                ink.text(left + 3, middle - style.small * 0.36, candidate, style[f"{role}_on"], style.small)
                break
        lines = words.dose_lines(lane.name, bar, axis, style)
        hits.append(Hit(left, middle - half, right, middle + half, "exposure", bar.record_id, lines))
    return hits


def draw_events(ink: "Ink", rows: EventRows, axis: TimeAxis, style: Style, middles: Sequence[float]) -> list[Hit]:
    """The adverse events, coloured by grade and with the grade in figures."""
    hits = []
    half = style.row * _HALF
    for place in rows.placed:
        middle = middles[place.row]
        _draw_bar(ink, place.event, axis, style, middle, half)
        if place.label:
            ink.text(place.label_x, middle - style.small * 0.36, place.label, style["text"], style.small)
        width = ink.width(place.label, style.small)
        left, right = min(place.left, place.label_x), max(place.right, place.label_x + width)
        hits.append(_event_hit(place.event, left, right, middle, half, axis, style))
    for event in rows.crowded:
        extent = axis.extent(event.span)
        if extent:
            middle = middles[rows.rows - 1]
            _draw_bar(ink, event, axis, style, middle, half * 0.45)
            hits.append(_event_hit(event, *extent, middle, half, axis, style))
    return hits


def _event_hit(
    event: EventBar, left: float, right: float, middle: float, half: float, axis: TimeAxis, style: Style
) -> Hit:
    lines = words.event_lines(event, axis, style)
    return Hit(left, middle - half, right, middle + half, "adverse_event", event.record_id, lines)


def _draw_bar(ink: "Ink", event: EventBar, axis: TimeAxis, style: Style, middle: float, half: float) -> None:
    extent = axis.extent(event.span)
    assert extent is not None
    left, right = extent
    steps = [(max(axis.x(day), left), grade) for day, grade in event.steps if axis.x(day) < right]
    starts = [left, *(x for x, _ in steps[1:])] if steps else [left]
    grades: list[int | None] = [grade for _, grade in steps] or [event.worst]
    for start, end, grade in zip(starts, [*starts[1:], right], grades, strict=True):
        fill = style[f"grade{grade}_fill" if grade else "ungraded_fill"]
        ink.rectangle(start, middle - half, max(end, start), middle + half, fill=fill)
        if grade and len(steps) > 1 and end - start >= style.font and half > style.row * 0.3:
            colour = style[f"grade{grade}_on"]
            ink.text((start + end) / 2, middle - style.small * 0.36, str(grade), colour, style.small, align="center")
    if not event.span.exact:
        ink.rectangle(left, middle - half, right, middle + half, edge=style["text"], dash=(2.0, 1.5))
    if event.span.ongoing:
        last = grades[-1]
        fill = style[f"grade{last}_fill" if last else "ungraded_fill"]
        ink.polygon([(right, middle + half), (right + half, middle), (right, middle - half)], fill=fill)


def draw_visits(ink: "Ink", content: OverviewContent, axis: TimeAxis, style: Style, middle: float) -> list[Hit]:
    """Visits that took place as diamonds, expected ones as the window in which they are due.

    The windows are drawn first: nothing lies on a visit that took place.
    """
    hits = []
    r = style.font * 0.46
    occupied = [(axis.x(v.date) - r - 2, axis.x(v.date) + r + 2) for v in content.visits if v.date]
    windows = [_window(v.opens, v.closes) for v in content.visits if not v.date and v.opens and v.closes]
    occupied += [extent for window in windows if (extent := axis.extent(window))]
    for visit in content.visits:
        if not visit.date and visit.opens and visit.closes:
            extent = axis.extent(_window(visit.opens, visit.closes))
            if extent:
                _draw_window(ink, visit, extent, middle, r, axis, style, occupied)
                hits.append(_visit_hit(visit, *extent, middle, r, axis, style))
    for visit in content.visits:
        if visit.date and axis.shows(visit.date):
            x = axis.x(visit.date)
            _draw_visit(ink, visit, x, middle, r, style)
            hits.append(_visit_hit(visit, x - r, x + r, middle, r, axis, style))
    return hits


def _window(opens: date, closes: date) -> Span:
    return Span(opens, max(closes, opens + timedelta(days=1)))


def _visit_hit(
    visit: VisitMark, left: float, right: float, middle: float, r: float, axis: TimeAxis, style: Style
) -> Hit:
    lines = words.visit_lines(visit, axis, style)
    return Hit(left, middle - r, right, middle + r, "visit", visit.record_id, lines, visit.code)


def _draw_visit(ink: "Ink", visit: VisitMark, x: float, middle: float, r: float, style: Style) -> None:
    corners = [(x, middle + r), (x + r, middle), (x, middle - r), (x - r, middle)]
    if visit.state in (VisitMarkState.MISSED, VisitMarkState.SKIPPED):
        _draw_cross(ink, x, middle, r, style)
    elif visit.state is VisitMarkState.OUT_OF_WINDOW:
        ink.polygon(corners, fill=style["card"], edge=style["due"], width=1.4)
    elif visit.state is VisitMarkState.UNSCHEDULED:
        ink.polygon(corners, fill=style["card"], edge=style["accent"], width=1.1)
    else:
        ink.polygon(corners, fill=style["accent"])


def _draw_cross(ink: "Ink", x: float, middle: float, r: float, style: Style) -> None:
    for way in (1, -1):
        ink.line([(x - r * 0.8, middle - way * r * 0.8), (x + r * 0.8, middle + way * r * 0.8)], style["urgent"], 1.5)


def _draw_window(
    ink: "Ink",
    visit: VisitMark,
    extent: tuple[float, float],
    middle: float,
    r: float,
    axis: TimeAxis,
    style: Style,
    occupied: list[tuple[float, float]],
) -> None:
    left, right = extent
    if visit.state in (VisitMarkState.MISSED, VisitMarkState.SKIPPED):
        _draw_cross(ink, (left + right) / 2, middle, r, style)
        return
    roles = {VisitMarkState.DUE: "due", VisitMarkState.OVERDUE: "urgent"}
    role = roles.get(visit.state, "muted")
    half = style.row * _HALF
    tint = style[f"{role}_tint"] if role != "muted" else None
    ink.rectangle(left, middle - half, right, middle + half, fill=tint, edge=style[role], width=0.7, dash=(2.4, 1.6))
    if visit.state not in roles:
        return
    word = visit.state.value
    width = ink.width(word, style.small)
    others = [place for place in occupied if place != extent]
    inside = [left + 3] if right - left >= width + 6 else []
    for x in (*inside, right + 3, left - width - 3):
        free = not any(x < end and start < x + width for start, end in others)
        if free and x >= axis.left and x + width <= axis.right + r:
            ink.text(x, middle - style.small * 0.36, word, style[role], style.small)
            occupied.append((x, x + width))
            return
