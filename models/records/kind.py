"""What a kind of record is, and the register of all kinds."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple, Self, TypeVar, dataclass_transform

from models.domain.fields import Field


class Kind(NamedTuple):
    """A kind of record: its stable name (also its table), the words for one of it, its SDTM domain, its fields.

    `parent` names the kind that a record belongs to besides its patient (the grades of an adverse event). `of_study`
    kinds belong to the study, not to a patient. `single` kinds exist at most once per patient. `review` kinds say
    something about the record (a question, a signature, a lock) and are not part of it.
    """

    name: str
    title: str
    record: type["Record"]
    fields: Mapping[str, Field]
    sdtm: str = ""
    parent: str = ""
    of_study: bool = False
    single: bool = False
    review: bool = False

    def field(self, name: str) -> Field:
        """The declaration of a field; an unknown name is a fault of the program."""
        return self.fields[name]


KINDS: dict[str, Kind] = {}
_set = object.__setattr__

RecordType = TypeVar("RecordType", bound="Record")


@dataclass_transform(kw_only_default=True, frozen_default=True)
def _declared(cls: type[RecordType]) -> type[RecordType]:
    """Let `dataclasses` read what a class declares, and generate nothing: `Record` does the work for every kind.

    Generating constructor, equality and the rest anew for each of thirty kinds would be a tenth of the program's start.
    """
    return dataclass(kw_only=True, init=False, repr=False, eq=False, match_args=False)(cls)


@_declared
class Record:
    """What every stored record carries. Records are frozen: a correction makes a new one and keeps the old value.

    `voided` is the reason for which a record was withdrawn (records are never deleted), else None. `changed_at` is None
    until the first correction.
    """

    kind: ClassVar[Kind]
    names: ClassVar[frozenset[str]]
    defaults: ClassVar[Mapping[str, Any]]

    id: int = 0
    patient: int = 0
    parent: int = 0
    entered_at: datetime | None = None
    entered_by: str = ""
    changed_at: datetime | None = None
    voided: str | None = None

    def __init__(self, **values: Any) -> None:
        """Take the values by name; what is left out takes its default, a required field has none."""
        values = {**self.defaults, **values}
        if values.keys() != self.names:
            wrong = ", ".join(sorted(values.keys() ^ self.names))
            raise TypeError(f"{type(self).__name__}: missing or unknown: {wrong}")
        for name, value in values.items():
            _set(self, name, value)

    @classmethod
    def stored(cls, values: dict[str, Any]) -> Self:
        """A record as the store holds it: every value is there and was checked when it was entered."""
        record = object.__new__(cls)
        _set(record, "__dict__", values)
        return record

    def __setattr__(self, name: str, value: object) -> None:
        raise dataclasses.FrozenInstanceError(f"a record is never changed: {name}")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__dict__ == self.__dict__

    def __hash__(self) -> int:
        return hash((self.kind.name, self.id, self.patient))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"

    def values(self) -> dict[str, Any]:
        """The declared fields and their values, in the order of declaration."""
        return {name: getattr(self, name) for name in type(self).kind.fields}


@dataclass_transform(kw_only_default=True, frozen_default=True)
def record_kind(
    name: str,
    title: str,
    *,
    sdtm: str = "",
    parent: str = "",
    of_study: bool = False,
    single: bool = False,
    review: bool = False,
) -> Callable[[type[RecordType]], type[RecordType]]:
    """Declare a dataclass as a kind of record and enter it in the register."""

    def register(cls: type[RecordType]) -> type[RecordType]:
        record = _declared(cls)
        items = dataclasses.fields(record)
        record.names = frozenset(item.name for item in items)
        record.defaults = {item.name: item.default for item in items if item.default is not dataclasses.MISSING}
        declared = {
            item.name: item.metadata["field"]._replace(name=item.name) for item in items if "field" in item.metadata
        }
        kind = Kind(name, title, record, MappingProxyType(declared), sdtm, parent, of_study, single, review)
        record.kind = kind
        KINDS[name] = kind
        return record

    return register
