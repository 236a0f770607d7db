from typing import get_args

import pytest
from PIL import ImageFont

from models.domain.errors import TrialError
from models.fonts import FAMILY, Style, font_file


@pytest.mark.parametrize("style", get_args(Style))
def test_each_style_is_a_file_of_the_one_typeface(style: Style) -> None:
    family, name = ImageFont.truetype(font_file(style)).getname()
    assert family == FAMILY
    assert (name or "").lower().replace(" ", "-").replace("book", "regular") == style


def test_a_missing_font_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    font_file.cache_clear()
    monkeypatch.setattr("models.fonts.find_spec", lambda _: None)
    with pytest.raises(TrialError, match=r"DejaVuSans\.ttf is missing"):
        font_file("regular")
