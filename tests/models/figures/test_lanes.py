from datetime import timedelta
from decimal import Decimal

from matplotlib.figure import Figure

from models.figures.content import EventBar, OverviewContent, Span, VisitMark, VisitMarkState
from models.figures.ink import Ink
from models.figures.lanes import EventRows, arrange_events, draw_visits
from models.figures.style import DrawOptions, Style
from models.figures.timeline_axis import TimeAxis
from tests.builders import DAY_ONE

STYLE = Style.of(DrawOptions())
AXIS = TimeAxis(DAY_ONE, DAY_ONE + timedelta(days=100), 100.0, 600.0, DAY_ONE)


def event(first: int, last: int, worst: int = 2, id_: int = 1, term: str = "Fever") -> EventBar:
    start = DAY_ONE + timedelta(days=first)
    return EventBar(term, Span(start, DAY_ONE + timedelta(days=last)), worst, ((start, worst),), False, id_)


def arranged(*events: EventBar, rows: int = 4, lines: tuple[float, ...] = ()) -> EventRows:
    return arrange_events(Ink(Figure()), events, AXIS, STYLE, rows, lines)


def test_events_apart_in_time_share_a_row() -> None:
    assert arranged(event(0, 5), event(60, 70)).rows == 1


def test_events_that_overlap_are_stacked() -> None:
    assert [p.row for p in arranged(event(0, 50), event(10, 60)).placed] == [0, 1]


def test_words_count_as_part_of_an_event() -> None:
    assert arranged(event(0, 5, term="A very long term indeed"), event(10, 12)).rows == 2


def test_where_rows_are_short_the_gravest_keep_their_places() -> None:
    found = arranged(*[event(0, 90, grade, grade) for grade in (1, 2, 3, 4)], rows=3)
    assert [p.event.worst for p in found.placed] == [4, 3]
    assert [e.worst for e in found.crowded] == [2, 1]


def test_words_beside_a_bar_avoid_a_vertical_line_where_the_other_side_is_free() -> None:
    bar_end = AXIS.x(DAY_ONE + timedelta(days=61))
    (placed,) = arranged(event(50, 60), lines=(bar_end + 10,)).placed
    assert placed.label_x < placed.left


def test_an_event_outside_the_zoom_takes_no_row() -> None:
    assert arranged(event(200, 210)).rows == 0


def test_a_visit_that_took_place_lies_above_the_window_of_one_that_did_not() -> None:
    day = DAY_ONE + timedelta(days=20)
    done = VisitMark("D15", "Day 15", VisitMarkState.OUT_OF_WINDOW, None, None, day, "", 1)
    overdue = VisitMark("D22", "Day 22", VisitMarkState.OVERDUE, day, day + timedelta(days=3), None, "", 2)
    content = OverviewContent(
        "042-001", day, DAY_ONE, None, (), (), (), (), (done, overdue), (), Decimal("0.01"), (), ()
    )
    hits = draw_visits(Ink(Figure()), content, AXIS, STYLE, 50.0)
    assert [hit.record_id for hit in hits] == [2, 1]  # in the order of drawing
