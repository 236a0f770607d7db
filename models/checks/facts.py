"""What a check may know besides the record in hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol as Shape

from models.domain.date_notation import write_date
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.protocols.model import Protocol
from models.records.kind import Record


def written(day: PartialDate | None) -> str:
    """A date inside a finding's sentence; findings are English sentences."""
    return write_date(day, Desk.ENGLISH) if day else "an unknown day"


class Siblings(Shape):
    """Reads the patient's other records."""

    def __call__(self, kind: str, **same: object) -> Sequence[Record]:
        """Those of a kind that are not withdrawn; `same` narrows them to those with these values, none of them None."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The study's protocol, today, and the days between which a patient's record lies.

    `age` is the one that is recorded, at consent. `siblings` is only called by checks that compare.
    """

    protocol: Protocol
    today: date
    siblings: Siblings
    born: PartialDate | None = None
    consented: PartialDate | None = None
    died: PartialDate | None = None
    age: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The record as it would be saved. `id` is 0 for a first entry; `children` are (kind, values) pairs."""

    kind: str
    values: Mapping[str, object]
    id: int = 0
    children: tuple[tuple[str, Mapping[str, object]], ...] = ()

    def get(self, name: str) -> object:
        """The value of a field, None where it is empty."""
        return self.values.get(name)
