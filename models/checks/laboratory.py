"""Laboratory values and reference ranges: known tests, a unit of that test, limits in order."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from models.checks.facts import Facts, Proposal
from models.checks.plausible import outside
from models.domain.findings import Finding, error, warning
from models.domain.notation import write_unit
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records.laboratory import LabRange, LabResult

if TYPE_CHECKING:
    from models.domain.toxicity.laboratory_tests import LabTest


def check_lab(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """A value in a unit of its test, or a reason why there is none.

    A value that is not plausible in a living patient is asked about, and so is a leap against the last value.
    """
    test = _known(proposal)
    if not proposal.get("test"):
        return
    if test is None:
        yield error("test", "This laboratory test is not known. Choose one of the list.", "lab.test")
        return
    value = proposal.get("value")
    if value is None and not proposal.get("not_done"):
        yield error("value", f"{test.label}: give the value, or say why it was not done.", "lab.empty")
    if isinstance(value, Quantity):
        if proposal.get("not_done"):
            both = f"{test.label}: a value is given, so it was done. Clear the value, or why it was not done."
            yield error("not_done", both, "lab.done")
        yield from _unit(test, value, "value")
        yield from _plausible(test, value)
        yield from _leap(test, value, proposal, facts)
        yield from _twice(test, proposal, facts)


def check_range(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """Limits in a unit of their test, the lower one below the upper one, from a day on that is known.

    A limit that is itself a bound, or a range of which nobody knows since when it holds, would grade nothing. Of two
    ranges from one day nobody could tell which one grades.
    """
    test = _known(proposal)
    if not proposal.get("test"):
        return
    if test is None:
        yield error("test", "This laboratory test is not known. Choose one of the list.", "lab.test")
        return
    since = proposal.get("valid_from")
    if isinstance(since, PartialDate) and since.earliest is None:
        yield error("valid_from", "Valid from: give a date, as far as it is known.", "range.since")
    lower, upper = proposal.get("lower"), proposal.get("upper")
    for name, limit in (("lower", lower), ("upper", upper)):
        if isinstance(limit, Quantity):
            yield from _unit(test, limit, name)
            yield from _limit(test, limit, name)
            if not limit.exact:
                said = f"{test.label}: give the {name} limit as a number alone, without “<” or “>”."
                yield error(name, said, "range.bound")
    if lower is None and upper is None:
        yield error("upper", f"{test.label}: give at least one limit.", "range.empty")
    if isinstance(lower, Quantity) and isinstance(upper, Quantity):
        if lower.unit != upper.unit:
            yield error("upper", f"{test.label}: both limits must be in one unit.", "range.unit")
        elif lower.value >= upper.value:
            yield error("upper", f"{test.label}: the upper limit must be above the lower one.", "range.order")
    same = {name: proposal.get(name) for name in ("laboratory", "test", "valid_from")}
    if not all(same.values()):
        return
    others = [r for r in facts.siblings("lab_range", **same) if isinstance(r, LabRange) and r.id != proposal.id]
    if any(other.sex == proposal.get("sex") for other in others):
        already = f"{test.label}: a range from this day is recorded already. Correct that one."
        yield error("valid_from", already, "range.twice")


def _limit(test: "LabTest", limit: Quantity, field: str) -> Iterator[Finding]:
    """A limit that no laboratory has is in another unit than it says, and would grade every value of it wrongly."""
    from models.domain.toxicity.normal_limits import limits_of
    from models.domain.toxicity.one_unit import within
    from models.domain.toxicity.units import find_unit, possible

    unit = find_unit(test.units, limit.unit)
    known = limits_of(test, unit) if unit else None
    if unit is None or known is None or not possible(limit.value):
        return
    if not within(known.lower if field == "lower" else known.upper, limit, test, unit):
        said = (f"{test.label}: no laboratory has ", limit, f" as its {field} limit of normal. Check the unit.")
        yield error(field, said, "range.implausible")


def _known(proposal: Proposal) -> "LabTest | None":
    from models.domain.toxicity.laboratory_tests import find_test

    test = proposal.get("test")
    return find_test(test) if isinstance(test, str) and test else None


def _unit(test: "LabTest", value: Quantity, field: str) -> Iterator[Finding]:
    if value.unit not in test.accepted_units:
        accepted = " or ".join(map(write_unit, test.accepted_units))
        yield error(
            field,
            f"{test.label} must be given in {accepted}, not in {write_unit(value.unit) or 'no unit'}.",
            "lab.unit",
        )


def _plausible(test: "LabTest", value: Quantity) -> Iterator[Finding]:
    from models.domain.toxicity.plausible import SPANS
    from models.domain.toxicity.units import convert, convertible, find_unit, possible

    unit = find_unit(test.units, value.unit)
    if unit is None:
        return
    if test.code == _SHARE and value.value > _WHOLE:
        yield error("value", f"{test.label} cannot be above 100 %.", "quantity.percent")
    elif not possible(value.value):
        yield error("value", f"{test.label} cannot be measured as this number. Check the digits.", "lab.number")
    elif convertible(unit, test.units[0]):
        measured = convert(value, test.units, test.unit)
        yield from outside("value", test.label, value, measured, SPANS[test.code], "lab.implausible")


_SHARE, _WHOLE = "BLASTLE", Decimal(100)
"""The one test that is a share of all cells; other percentages are of a normal value and may exceed it."""
_LEAP = Decimal(100)


def _leap(test: "LabTest", value: Quantity, proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """A hundredfold change in the same unit is more often a slipped decimal mark than a patient's blood."""
    if test.code in ("WBC", "BLASTLE", "NEUT") or value.value <= 0:
        return
    before = [
        r
        for r in facts.siblings("lab")
        if isinstance(r, LabResult) and r.test == test.code and r.id != proposal.id and r.value is not None
    ]
    last = max(before, key=lambda r: r.collected.latest or date.min, default=None)
    if last is None or last.value is None or last.value.unit != value.unit or last.value.value <= 0:
        return
    times = value.value / last.value.value
    if times >= _LEAP or times <= 1 / _LEAP:
        yield warning(
            "value",
            (
                (f"{test.label} was ", last.value, " on ", last.collected, ". "),
                "A change this large is unusual: check the decimal mark.",
            ),
            "lab.leap",
        )


def _twice(test: "LabTest", proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """The same test of the same day, not from two laboratories that are both named: typed twice, or a second sample."""
    day, place = proposal.get("collected"), proposal.get("laboratory")
    for other in facts.siblings("lab", test=test.code, collected=day) if day else ():
        if not isinstance(other, LabResult) or other.id == proposal.id or other.value is None:
            continue
        if place and other.laboratory and place != other.laboratory:
            continue
        yield warning(
            "value",
            (
                (f"{test.label} of ", other.collected, " is already recorded as ", other.value, ". "),
                "If this is a second sample of that day, say so.",
            ),
            "lab.twice",
        )
        return
