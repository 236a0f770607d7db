"""What a check may know besides the record in hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.domain.partial_dates import PartialDate
from models.protocols.model import Protocol
from models.records.kind import Record


@dataclass(frozen=True, slots=True)
class Facts:
    """The study's protocol, today, and the days between which a patient's record lies.

    `siblings` reads the patient's records of a kind, withdrawn ones left out; it is only called by checks that compare.
    """

    protocol: Protocol
    today: date
    siblings: Callable[[str], Sequence[Record]]
    born: PartialDate | None = None
    consented: PartialDate | None = None
    died: PartialDate | None = None


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
