"""Checks that follow from a field's declaration alone: present, of its codelist, in its units, on a possible day."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from models.checks.facts import Facts, Proposal
from models.checks.plausible import outside
from models.domain.fields import LONGEST_NAME, Field, FieldType, length_problem
from models.domain.findings import Finding, error, warning
from models.domain.notation import write_unit
from models.domain.partial_dates import PartialDate, Special
from models.domain.quantities import Quantity
from models.records import KINDS

_FIRST_YEAR = 1900
_MOST = 1_000_000_000
"""Nothing that is counted here comes near."""
_CLOCKS_DIFFER = timedelta(minutes=10)
"""By so much a moment read off another clock may lie ahead of this one."""
_MAY_SAY_NOT_DONE = frozenset({("mutation", "collected"), ("lab", "collected")})
"""Records that are also kept of what was not done, with the reason; of all others the record says that it was."""
_MAY_LIE_AHEAD = frozenset({("lab_range", "valid_from")})
_NOT_WITHIN_A_LIFE = frozenset({"identity", "lab_range", "flag"})
_AFTER_DEATH_IS_NORMAL = frozenset({"reported", "received", "settled"})


def check_fields(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """One field after the other, in the order of declaration."""
    kind = KINDS[proposal.kind]
    for field in kind.fields.values():
        value = proposal.get(field.name)
        if value is None or value == () or (isinstance(value, str) and not value.strip()):
            if field.required:
                yield error(field.name, f"“{field.label}” is missing.", "field.required")
        elif field.type in (FieldType.TEXT, FieldType.NOTE):
            yield from _text(field, str(value), field.longest)
        elif isinstance(value, PartialDate):
            yield from _date(proposal.kind, field, value, facts)
        elif isinstance(value, datetime):
            yield from _moment(field, value, facts)
        elif isinstance(value, Quantity):
            yield from _quantity(field, value)
        elif field.type in (FieldType.CHOICE, FieldType.CHOICES):
            yield from _codes(field, value)
        elif field.type is FieldType.INTEGER and isinstance(value, int):
            yield from _count(field, value)
        elif field.type is FieldType.REFERENCE:
            yield from _reference(field, value, facts)


def _text(field: Field, value: str, longest: int) -> Iterator[Finding]:
    problem = length_problem(field.label, value, longest)
    if problem:
        yield error(field.name, problem, "text.long")
    if "\0" in value:
        yield error(field.name, f"{field.label} holds a zero byte, which is no character. Type it again.", "text.zero")


def _date(kind: str, field: Field, value: PartialDate, facts: Facts) -> Iterator[Finding]:
    first, last = value.earliest, value.latest
    if field.required and value.special is Special.NOT_DONE and (kind, field.name) not in _MAY_SAY_NOT_DONE:
        none = f"“{field.label}” says “not done”, and then there is nothing to record. Give the day, or “unknown”."
        yield error(field.name, none, "date.not-done")
    if first is None or last is None:
        return
    if last.year < _FIRST_YEAR:
        yield error(field.name, f"{field.label} lies before {_FIRST_YEAR}. Check the year.", "date.too-early")
    if first > facts.today and (kind, field.name) not in _MAY_LIE_AHEAD:
        yield error(
            field.name,
            f"{field.label} lies after today. A result or an event cannot be recorded ahead.",
            "date.after-today",
        )
    if kind in _NOT_WITHIN_A_LIFE:
        return
    if facts.born and value.before(facts.born):
        yield error(field.name, f"{field.label} lies before the date of birth.", "date.before-birth")
    if kind != "death" and facts.died and facts.died.before(value) and field.name not in _AFTER_DEATH_IS_NORMAL:
        yield warning(field.name, f"{field.label} lies after the date of death.", "date.after-death")


def _moment(field: Field, value: datetime, facts: Facts) -> Iterator[Finding]:
    if value > facts.now + _CLOCKS_DIFFER:
        yield error(
            field.name,
            (f"{field.label} ", value, " lies after now. What has not happened cannot be recorded ahead."),
            "moment.after-now",
        )


def _quantity(field: Field, value: Quantity) -> Iterator[Finding]:
    if field.units and value.unit not in field.units:
        allowed = " or ".join(map(write_unit, field.units))
        given = write_unit(value.unit) or "no unit"
        yield error(field.name, f"{field.label} must be given in {allowed}, not in {given}.", "quantity.unit")
    if (value.value < 0 or (value.value == 0 and value.qualifier == "<")) and field.units != ("°C",):
        yield error(field.name, f"{field.label} cannot be below zero.", "quantity.negative")
    if value.unit == "%" and field.units and (value.value > 100 or (value.value == 100 and value.qualifier == ">")):
        yield error(field.name, f"{field.label} cannot be above 100 %.", "quantity.percent")
    if field.plausible and value.unit == field.units[0]:
        yield from outside(field.name, field.label, value, value, field.plausible, "quantity.implausible")


def _count(field: Field, value: int) -> Iterator[Finding]:
    if value < 0:
        yield error(field.name, f"{field.label} cannot be below zero.", "integer.negative")
    if value > _MOST:
        yield error(field.name, f"{field.label} is too large to be true. Check the number of digits.", "integer.large")


def _reference(field: Field, value: object, facts: Facts) -> Iterator[Finding]:
    if all(other.id != value for other in facts.siblings(field.target)):
        yield error(
            field.name,
            f"{field.label}: the record that is meant is not there any more. Choose another, or leave it empty.",
            "reference.missing",
        )


def _codes(field: Field, value: object) -> Iterator[Finding]:
    codelist = field.codelist
    for code in value if isinstance(value, tuple) else (value,):
        if codelist is None or codelist.open:
            yield from _text(field, str(code), LONGEST_NAME)
        elif code not in codelist.terms:
            yield error(field.name, f"{field.label}: {code} is not one of the choices.", "choice.unknown")
