"""Repeated entries of a protocol file: five equal cycles and twenty follow-up visits are each written once.

An entry with a table `repeat = { name = "cycle", from = 1, to = 5 }` stands for one entry a number. `{n}` in its texts
becomes the number and `{next}` the one after. Neighbouring entries whose `repeat` has the same name are dealt out
number by number, so that "after cycle 1" comes before "cycle 2, day 1".
"""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import NamedTuple

from models.protocols.table import Table

_MOST = 200


class Turn(NamedTuple):
    """One turn of a repeated entry: its number (0 where it is written once) and the days it adds to the target."""

    number: int = 0
    days: int = 0
    optional: bool = False

    def fill(self, text: str) -> str:
        """The text with its number filled in."""
        if not self.number:
            return text
        return text.replace("{n}", str(self.number)).replace("{next}", str(self.number + 1))


class _Repeat(NamedTuple):
    name: str
    turns: tuple[Turn, ...] = (Turn(),)


def turns(entries: Iterable[Table]) -> Iterator[tuple[Table, Turn]]:
    """Each entry with each of its turns, in the order of the schedule."""
    read = [(entry, _repeat(entry)) for entry in entries]
    for name, block in groupby(read, key=lambda pair: pair[1].name):
        members = [(entry, turn) for entry, repeat in block for turn in repeat.turns]
        yield from sorted(members, key=lambda pair: pair[1].number) if name else members


def _repeat(entry: Table) -> _Repeat:
    if not entry.has("repeat"):
        return _Repeat("")
    table = entry.table("repeat")
    name = table.text("name")
    first = table.integer("from", least=1)
    last = table.integer("to", least=first)
    step = table.integer("step", 1, least=1)
    days_each = table.decimal("days_each", Decimal(0))
    optional_from = table.integer("optional_from", last + 1)
    table.finish()
    numbers = range(first, last + 1, step)
    if len(numbers) > _MOST:
        raise table.refusal("to", f"more than {_MOST} repeats.")
    if days_each * last > 100_000:
        raise table.refusal("days_each", "the last repeat lies more than 100000 days away.")
    return _Repeat(name, tuple(Turn(n, _days(n, days_each), n >= optional_from) for n in numbers))


def _days(number: int, days_each: Decimal) -> int:
    return int((number * days_each).quantize(Decimal(1), ROUND_HALF_UP))
