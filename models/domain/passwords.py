"""Which passwords a person may choose: the rules of NIST SP 800-63B (revision 4), section 3.1.1.2.

Long, whatever it is made of, and not one that is guessed first. No rule asks for digits or signs, none expires.
"""

import re
import unicodedata
from collections.abc import Iterable

LEAST, MOST = 15, 256
"""Code points: at least 15 where the password is all there is, and more than the 64 that have to be accepted."""
_PROGRAM = "AlbaTrack"
_SIGNS = re.compile(r"[\W_]+")
_WORD = 3
_UNKNOWN_LEAST = 8
"""Letters and digits that must be left when names and words of the study are taken out."""
_LOOKED_AT = 72
"""Code points that are tried for patterns; the time this takes grows with the square of their number."""
_GUESSES = 10**8
"""Where the estimate ends that a stranger needs fewer tries than this, a password is one of those guessed first."""
DEMO_PASSWORD = "synthetic patients only"
"""The password of every account of the demo study, told on its first page: it guards made-up patients."""
_PUBLISHED = frozenset({DEMO_PASSWORD, "correct horse battery staple"})
"""Long passwords that many have read (the second: R. Munroe, xkcd 936, 2011). However made up, they are tried first."""


def normalised(password: str) -> str:
    """The form that is counted and verified (NFKC): a letter is the same, typed composed or in parts."""
    return unicodedata.normalize("NFKC", password)


def check(password: str, user: str, printed_name: str, words: Iterable[str] = ()) -> tuple[str, ...]:
    """What stands against a new password, each a sentence with what to do; empty if it may be used.

    Args:
        password: as typed.
        user: the login name of the account.
        printed_name: the person's name.
        words: what anybody at the desk knows: the study's acronym and number, the sponsor, the site.
    """
    typed = normalised(password)
    if len(typed) < LEAST:
        missing = LEAST - len(typed)
        return (f"The password needs {LEAST} characters or more: add {missing}. A few words you remember are good.",)
    if len(typed) > MOST:
        return (f"The password may have up to {MOST} characters; this one has {len(typed)}. Shorten it.",)
    known = _words((user, printed_name, _PROGRAM, *words))
    if _is_made_of(known, _letters(typed)):
        return (
            "The password is made of names that people here know (yours, the study's, the site's). Add other words.",
        )
    if _is_published(typed) or _guessed_first(typed, known):
        return (
            "The password is one that is guessed first: a common one, a row of keys, or the same again. "
            "Take some words that do not belong together.",
        )
    return ()


def _is_published(typed: str) -> bool:
    return _letters(typed) in map(_letters, _PUBLISHED)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _words(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text as one word and in its parts ("D-ALBA" is typed "dalba" too), the longest first."""
    found = {_letters(part) for text in map(normalised, texts) for part in (text, *text.split(), *_SIGNS.split(text))}
    return tuple(sorted((word for word in found if len(word) >= _WORD), key=lambda word: (-len(word), word)))


def _is_made_of(known: Iterable[str], letters: str) -> bool:
    left = letters
    for word in known:
        left = left.replace(word, " ")
    return left != letters and len(left.replace(" ", "")) < _UNKNOWN_LEAST


def _guessed_first(typed: str, known: tuple[str, ...]) -> bool:
    from zxcvbn import zxcvbn  # its lists of common passwords, words and names take time to load

    return bool(zxcvbn(typed[:_LOOKED_AT], user_inputs=list(known))["guesses"] < _GUESSES)
