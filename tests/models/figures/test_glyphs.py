import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.figures.glyphs import drawable, outline, width


def test_width_grows_with_the_size() -> None:
    assert width("Dasatinib", 20) == pytest.approx(2 * width("Dasatinib", 10))


def test_bold_is_wider() -> None:
    assert width("Dasatinib", 10, "bold") > width("Dasatinib", 10)


def test_an_outline_is_as_wide_as_its_text() -> None:
    assert outline("HH").get_extents().width == pytest.approx(width("HH", 1), abs=0.25)


@given(st.text(max_size=30))
def test_any_text_can_be_drawn(text: str) -> None:
    shown = drawable(text)
    assert "\n" not in shown
    assert outline(shown).vertices is not None
