import re

import pytest

from models.domain.palette import FILLS, LIGHT, MEANINGS, SCHEMES

READABLE = 4.5
SURFACES = ("background", "card", "field")


def luminance(hex_colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def failures(scheme: str, pairs: list[tuple[str, str]]) -> list[str]:
    colours = SCHEMES[scheme]
    ratios = ((text, area, contrast(colours[text], colours[area])) for text, area in pairs)
    return [f"{text} on {area}: {ratio:.2f}" for text, area, ratio in ratios if ratio < READABLE]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_and_muted_text_are_readable_on_every_surface(scheme: str) -> None:
    areas = (*SURFACES, "hover", "selection", "phase1", "phase2", "accent_tint")
    assert failures(scheme, [(text, area) for text in ("text", "muted") for area in areas]) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_meaning_is_readable_on_the_surfaces_and_on_its_tint(scheme: str) -> None:
    assert failures(scheme, [(role, area) for role in MEANINGS for area in (*SURFACES, f"{role}_tint")]) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_on_every_solid_area_is_readable(scheme: str) -> None:
    assert failures(scheme, [(f"{role}_on", f"{role}_fill") for role in FILLS]) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_labels_inside_the_drawing_are_readable_over_the_phase_bands(scheme: str) -> None:
    roles = ("complete", "non_quantifiable", "positive", "urgent", "due", "accent")
    assert failures(scheme, [(role, f"phase{n}") for role in roles for n in (1, 2)]) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_scheme_declares_the_same_roles_as_the_light_one_as_hex(scheme: str) -> None:
    assert SCHEMES[scheme].keys() == LIGHT.keys()
    assert [v for v in SCHEMES[scheme].values() if not re.fullmatch(r"#[0-9a-f]{6}", v)] == []
