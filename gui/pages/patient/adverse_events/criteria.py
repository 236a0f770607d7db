"""What each grade of an event means, in the words that are held here."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gui.official_text import official_term
from models.domain import dictionary

_SCALES = {"cytokine release syndrome": "astct-crs"}
_NEUROTOXICITY = "astct-icans"
_NO_WORDS = "This grade exists; its criteria are not held here."


@dataclass(frozen=True, slots=True)
class GradeHelp:
    """A term as the panel shows it: its class, a definition or note, and every grade that exists with its criteria."""

    title: str
    subtitle: str
    note: str
    grades: Mapping[int, str]
    source: str


def grade_help(version: str, term: str, scale: str | None, folder: Path) -> GradeHelp | None:
    """The help for a term; None while nothing is chosen.

    `scale` is a code of `GRADING_SCALE`. `folder` is where NCI's official text is kept if it was imported; it wins.
    """
    if not term:
        return None
    known = dictionary.term(version, term)
    if known is None:
        return GradeHelp(term, f"Not a term of CTCAE {version}", "Choose a term from the list.", {}, "")
    if scale == "ASTCT" and (consensus := _consensus(known.name)):
        return GradeHelp(
            known.name, consensus.name, consensus.note, dict(consensus.grades), f"Source: {consensus.source}"
        )
    official = official_term(folder, version, known.name)
    if official:
        words = {grade: official.grades.get(grade, _NO_WORDS) for grade in known.grades}
        source = f"Official text of NCI, CTCAE {version}"
        return GradeHelp(known.name, known.system_organ_class, official.definition, words, source)
    held = dictionary.criteria(version, known.name)
    words = {grade: held.get(grade, _NO_WORDS) for grade in known.grades}
    source = f"CTCAE {version} in this program's own words" if held else f"Grades of CTCAE {version}"
    return GradeHelp(
        known.name,
        known.system_organ_class,
        "",
        words,
        f"{source}. Import NCI's workbook under Settings to read the official text here.",
    )


def _consensus(term: str) -> dictionary.Scale | None:
    return dictionary.scale(_SCALES.get(term.casefold(), _NEUROTOXICITY))
