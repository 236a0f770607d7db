"""What a value can be in somebody who is alive: the span outside which a slip is likelier than the measurement."""

from decimal import Decimal
from typing import NamedTuple

from models.domain.quantities import Quantity


class Span(NamedTuple):
    """Two limits, both still plausible, in a unit that whoever declares the span names.

    The limits are the program's own and no clinical rule: wider than anything that CTCAE grades, so that they catch a
    unit or a decimal mark that slipped and leave the sickest patient alone.
    """

    low: Decimal
    high: Decimal

    def holds(self, value: Quantity) -> bool:
        """Whether the value, in the span's unit, may lie inside: "<5" and ">300" count as far as they decide."""
        below = value.value < self.low and not value.qualifier.startswith(">")
        above = value.value > self.high and not value.qualifier.startswith("<")
        return not (below or above)


def span(low: str, high: str) -> Span:
    """A span from its limits as they are written in a declaration."""
    return Span(Decimal(low), Decimal(high))
