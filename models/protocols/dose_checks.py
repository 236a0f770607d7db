"""What is doubtful about a dose as recorded: off the ladder, above the ceiling, another unit, an overlap."""

from collections.abc import Sequence
from datetime import date

from models.domain.findings import Finding, error, warning
from models.domain.quantities import Quantity
from models.domain.sentence import exactly, joined
from models.protocols.dosing import DoseInterval
from models.protocols.model import Drug, Protocol


def dose_findings(
    protocol: Protocol, interval: DoseInterval, others: Sequence[DoseInterval] = ()
) -> tuple[Finding, ...]:
    """The findings about one recorded dose, beside the other doses of the same patient.

    A drug that the protocol does not name has no findings of its ladder. Doubtful, never impossible: what was given was
    given; only an end before its beginning cannot be.
    """
    found: list[Finding] = []
    if interval.end and interval.end.before(interval.start):
        found.append(error("ended", "The dose ends before it begins.", "dose.ends-before-start"))
    drug = protocol.drug(interval.drug)
    if drug:
        found += _level(drug, interval)
    if interval.dose is not None and interval.dose.value == 0 and not interval.reason:
        found.append(warning("reason", "An interruption needs its reason.", "dose.held-without-reason"))
    if any(_overlap(interval, other) for other in others if other.drug == interval.drug and other.key != interval.key):
        name = drug.name if drug else interval.drug
        found.append(warning("began", f"Another dose of {name} is recorded for the same days.", "dose.overlap"))
    return tuple(found)


def _level(drug: Drug, interval: DoseInterval) -> list[Finding]:
    dose = interval.dose
    if dose is None or dose.value == 0:
        return []
    if drug.cap is not None and dose.unit == drug.cap_unit:
        if dose.value <= drug.cap:
            return []
        ceiling = Quantity(drug.cap, drug.cap_unit)
        above = (dose, " is above the ceiling of ", ceiling, f" for {drug.name}.")
        return [warning("dose", above, "dose.above-cap")]
    if dose.unit != drug.unit:
        unit = dose.unit or "no unit"
        return [warning("dose", f"The dose of {drug.name} is in {unit}; the protocol uses {drug.unit}.", "dose.unit")]
    if drug.ladder and dose.value not in drug.ladder:
        steps = joined(", ", map(exactly, drug.ladder))
        none = (dose, f" is no dose step of {drug.name} (", steps, f" {drug.unit}).")
        return [warning("dose", none, "dose.off-ladder")]
    return []


def _overlap(one: DoseInterval, other: DoseInterval) -> bool:
    """Whether two intervals certainly share a day."""
    starts, ends = (one.start.latest, other.start.latest), (_surely_until(one), _surely_until(other))
    if starts[0] is None or starts[1] is None:
        return False
    return max(starts[0], starts[1]) <= min(ends)


def _surely_until(interval: DoseInterval) -> date:
    if interval.end is None:
        return date.max
    return interval.end.earliest or date.min
