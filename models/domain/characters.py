"""Text a person typed, made fit to be drawn with a font that does not hold every character there is."""

import unicodedata
from collections.abc import Callable

_SPACES = frozenset("\t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}\N{LINE SEPARATOR}")
# Invisible, and of no meaning where no shaping is done: joiners, variation selectors, soft hyphen, byte-order mark.
_SILENT = frozenset("\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}\N{SOFT HYPHEN}\N{ZERO WIDTH NO-BREAK SPACE}")
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)


_BLANK_SIGNS = frozenset(
    "\N{HANGUL FILLER}\N{HALFWIDTH HANGUL FILLER}\N{HANGUL CHOSEONG FILLER}\N{HANGUL JUNGSEONG FILLER}"
    "\N{BRAILLE PATTERN BLANK}"
)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp", "Mn", "Me"})


def told(text: str) -> str:
    """What a text says, without space around it; empty where it has no letter, digit or symbol that can be seen.

    A full stop or a dash says nothing: it is what is typed where something has to be.
    """
    found = text.strip()
    return found if any(_says_something(character) for character in found) else ""


def _says_something(character: str) -> bool:
    category = unicodedata.category(character)
    return category not in _UNSEEN and category[0] != "P" and character not in _BLANK_SIGNS


def writable(text: str, covers: Callable[[int], bool]) -> str:
    """The text with every character either in the font or named: `[U+1F600]` in place of a black square.

    Letters are composed first (an accent typed apart joins its letter). Control characters and those that turn the
    direction of writing are named too: left in place they could hide or reorder what a reader sees. Line ends stay.

    Args:
        text: what was typed.
        covers: whether the font holds a code point.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(c, covers) for c in unicodedata.normalize("NFC", text.replace("\r\n", "\n")))


def _shown(character: str, covers: Callable[[int], bool]) -> str:
    if character == "\n":
        return character
    if character in _SILENT or ord(character) in _VARIATION_SELECTORS:
        return ""
    if character in _SPACES:
        # The widths of these spaces carry no meaning on paper, and not every renderer has them.
        return "\N{NO-BREAK SPACE}" if character not in "\t\N{LINE SEPARATOR}" else " "
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") or not covers(ord(character)):
        return f"[U+{ord(character):04X}]"
    return character
