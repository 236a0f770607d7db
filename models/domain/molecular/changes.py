"""How far one result lies above or below an earlier one of the same series, in logs."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

from models.domain.molecular.classification import Level
from models.domain.molecular.logs import LOG_UNIT, logs_between
from models.domain.quantities import Quantity

_HUNDREDTH = Decimal("0.01")
_ROUNDING = {"": ROUND_HALF_EVEN, ">": ROUND_FLOOR, "<": ROUND_CEILING}  # a limit must stay true when rounded


class Change(NamedTuple):
    """From an earlier result to a later one, both in percent; the qualifier says that the logs between are a limit."""

    earlier: Decimal
    later: Decimal
    qualifier: str

    @property
    def logs(self) -> Decimal:
        """Above zero where it rose. Worked out when asked: few of a study's many changes are ever shown."""
        return logs_between(self.later, self.earlier)

    def reaches(self, logs: Decimal) -> bool:
        """Whether it rose by at least that much, which is more than nothing, for certain."""
        return self.qualifier != "<" and self.later > self.earlier and self.logs >= logs

    @property
    def shown(self) -> Quantity:
        """With two decimals."""
        return Quantity(self.logs.quantize(_HUNDREDTH, _ROUNDING[self.qualifier]), LOG_UNIT, self.qualifier)


def change(earlier: Level, later: Level) -> Change | None:
    """From `earlier` to `later`; None where both are limits of the same side, so that nobody can tell."""
    sides = {later.qualifier, {"": "", "<": ">", ">": "<"}[earlier.qualifier]} - {""}
    if len(sides) > 1:
        return None
    return Change(earlier.percent, later.percent, sides.pop() if sides else "")
