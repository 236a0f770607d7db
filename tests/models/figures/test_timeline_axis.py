from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.figures.content import Span
from models.figures.timeline_axis import TimeAxis
from tests.builders import DAY_ONE


def axis(first: int, length: int) -> TimeAxis:
    start = DAY_ONE + timedelta(days=first)
    return TimeAxis(start, start + timedelta(days=length), 50.0, 600.0, DAY_ONE)


@given(st.integers(-40, 400), st.integers(1, 900), st.integers(-500, 1500), st.integers(0, 500))
def test_a_span_never_leaves_the_axis_and_is_never_too_thin_to_see(
    first: int, length: int, begins: int, lasts: int
) -> None:
    shown = axis(first, length)
    start = DAY_ONE + timedelta(days=begins)
    extent = shown.extent(Span(start, start + timedelta(days=lasts)))
    if extent is not None:
        left, right = extent
        assert shown.left <= left <= shown.right
        assert right - left > 1.4
        assert right <= shown.right + 1.5


def test_a_span_outside_has_no_place() -> None:
    early = DAY_ONE - timedelta(days=100)
    assert axis(0, 100).extent(Span(early, early)) is None


def test_a_later_day_stands_further_right() -> None:
    assert axis(0, 100).x(DAY_ONE + timedelta(days=5)) > axis(0, 100).x(DAY_ONE)
