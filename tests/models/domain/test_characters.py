import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.characters import told, writable


def latin(code: int) -> bool:
    return code < 0x250


@pytest.mark.parametrize("code", [0x0, 0xA0, 0xAD, 0x301, 0x200B, 0x202E, 0x2060, 0x2800, 0x3164, 0xFEFF])
def test_what_nobody_can_see_says_nothing(code: int) -> None:
    assert told(f" {chr(code)} ") == ""


@pytest.mark.parametrize("text", [".", "...", "-", "\N{EM DASH}", "?!", "\u2026", "()"])
def test_what_is_only_punctuation_says_nothing(text: str) -> None:
    assert told(f" {text} ") == ""


@pytest.mark.parametrize("text", ["no.", "5", "\u00b1", "\u8aa4\u8a18", "a"])
def test_a_letter_a_digit_or_a_symbol_says_something(text: str) -> None:
    assert told(text) == text


def test_what_is_said_is_kept_without_the_space_around_it() -> None:
    assert told(f" a{chr(0x200B)}b\n") == f"a{chr(0x200B)}b"


@pytest.mark.parametrize("text", ["plain", "è più", "a < b & c", "", "two\nlines"])
def test_text_the_font_holds_stays_as_typed(text: str) -> None:
    assert writable(text, latin) == text


def test_a_character_outside_the_font_is_named() -> None:
    assert writable("ok \N{GRINNING FACE}", latin) == "ok [U+1F600]"


def test_an_accent_typed_apart_joins_its_letter() -> None:
    assert writable("e\N{COMBINING GRAVE ACCENT}", latin) == "è"


@pytest.mark.parametrize("code", [0x0, 0x7, 0x1B, 0x202E, 0x2066, 0x200F])
def test_control_and_direction_characters_are_named_even_where_the_font_holds_them(code: int) -> None:
    assert writable(f"a{chr(code)}b", lambda _: True) == f"a[U+{code:04X}]b"


def test_a_variation_selector_leaves_no_trace() -> None:
    assert writable("a\N{VARIATION SELECTOR-16}b", latin) == "ab"


def test_windows_line_ends_become_plain_ones() -> None:
    assert writable("a\r\nb", latin) == "a\nb"


def test_a_narrow_space_between_digits_stays_one_that_does_not_break() -> None:
    assert writable("45\N{NARROW NO-BREAK SPACE}310", latin) == "45\N{NO-BREAK SPACE}310"


@given(st.text())
def test_whatever_is_typed_comes_out_drawable(text: str) -> None:
    drawn = writable(text, latin)
    assert all(c == "\n" or (latin(ord(c)) and unicodedata.category(c) not in ("Cc", "Cf")) for c in drawn)
