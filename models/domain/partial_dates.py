"""Clinical dates, of which sometimes only the year or the month is known. Compared as intervals, never imputed."""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


class Special(Enum):
    """A date that is absent for a stated reason."""

    UNKNOWN = "UNK"
    NOT_DONE = "ND"


_SPECIALS = {special.value: special for special in Special}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A full date, a year and month, a year, or a stated absence (unknown, not done).

    Build it with `of`, `from_date` or `from_iso`; a date that does not exist raises ValueError.
    """

    year: int = 0
    month: int = 0
    day: int = 0
    special: Special | None = None
    earliest: date | None = field(init=False, repr=False, compare=False, default=None)
    """The first day it can have been; None for a stated absence."""

    def __post_init__(self) -> None:
        """Refuse the 31st of April and the like."""
        if self.special is None:
            object.__setattr__(self, "earliest", date(self.year, self.month or 1, self.day or 1))
            if self.day and not self.month:
                raise ValueError("a day needs a month")

    @classmethod
    def from_date(cls, value: date) -> "PartialDate":
        """A fully known date."""
        return cls(value.year, value.month, value.day)

    @classmethod
    def from_iso(cls, text: str) -> "PartialDate":
        """Read `2026`, `2026-03`, `2026-03-12`, `UNK` or `ND`; anything else raises ValueError."""
        if text[4:8:3] == "--":
            full = date.fromisoformat(text)
            return cls(full.year, full.month, full.day)
        if text in _SPECIALS:
            return cls(special=_SPECIALS[text])
        match = _ISO.match(text)
        if not match:
            raise ValueError(f"not an ISO date: {text!r}")
        year, month, day = (int(part) if part else 0 for part in match.groups())
        return cls(year, month, day)

    @property
    def iso(self) -> str:
        """ISO 8601 with as many parts as are known; `UNK` or `ND` for a stated absence."""
        if self.special:
            return self.special.value
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
        if self.day:
            text += f"-{self.day:02d}"
        return text

    @property
    def full(self) -> date | None:
        """The calendar date where all of it is known, else None."""
        return self.earliest if self.day else None

    @property
    def latest(self) -> date | None:
        """The last day it can have been; None for a stated absence."""
        if self.special or self.day:
            return self.earliest
        month = self.month or 12
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    def before(self, other: "PartialDate") -> bool | None:
        """Whether this lies before `other`; None where the two intervals overlap and nobody can tell."""
        a_first, a_last, b_first, b_last = self.earliest, self.latest, other.earliest, other.latest
        if a_first is None or a_last is None or b_first is None or b_last is None:
            return None
        if a_last < b_first:
            return True
        if a_first >= b_last:
            return False
        return None

    def __str__(self) -> str:
        """The ISO text."""
        return self.iso
