"""Whether all the numbers of a row can be in the one unit that the row names.

A file has one unit a row, and files put together from two have limits in one unit beside values in another. Read as
they stand, neutrophils of 500 /uL are far above a lower limit of 1.5, and a grave neutropenia gets grade 0. Nothing
tells which of the numbers is in the wrong unit, nor whether the unit itself is wrong: 5.0 "/uL" beside limits of 1.5
and 7 are normal neutrophils. Such a row gets no grade, not even from the absolute values that CTCAE prints.

Only what no laboratory has and no living patient reaches is refused: liver enzymes of 40 times normal are neither.
"""

from decimal import Decimal

from models.domain.notation import write_unit
from models.domain.plausible import Span
from models.domain.quantities import Quantity
from models.domain.sentence import Sentence
from models.domain.toxicity.laboratory_tests import LabTest
from models.domain.toxicity.normal_limits import limits_of
from models.domain.toxicity.plausible import SPANS
from models.domain.toxicity.units import Family, Unit, convert, convertible, possible


def misfit(
    test: LabTest,
    unit: Unit,
    value: Quantity,
    lln: Decimal | None = None,
    uln: Decimal | None = None,
    baseline: Decimal | None = None,
) -> Sentence:
    """Which number of a row cannot be in its unit, and what to do; "" where all can be.

    What is no measurement in any unit, a negative number say, is left to whoever grades it. A value of 0 is 0 in every
    unit.
    """
    limits = limits_of(test, unit)
    spans: list[tuple[str, Quantity | None, Span]] = []
    if limits is not None:
        spans.append(("a lower limit of normal", _given(lln, unit), limits.lower))
        spans.append(("an upper limit of normal", _given(uln, unit), limits.upper))
    if convertible(unit, test.units[0]):
        plausible = SPANS[test.code]
        spans.append(("a value", Quantity(value.value, unit.name, value.qualifier) if value.value else None, plausible))
        spans.append(("a baseline", _given(baseline or None, unit), plausible))
    for what, given, span in spans:
        if given is not None and given.value >= 0 and possible(given.value) and not within(span, given, test, unit):
            return (f"{test.label}: {what} of ", given, f" is not possible. {_what_to_do(unit)}")
    return ""


def _given(number: Decimal | None, unit: Unit) -> Quantity | None:
    return None if number is None else Quantity(number, unit.name)


def within(span: Span, given: Quantity, test: LabTest, unit: Unit) -> bool:
    """Whether a number in that unit of the test lies in a span, which is in the test's standard unit or is a ratio."""
    return span.holds(given if unit.family is Family.RATIO else convert(given, test.units, test.unit))


def _what_to_do(unit: Unit) -> str:
    return (
        f"Either it is not in the unit of the row ({write_unit(unit.name)}), or that unit is wrong, or a decimal mark "
        "slipped. Write value, limits and baseline in one unit, and name that unit."
    )
