"""The patients in memory: what is searched at every keystroke, and the derived lines read so far. Knows no Qt."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from gui.pages.patients.presenter import CLASSES, Line
from models.domain.codelists import PATIENT_STATUS
from models.domain.folding import fold
from models.records.patient import Identity, Patient

_LATE = date.max
_STATUS_ORDER = {code: place for place, code in enumerate(PATIENT_STATUS.terms)}
_CLASS_ORDER = {code: place for place, code in enumerate(CLASSES)}

DERIVED_SORTS: Mapping[str, Callable[[Line], Any]] = {
    "status": lambda line: _STATUS_ORDER.get(line.status, len(_STATUS_ORDER)),
    "transcript": lambda line: line.transcript or "\uffff",
    "class": lambda line: _CLASS_ORDER.get(line.mrd_class, len(_CLASS_ORDER)),
    "since": lambda line: line.since or _LATE,
    "visit": lambda line: (line.visit_opens or _LATE) if line.visit else _LATE,
    "questions": lambda line: -line.questions,
    "rising": lambda line: not line.rising,
}
"""What a line is ordered by, by column; the sensible end first: most questions, rising before not rising."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What narrows the list besides the search: "" and False let everything through."""

    status: str = ""
    mrd_class: str = ""
    due: bool = False
    rising: bool = False
    questions: bool = False

    @property
    def active(self) -> bool:
        """Whether it needs the derived lines at all."""
        return self != Filter()

    def passes(self, line: Line) -> bool:
        """Whether a patient stays in the list."""
        return (
            (not self.status or line.status == self.status)
            and (not self.mrd_class or line.mrd_class == self.mrd_class)
            and (not self.due or line.due)
            and (not self.rising or bool(line.rising))
            and (not self.questions or line.questions > 0)
        )


class Base(NamedTuple):
    """What is known of a patient without the chart."""

    id: int
    label: str
    screening_number: str
    person: str
    sex: str
    age: int


class Roster:
    """Patients by place (0, 1, 2 ... in the order of screening). A search gives places and makes no object each."""

    def __init__(self, patients: Sequence[Patient]) -> None:
        """Prepare the texts that are searched."""
        self.lines: dict[int, Line] = {}
        self._bases = [_base(patient) for patient in patients]
        self._searched = [_searched(base) for base in self._bases]
        self._places = {base.id: place for place, base in enumerate(self._bases)}
        self._names: dict[int, str] = {}
        self._folded_names: dict[int, str] = {}

    def __len__(self) -> int:
        """How many patients there are."""
        return len(self._bases)

    def base(self, place: int) -> Base:
        """The facts at a place."""
        return self._bases[place]

    def line(self, place: int) -> Line | None:
        """The derived line at a place, None while it is not read."""
        return self.lines.get(self._bases[place].id)

    def name(self, place: int) -> str:
        """The name, "" unless names were asked for."""
        return self._names.get(place, "")

    def place(self, patient: int) -> int | None:
        """Where a patient stands, None for one who is not there."""
        return self._places.get(patient)

    def put(self, patient: Patient) -> None:
        """Add a patient at the end, or take over what has changed of one; the derived line is read anew."""
        base = _base(patient)
        place = self._places.setdefault(patient.id, len(self._bases))
        self._bases[place : place + 1] = [base]
        self._searched[place : place + 1] = [_searched(base)]
        self.lines.pop(patient.id, None)

    def show_names(self, identities: Iterable[Identity]) -> None:
        """Let names be searched and shown too; none given takes them away."""
        self._names = {
            place: " ".join(filter(None, (identity.family_name, identity.given_name)))
            for identity in identities
            if (place := self._places.get(identity.patient)) is not None
        }
        self._folded_names = {place: fold(name) for place, name in self._names.items()}

    def search(self, text: str) -> list[int]:
        """The places of those whose number contains the text, or whose name its words where names were asked for."""
        wanted = text.strip().casefold()
        if not wanted:
            return list(range(len(self._bases)))
        found = [place for place, searched in enumerate(self._searched) if wanted in searched]
        if self._names:
            parts = fold(text).split()
            named = (place for place, name in self._folded_names.items() if all(part in name for part in parts))
            found = sorted({*found, *named})
        return found

    def unread(self, places: Iterable[int]) -> list[int]:
        """The ids of those without a derived line."""
        ids = (self._bases[place].id for place in places)
        return [id_ for id_ in ids if id_ not in self.lines]

    def passing(self, places: Iterable[int], wanted: Filter) -> list[int]:
        """Those that a filter lets through; every line must have been read."""
        return [place for place in places if wanted.passes(self.lines[self._bases[place].id])]

    def ordered(self, places: list[int], column: str, *, backwards: bool) -> list[int]:
        """The places in the order of a column; for a derived column every line must have been read."""
        bases, lines = self._bases, self.lines
        if column in DERIVED_SORTS:
            key = DERIVED_SORTS[column]
            return sorted(places, key=lambda place: key(lines[bases[place].id]), reverse=backwards)
        if column == "person":
            return sorted(places, key=lambda place: (bases[place].sex, bases[place].age), reverse=backwards)
        return sorted(places, key=lambda place: bases[place].label, reverse=backwards)


def _base(patient: Patient) -> Base:
    age = f"{patient.age} y" if patient.age is not None else ""
    person = " \N{MIDDLE DOT} ".join(filter(None, (patient.sex, age)))
    label = patient.subject_number or patient.screening_number
    return Base(patient.id, label, patient.screening_number, person, patient.sex, patient.age or 0)


def _searched(base: Base) -> str:
    return f"{base.label}\n{base.screening_number}".casefold()
