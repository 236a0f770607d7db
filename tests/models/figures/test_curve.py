import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.figures.curve import crosses

BOX = (0.0, 0.0, 10.0, 4.0)


@pytest.mark.parametrize("segment", [(-5, 2, 15, 2), (5, -5, 5, 15), (-1, -1, 11, 5), (2, 2, 3, 3), (10, 4, 20, 20)])
def test_a_line_through_a_box_crosses_it(segment: tuple[float, float, float, float]) -> None:
    assert crosses(segment, BOX)


@pytest.mark.parametrize("segment", [(-5, 5, 15, 5), (11, -5, 11, 15), (-5, 0, 0, 9), (12, 2, 20, 2)])
def test_a_line_beside_a_box_does_not(segment: tuple[float, float, float, float]) -> None:
    assert not crosses(segment, BOX)


@given(st.tuples(*[st.integers(-20, 20)] * 4))
def test_the_direction_of_a_line_makes_no_difference(ends: tuple[int, int, int, int]) -> None:
    x0, y0, x1, y1 = ends
    assert crosses((x0, y0, x1, y1), BOX) == crosses((x1, y1, x0, y0), BOX)
