"""The adverse-event dictionary: the terms of CTCAE, how to find one, and what each grade of it means.

Terms, classes, grades and successors are facts of NCI's CTCAE 4.03 (14 June 2010), 5.0 (27 November 2017) and 6.0
(workbook of 20 January 2026). The criteria are told in this program's own words. Everything is read from
`resources/dictionaries` on first use.
"""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from models.domain.errors import TrialError
from models.domain.folding import fold
from models.domain.resources import RESOURCES

VERSIONS = ("4.03", "5.0", "6.0")
_FOLDER = RESOURCES / "dictionaries"
_DEATH = "The patient died of this event."


@dataclass(frozen=True, slots=True)
class Term:
    """One adverse-event term of one version. `grades` are the grades that exist for it, ascending.

    `successor` names the term of CTCAE 6.0 that takes its place, "" where the term was kept, is itself of 6.0, or was
    dropped before it.
    """

    version: str
    system_organ_class: str
    name: str
    grades: tuple[int, ...]
    successor: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A grading scale beside CTCAE, with its source and the meaning of each grade."""

    id: str
    name: str
    source: str
    note: str
    grades: dict[int, str]


def check_version(version: str) -> None:
    """Refuse a CTCAE version that is not known.

    Raises:
        TrialError: naming the versions there are.
    """
    if version not in VERSIONS:
        raise TrialError(f"CTCAE {version} is not known here. Choose one of {', '.join(VERSIONS)}.")


def terms(version: str) -> tuple[Term, ...]:
    """The terms of a version, by class and then by name.

    Raises:
        TrialError: an unknown version.
    """
    check_version(version)
    return _lists()[version]


def term(version: str, name: str) -> Term | None:
    """The term of exactly that name, in any case or spelling; None if the version has none."""
    check_version(version)
    return _by_name(version).get(fold(name))


def resolve(text: str) -> str:
    """The name of the term that a whole name or a common synonym stands for, of any version; "" if it is neither."""
    folded = fold(text)
    for version in ("5.0", "6.0", "4.03"):
        if found := _by_name(version).get(folded):
            return found.name
    names = synonyms().get(folded)
    return names[0] if names else ""


def find(version: str, text: str, limit: int = 50) -> tuple[Term, ...]:
    """Terms that match what was typed so far, best first: British or American spelling, common names included.

    Ranked: the whole name, the beginning of the name, the beginnings of its words in any order, any part of it; after
    each the same match with a common name, or in 6.0 with the name that a term had in 5.0. Nothing typed finds nothing.

    Raises:
        TrialError: an unknown version.
    """
    check_version(version)
    typed = fold(text)
    if not typed:
        return ()
    by_common_name = _by_common_name(version, typed)
    ranked = []
    for order, (folded, candidate) in enumerate(_folded(version)):
        rank = min((_rank(typed, folded), 0), by_common_name.get(candidate.name, _NO_MATCH))
        if rank < _NO_MATCH:
            ranked.append((rank, len(folded), order, candidate))
    return tuple(entry[-1] for entry in sorted(ranked, key=lambda entry: entry[:3])[:limit])


def criteria(version: str, name: str) -> dict[int, str]:
    """What each grade of a term means, in this program's own words; empty where no words are held.

    The keys are the grades of that version.

    Raises:
        TrialError: an unknown version.
    """
    check_version(version)
    return dict(_criteria().get((version, fold(name)), {}))


def scale(id: str) -> Scale | None:  # noqa: A002 - the field's own name
    """The scale of that id (`astct-crs`, `astct-icans`), None if there is none."""
    return _scales().get(id)


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Common names, folded, and the terms of any version that they stand for."""
    return {fold(common): tuple(names) for common, names in _load("ctcae-synonyms.toml").items()}


_NO_MATCH = (9, 0)


def _rank(typed: str, name: str) -> int:
    if name == typed:
        return 0
    if name.startswith(typed):
        return 2
    words = name.replace("-", " ").split()
    if all(any(word.startswith(part) for word in words) for part in typed.split()):
        return 4
    return 5 if typed in name else _NO_MATCH[0]


def _by_common_name(version: str, typed: str) -> dict[str, tuple[int, int]]:
    """Per term the rank of its best common name, one below that of the same match with the term's own name.

    The second number keeps the order in which a common name gives its terms.
    """
    ranks: dict[str, tuple[int, int]] = {}
    for common, names in _common_names(version):
        rank = _rank(typed, common)
        if rank <= 4:
            for place, name in enumerate(names):
                ranks[name] = min(ranks.get(name, _NO_MATCH), (rank + 1, place))
    return ranks


@cache
def _common_names(version: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The common names, and for 6.0 the names that terms had in 5.0."""
    earlier = [(fold(entry.name), (entry.successor,)) for entry in _lists()["5.0"] if entry.successor]
    return (*synonyms().items(), *(earlier if version == "6.0" else ()))


@cache
def _lists() -> dict[str, tuple[Term, ...]]:
    lists: dict[str, list[Term]] = {}
    with (_FOLDER / "ctcae-terms.csv").open(encoding="utf-8", newline="") as stream:
        for version, system_organ_class, name, grades, successor in list(csv.reader(stream))[1:]:
            entry = Term(version, system_organ_class, name, tuple(int(grade) for grade in grades), successor)
            lists.setdefault(version, []).append(entry)
    return {version: tuple(entries) for version, entries in lists.items()}


@cache
def _folded(version: str) -> tuple[tuple[str, Term], ...]:
    return tuple((fold(entry.name), entry) for entry in _lists()[version])


@cache
def _by_name(version: str) -> dict[str, Term]:
    return dict(_folded(version))


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))


@cache
def _criteria() -> dict[tuple[str, str], dict[int, str]]:
    """Words per (version, folded name). Death is not written out for every term: it means the same for all."""
    found: dict[tuple[str, str], dict[int, str]] = {}
    entries = _load("ctcae-criteria-laboratory.toml")["criteria"] + _load("ctcae-criteria-clinical.toml")["criteria"]
    for entry in entries:
        words = {int(grade): text for grade, text in entry.items() if grade.isdigit()}
        for version in entry["versions"]:
            for name in entry["terms"]:
                known = term(version, name)
                dies = known is not None and 5 in known.grades
                found[version, fold(name)] = {**words, 5: _DEATH} if dies else words
    return found


@cache
def _scales() -> dict[str, Scale]:
    return {
        entry["id"]: Scale(
            id=entry["id"],
            name=entry["name"],
            source=entry["source"],
            note=entry["note"],
            grades={int(grade): text for grade, text in entry.items() if grade.isdigit()},
        )
        for entry in _load("astct-scales.toml")["scale"]
    }
