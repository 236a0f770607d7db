"""Light and dark: every colour that text is written in can be read."""

import re
from itertools import product

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from gui import theme
from models.domain.palette import MEANINGS, SCHEMES
from models.domain.resources import RESOURCES

LEAST_CONTRAST = 4.5
WRITTEN_IN = ("text", "muted", "accent")
WRITTEN_ON = ("background", "card", "field", "hover", "selection")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_every_surface(scheme: str) -> None:
    colours = SCHEMES[scheme]
    pairs = [*product(WRITTEN_IN, WRITTEN_ON), ("accent_on", "accent_fill"), ("accent_on", "accent_hover")]
    poor = [(ink, surface) for ink, surface in pairs if contrast(colours[ink], colours[surface]) < LEAST_CONTRAST]
    assert poor == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_that_the_style_sheet_writes_in_is_checked(scheme: str) -> None:
    template = (RESOURCES / "style" / "albatrack.qss").read_text(encoding="utf-8")
    inks = set(re.findall(r"(?<![-\w])color: \$(\w+)", template))
    assert inks <= {*WRITTEN_IN, *MEANINGS, "accent_on"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_style_sheet_has_every_colour_put_in(scheme: str) -> None:
    assert "$" not in theme.style_sheet(scheme).split("*/", 1)[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_palette_and_the_drawings_follow_the_theme(qapp: QApplication, scheme: str) -> None:
    theme.apply(qapp, scheme)
    assert theme.current_scheme() == scheme
    assert theme.colour("card").name() == SCHEMES[scheme]["card"]
    assert qapp.palette().color(QPalette.ColorRole.WindowText).name() == SCHEMES[scheme]["text"]


def test_the_theme_of_the_computer_is_one_of_the_two(qapp: QApplication) -> None:
    assert theme.scheme_of("system") in {"light", "dark"}
