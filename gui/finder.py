"""What Ctrl+K finds: patients by number, their visits, and actions. Pure: an index of short texts, built once."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from models.domain.folding import fold

MOST_HITS = 12
"""What fits under the find box without scrolling."""

WHOSE = "Open a patient first, or type the number before it."
"""Why something of a patient cannot be done where none is in view."""

_MOST_PATIENTS = 8
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_LAST_NUMBER = re.compile(r"(\d+)\D*\Z")


@dataclass(frozen=True, slots=True)
class Hit:
    """One line under the find box.

    `sort` is "patient", "visit" or "action"; `patient` is the patient's id; `code` the visit's code or the action's id.
    `refused` says why an action cannot be done now.
    """

    sort: str
    title: str
    detail: str
    patient: int = 0
    code: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class PatientLine:
    """A patient as the index knows it: id, the numbers it goes by (the shown one first), what is written beside."""

    id: int
    numbers: tuple[str, ...]
    detail: str


@dataclass(frozen=True, slots=True)
class NamedThing:
    """A visit of the protocol, or an action: its code, the words shown, and more words it is found by.

    `of_patient` things need to know of which patient.
    """

    code: str
    title: str
    words: str = ""
    detail: str = ""
    of_patient: bool = False


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
                found.setdefault(self._lines[match.start() // self._width])
        return [self._patients[place] for place in islice(found, most)]

    def newest(self) -> tuple[PatientLine, ...]:
        """The patients who came last, the last one first."""
        return self._patients[: -MOST_HITS - 1 : -1]

    def by_id(self, patient: int) -> PatientLine | None:
        """The patient of that id."""
        return self._by_id.get(patient)


class Finder:
    """Answers a line typed into the find box."""

    def __init__(self, patients: PatientIndex, visits: Sequence[NamedThing], actions: Sequence[NamedThing]) -> None:
        """`visits` are those of the protocol; `actions` are all that can be done, available now or not."""
        self._patients = patients
        self._visits = [_Known(visit, _words(visit.title), _words(visit.words)) for visit in visits]
        self._actions = [_Known(action, _words(action.title), _words(action.words)) for action in actions]

    def find(self, typed: str, refusals: Mapping[str, str], patient: int = 0) -> tuple[Hit, ...]:
        """What fits `typed`, best first. `refusals` say of some actions why not now; `patient` is the one in view.

        "042-017 day 85" finds the visit of that patient, "042-017 relapse" the form for it; "day 85" and "relapse"
        alone those of the patient in view. An action that cannot be done stands behind those that can.
        """
        words = _words(typed)
        if not words:
            return tuple(
                _doing(known.thing)
                for known in self._actions
                if known.thing.code not in refusals and (patient or not known.thing.of_patient)
            )[:MOST_HITS]
        in_view = self._patients.by_id(patient) if patient else None
        # Those of a patient who is named come first: the 8 of "8 day 85" also begins the 85 of the patient in view.
        hits = self._of_the_named(typed.split(), refusals)
        hits += self._visits_of(in_view, words) if in_view and _has_letters(words) else []
        hits += [_patient(line) for line in self._patients.find(typed)]
        hits += [
            _doing(action, refusals.get(action.code, "") or ("" if patient or not action.of_patient else WHOSE))
            for action in _fitting(self._actions, words)
        ]
        return tuple(sorted(dict.fromkeys(hits), key=_cannot)[:MOST_HITS])

    def patients(self, typed: str) -> tuple[Hit, ...]:
        """The patients alone; those who came last, where nothing is typed."""
        found = self._patients.find(typed) if typed.strip() else self._patients.newest()
        return tuple(_patient(line) for line in found)

    def _of_the_named(self, typed: list[str], refusals: Mapping[str, str]) -> list[Hit]:
        """Visits and actions of the patient whose number is typed before them."""
        for cut in range(len(typed) - 1, 0, -1):
            named = self._patients.find("".join(typed[:cut]), most=3, loosely=False)
            if named:
                words = _words(" ".join(typed[cut:]))
                if not _has_letters(words):
                    return []
                actions = [action for action in _fitting(self._actions, words) if action.of_patient]
                return [
                    hit
                    for line in named
                    for hit in (
                        *self._visits_of(line, words),
                        *(_doing(action, refusals.get(action.code, ""), line) for action in actions),
                    )
                ]
        return []

    def _visits_of(self, line: PatientLine, words: Sequence[str]) -> list[Hit]:
        return [
            Hit("visit", f"{line.numbers[0]} · {visit.title}", visit.detail, line.id, visit.code)
            for visit in _fitting(self._visits, words)
        ]


class _Known(NamedTuple):
    """A thing, the words of its title, and the further words it is found by."""

    thing: NamedThing
    title: tuple[str, ...]
    further: tuple[str, ...]


def _fitting(things: Iterable[_Known], typed: Sequence[str]) -> list[NamedThing]:
    """The things that fit: those with every word typed in their title first, then those whose title begins so."""

    def distance(known: _Known) -> int:
        return 0 if set(typed) <= set(known.title) else 1 if _fits(typed, known.title) else 2

    found = [known for known in things if _fits(typed, (*known.title, *known.further))]
    return [known.thing for known in sorted(found, key=distance)]


def _patient(line: PatientLine) -> Hit:
    return Hit("patient", line.numbers[0], line.detail, line.id)


def _doing(action: NamedThing, refused: str = "", line: PatientLine | None = None) -> Hit:
    title = f"{line.numbers[0]} · {action.title}" if line else action.title
    detail = "not possible now" if refused else action.detail
    return Hit("action", title, detail, line.id if line else 0, action.code, refused)


def _cannot(hit: Hit) -> bool:
    return bool(hit.refused)


def _compact(number: str) -> str:
    return _NOT_WORD.sub("", number.casefold())


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in _NOT_WORD.split(fold(text)) if word)


def _has_letters(words: Iterable[str]) -> bool:
    """Whether figures alone were typed or more: "042-017 85" is a number that nobody has, not a visit."""
    return any(c.isalpha() for word in words for c in word)


def _fits(typed: Iterable[str], words: Sequence[str]) -> bool:
    """Whether every typed word begins a word of the thing."""
    return all(any(word.startswith(part) for word in words) for part in typed)
