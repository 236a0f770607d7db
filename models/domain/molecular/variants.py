"""The names of mutations: laboratories write one change in several ways, and several changes into one field."""

import re

_BETWEEN = re.compile(r"\s*[,;/+]\s*")
_AMINO_ACID = "[A-Z][a-z]{2}|[A-Z]"
_EXCHANGE = re.compile(rf"(?:p\.)?\(?({_AMINO_ACID})(\d+)({_AMINO_ACID})\)?")
_LETTER = {
    **{"Ala": "A", "Arg": "R", "Asn": "N", "Asp": "D", "Cys": "C", "Gln": "Q", "Glu": "E", "Gly": "G", "His": "H"},
    **{"Ile": "I", "Leu": "L", "Lys": "K", "Met": "M", "Phe": "F", "Pro": "P", "Ser": "S", "Thr": "T", "Trp": "W"},
    **{"Tyr": "Y", "Val": "V"},
}


def parts(name: str) -> tuple[str, ...]:
    """The changes that a name lists, each as it is written: "T315I / E255K" are two."""
    return tuple(_BETWEEN.split(name.strip()))


def changes(name: str) -> tuple[str, ...]:
    """The changes that a name lists, each once and so written that the same change reads the same.

    An exchange of amino acids is written in letters: p.(Thr315Ile) is T315I. Whatever else there is stays as it is.
    Source: IUPAC-IUB one-letter symbols; HGVS for the longer form.
    """
    return tuple(dict.fromkeys(_in_letters(part) for part in parts(name) if part))


def _in_letters(part: str) -> str:
    found = _EXCHANGE.fullmatch(part)
    if found is None:
        return part
    before, place, after = found.groups()
    return f"{_LETTER.get(before, before)}{place}{_LETTER.get(after, after)}"
