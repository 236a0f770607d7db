"""What Ctrl+K finds: patients by number, their visits, and actions. Pure: an index of short texts, built once."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from models.domain.folding import fold

MOST_HITS = 12
"""What fits under the find box without scrolling."""

_MOST_PATIENTS = 8
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_LAST_NUMBER = re.compile(r"(\d+)\D*\Z")


@dataclass(frozen=True, slots=True)
class Hit:
    """One line under the find box.

    `sort` is "patient", "visit" or "action"; `patient` is the patient's id; `code` the visit's code or the action's id.
    """

    sort: str
    title: str
    detail: str
    patient: int = 0
    code: str = ""


@dataclass(frozen=True, slots=True)
class PatientLine:
    """A patient as the index knows it: id, the numbers it goes by (the shown one first), what is written beside."""

    id: int
    numbers: tuple[str, ...]
    detail: str


@dataclass(frozen=True, slots=True)
class NamedThing:
    """A visit of the protocol, or an action: its code, the words shown, and more words it is found by."""

    code: str
    title: str
    words: str = ""
    detail: str = ""


class PatientIndex:
    """Finds patients by what can be typed of a number: `042-017`, `42017`, `17`, or most of its figures in order."""

    def __init__(self, patients: Iterable[PatientLine]) -> None:
        """Read every number once; 100,000 patients take well under a second and a few megabytes."""
        self._patients = tuple(patients)
        self._by_id = {patient.id: patient for patient in self._patients}
        self._lines: list[int] = []
        self._exact: dict[str, int] = {}
        self._running: dict[str, list[int]] = {}
        keys: list[str] = []
        # The numbers shown come before all others: "7" is the seventh patient, not the one screened as the seventh.
        for shown in (True, False):
            for place, patient in enumerate(self._patients):
                for number in patient.numbers[:1] if shown else patient.numbers[1:]:
                    key = _compact(number)
                    keys.append(key)
                    self._lines.append(place)
                    self._exact.setdefault(key, place)
                    last = _LAST_NUMBER.search(number)
                    if last:
                        self._running.setdefault(last[1].lstrip("0"), []).append(place)
        # All keys in one text, each padded to one width: one pass searches them all, and the place of a hit says whose.
        self._width = max(map(len, keys), default=0) + 1
        self._text = "".join("\n" + key.ljust(self._width - 1) for key in keys)
        self._characters = frozenset(self._text)

    def find(self, typed: str, most: int = _MOST_PATIENTS, *, loosely: bool = True) -> list[PatientLine]:
        """The patients that fit best, best first: the very number, the running number, its start, a part of it.

        Where nothing fits so, and `loosely`: those whose number has the typed characters in that order.
        """
        key = _compact(typed)
        if not any(c.isdigit() for c in key) or not self._characters.issuperset(key):
            return []
        if key in self._exact:
            return [self._patients[self._exact[key]]]
        found: dict[int, None] = {}
        for place in self._running.get(key.lstrip("0"), ()):
            found.setdefault(place)
        for part in (f"\n{key}", key):
            place = self._text.find(part)
            while place >= 0 and len(found) < most:
                line = place // self._width
                found.setdefault(self._lines[line])
                place = self._text.find(part, (line + 1) * self._width)
        if loosely and not found:
            in_order = re.compile("^" + "".join(f"[^\\n{c}]*{c}" for c in key), re.MULTILINE)
            for match in islice(in_order.finditer(self._text), most):
                found.setdefault(self._lines[match.end() // self._width])
        return [self._patients[place] for place in islice(found, most)]

    def by_id(self, patient: int) -> PatientLine | None:
        """The patient of that id."""
        return self._by_id.get(patient)


class Finder:
    """Answers a line typed into the find box."""

    def __init__(self, patients: PatientIndex, visits: Sequence[NamedThing], actions: Sequence[NamedThing]) -> None:
        """`visits` are those of the protocol; `actions` are all that can be done, available now or not."""
        self._patients = patients
        self._visits = [(visit, _words(f"{visit.title} {visit.words}")) for visit in visits]
        self._actions = [(action, _words(f"{action.title} {action.words}")) for action in actions]

    def find(self, typed: str, available: frozenset[str], patient: int = 0) -> tuple[Hit, ...]:
        """What fits `typed`, best first. `available` are the actions that can be done now, `patient` the one in view.

        "042-017 day 85" finds the visit of that patient; "day 85" alone that of the patient in view.
        """
        words = _words(typed)
        if not words:
            return tuple(
                Hit("action", action.title, action.detail, code=action.code)
                for action, _ in self._actions
                if action.code in available
            )[:MOST_HITS]
        hits = self._visit_hits(typed.split(), patient)
        hits += [Hit("patient", line.numbers[0], line.detail, line.id) for line in self._patients.find(typed)]
        hits += [
            Hit("action", action.title, action.detail, code=action.code)
            for action, its_words in self._actions
            if action.code in available and _fits(words, its_words)
        ]
        return tuple(hits[:MOST_HITS])

    def _visit_hits(self, typed: list[str], patient: int) -> list[Hit]:
        in_view = self._patients.by_id(patient) if patient else None
        if in_view:
            hits = self._visits_of(in_view, typed)
            if hits:
                return hits
        for cut in range(len(typed) - 1, 0, -1):
            named = self._patients.find("".join(typed[:cut]), most=3, loosely=False)
            if named:
                return [hit for line in named for hit in self._visits_of(line, typed[cut:])]
        return []

    def _visits_of(self, line: PatientLine, typed: list[str]) -> list[Hit]:
        words = _words(" ".join(typed))
        if not any(any(c.isalpha() for c in word) for word in words):
            return []
        fitting = [(visit, its_words) for visit, its_words in self._visits if _fits(words, its_words)]
        fitting.sort(key=lambda pair: not set(words) <= set(pair[1]))
        return [
            Hit("visit", f"{line.numbers[0]} · {visit.title}", visit.detail, line.id, visit.code)
            for visit, _ in fitting
        ]


def _compact(number: str) -> str:
    return _NOT_WORD.sub("", number.casefold())


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in _NOT_WORD.split(fold(text)) if word)


def _fits(typed: Iterable[str], words: Sequence[str]) -> bool:
    """Whether every typed word begins a word of the thing."""
    return all(any(word.startswith(part) for word in words) for part in typed)
