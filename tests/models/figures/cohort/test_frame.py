from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from models.cohort.who import Who
from models.figures.cohort.frame import board, named, spread, wrapped
from models.figures.style import DrawOptions

heights = st.floats(0, 200, allow_nan=False)


@given(st.lists(heights, max_size=8))
def test_places_are_spread_a_gap_apart_and_inside_the_ends(wanted: list[float]) -> None:
    found = spread(wanted, 12, 0, 200)
    ordered = sorted(found)
    assert all(after - before >= 12 - 1e-6 for before, after in pairwise(ordered))
    assert all(-1e-6 <= place <= 200 + 1e-6 for place in found)


@given(st.lists(heights, max_size=8, unique=True))
def test_spread_places_keep_their_order(wanted: list[float]) -> None:
    found = spread(wanted, 12, 0, 200)
    assert sorted(range(len(wanted)), key=wanted.__getitem__) == sorted(range(len(wanted)), key=found.__getitem__)


def test_places_with_room_stay_where_they_are_wanted() -> None:
    assert spread([10, 50, 90], 12, 0, 100) == [10, 50, 90]


def test_words_are_broken_between_words_and_never_dropped() -> None:
    ink = board(DrawOptions()).ink
    text = "Each bar stands for up to five patients"
    lines = wrapped(ink, text, 8, 60)
    assert " ".join(lines) == text
    assert all(ink.width(line, 8) <= 60 for line in lines)


def test_of_many_patients_the_first_are_named_and_the_others_counted() -> None:
    many = [Who(number, f"042-{number:03d}") for number in range(1, 11)]
    assert named(many).endswith("042-006 and 4 more")
    assert named(many[:2]) == "042-001, 042-002"
