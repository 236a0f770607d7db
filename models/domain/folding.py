"""One spelling for every way a medical word is typed, so that searching does not depend on it."""

import re
import unicodedata

_AMERICAN = (
    (re.compile("aem"), "em"),  # anaemia, haemorrhage
    (re.compile("oede"), "ede"),
    (re.compile(r"\boe|(?<=o)oe"), "e"),  # oesophagitis, gastro-oesophageal, but not gastroesophageal
    (re.compile("rrhoe"), "rrhe"),
    (re.compile("pnoe"), "pne"),
    (re.compile("paen"), "pen"),
    (re.compile("caec"), "cec"),
    (re.compile("paed"), "ped"),
    (re.compile("gynaec"), "gynec"),
    (re.compile("anaes"), "anes"),
    (re.compile("faec"), "fec"),
    (re.compile("leuco"), "leuko"),
    (re.compile("tumour"), "tumor"),
    (re.compile("sulph"), "sulf"),
)
_LIGATURES = str.maketrans({"æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe"})


def fold(text: str) -> str:
    """Lower case, plain letters, single spaces, American spelling: "Anæmia", "ANAEMIA " and "anemia" become one.

    For comparing only; the result is never shown.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    folded = " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())
    for british, american in _AMERICAN:
        folded = british.sub(american, folded)
    return folded
