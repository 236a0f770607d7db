"""From which records the cohort is counted, and the words for it. Pure."""

from datetime import date
from typing import NamedTuple

from models.domain.date_notation import write_date
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.records.review import DataCut

_MOST_LETTERS = 22


class Basis(NamedTuple):
    """From what is counted: a data cut, or the records up to a day, or (neither) as they stand now."""

    cut: DataCut | None = None
    until: date | None = None

    @property
    def key(self) -> tuple[int, date | None]:
        """What tells it from others."""
        return (self.cut.id if self.cut else 0, self.until)


class Sides(NamedTuple):
    """The two counts that are held against each other, as a sentence names each: "at Board, June" and "now"."""

    first: str
    second: str


def sides(since: DataCut, basis: Basis, desk: Desk) -> Sides:
    """A cut, and what is held against it: it may be a later state, or an earlier day."""
    first = f"at {_short(since.name)}"
    return Sides(first, f"at {_short(basis.cut.name)}" if basis.cut else _up_to(basis.until, desk) or "now")


def basis_words(basis: Basis, desk: Desk) -> str:
    """From what is counted: "live", the name of a cut, "up to 1 Sep 2026"."""
    return _short(basis.cut.name) if basis.cut else _up_to(basis.until, desk) or "live"


def data_words(until: date, cut: DataCut | None, desk: Desk) -> str:
    """Of which state of the records a count tells."""
    stood = f", as the records stood at the data cut “{cut.name}”" if cut else ""
    return f"data {_up_to(until, desk)}{stood}"


def _short(name: str) -> str:
    return name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1]}…"


def _up_to(day: date | None, desk: Desk) -> str:
    return f"up to {write_date(PartialDate.from_date(day), desk)}" if day else ""
