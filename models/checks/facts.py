"""What a check may know besides the record in hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol as Shape

from models.domain.partial_dates import PartialDate
from models.protocols.model import Protocol
from models.records.kind import Record


class Siblings(Shape):
    """Reads the patient's other records, or those of the study where the kind belongs to it."""

    def __call__(self, kind: str, **same: object) -> Sequence[Record]:
        """Those of a kind that are not withdrawn; `same` narrows them to those with these values, none of them None."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The study's protocol, the moment of checking, and the days between which a patient's record lies.

    `age` is the one that is recorded, at consent. `siblings` is only called by checks that compare.
    """

    protocol: Protocol
    now: datetime
    siblings: Siblings
    born: PartialDate | None = None
    consented: PartialDate | None = None
    died: PartialDate | None = None
    age: int | None = None

    @property
    def today(self) -> date:
        """The calendar day at this desk."""
        return self.now.date()


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
