"""Sentences as an English desk reads them, for tests that look into their words."""

from typing import Any

from models.domain.derived import Derived
from models.domain.notation import Desk
from models.domain.sentence import Sentence, write_sentence


def english(sentence: Sentence) -> str:
    """The whole sentence."""
    return write_sentence(sentence, Desk.ENGLISH)


def english_inputs(derived: Derived[Any]) -> dict[str, str]:
    """What went into a derived value, by its label."""
    return {label: english(value) for label, value in derived.inputs}
