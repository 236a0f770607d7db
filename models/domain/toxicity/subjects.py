"""What is to be graded: a test with all its scales, or one term, by any of the names they go by."""

from dataclasses import dataclass
from functools import cache, lru_cache

from models.domain import dictionary
from models.domain.folding import fold
from models.domain.toxicity import blood_scales, chemistry_scales, metabolic_scales
from models.domain.toxicity.criteria import Direction, Scale
from models.domain.toxicity.laboratory_tests import LabTest, find_test, known_test

SCALES: tuple[Scale, ...] = (*blood_scales.SCALES, *chemistry_scales.SCALES, *metabolic_scales.SCALES)


@dataclass(frozen=True, slots=True)
class Subject:
    """A test, and the direction where a term was named; with a test's name both directions are looked at."""

    test: LabTest
    direction: Direction | None = None
    term: str = ""


@lru_cache(maxsize=1000)
def find_subject(text: str) -> Subject | str:
    """What a name stands for; where nothing can be graded by it, the sentence that says why.

    Names are test codes ("PLT"), usual names ("Neutrophils"), terms of any CTCAE version ("Platelet count decreased")
    and their common names ("neutropenia").
    """
    if test := find_test(text):
        return Subject(test)
    if found := _subjects_by_term().get(fold(text)):
        return found
    name = dictionary.resolve(text)
    if found := _subjects_by_term().get(fold(name)):
        return found
    if name:
        return f"{name} is graded by clinical judgement, not from a number."
    return f"“{text.strip()[:80]}” is neither a laboratory test nor a CTCAE term that is known here."


@cache
def scales_of(test: str, version: str) -> tuple[Scale, ...]:
    """The scales of a test in one version: falling first."""
    return tuple(scale for scale in SCALES if scale.test == test and version in scale.versions)


def no_scale(subject: Subject, version: str) -> str:
    """The sentence for a test or term that a version does not grade."""
    if not subject.direction:
        return f"CTCAE {version} has no numeric grades for {subject.test.label}."
    held = dictionary.term("5.0", subject.term)
    heir = held.successor if held and version == "6.0" else ""
    advice = f" It is reported there as “{heir}”." if heir else ""
    return f"CTCAE {version} has no numeric grades for {subject.term}.{advice}"


@cache
def _subjects_by_term() -> dict[str, Subject]:
    """Per term the first test that has a scale for it: calcium is meant corrected, unless the test is named."""
    found: dict[str, Subject] = {}
    for scale in SCALES:
        found.setdefault(fold(scale.term), Subject(known_test(scale.test), scale.direction, scale.term))
    return found
