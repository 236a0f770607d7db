"""Reading one value against one scale.

Boundaries are read as CTCAE prints them: of "75 to 50" for a falling value 50 belongs to the range and 75 does not; of
"above 3 to 5 x ULN" 5 x ULN belongs to it and 3 x ULN does not. Ranges printed in whole numbers (sodium 125-129, then
130; QTc 481-500) are joined without a gap. Where a scale begins at the limit of normal, a value within normal has grade
0 even if it lies beyond a fixed value: with an LLN of 70, platelets of 72 × 10⁹/L are normal, and 68 are grade 2.
"""

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache

from models.domain.quantities import Quantity
from models.domain.sentence import Sentence, joined
from models.domain.toxicity.criteria import Basis, Condition, Cut, Direction, Scale
from models.domain.toxicity.units import Family, Unit, decimal, find_unit

Point = tuple[Fraction, int]
"""A value, and -1, 0 or 1 for "just below", "exactly" and "just above" it: how "<0.5" is followed to its end."""

_SHOWN = Context(prec=6)
_OF_LIMIT = (Basis.LIMIT, Basis.LIMIT_AND_BASELINE)
_LIMIT_NAMES = {
    Direction.LOW: ("LLN", "the lower limit of normal"),
    Direction.HIGH: ("ULN", "the upper limit of normal"),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What a value is read against, in the test's standard unit; None where not given. `unit` is the value's own."""

    units: tuple[Unit, ...]
    unit: Unit
    lower: Fraction | None
    upper: Fraction | None
    baseline: Fraction | None

    def limit(self, direction: Direction) -> Fraction | None:
        """The limit of normal on the side on which the scale grows worse."""
        return self.lower if direction is Direction.LOW else self.upper


@dataclass(frozen=True, slots=True)
class Reading:
    """The grade of a value on one scale, and the clause that says why ("below 50 × 10⁹/L but not below 25 × 10⁹/L").

    `grade` is None where it cannot be told; `obstacle` then completes "<value> ...". `needs_limit` is set where only
    the limit of normal is missing.
    """

    scale: Scale
    grade: int | None
    clause: Sentence
    obstacle: Sentence = ""
    needs_limit: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    """A cut put in its place: `place` is in the standard unit, None where what it is measured from was not given.

    `printed` is the cut's amount as CTCAE prints it, in the unit that suits the value; None for a multiple.
    """

    cut: Cut
    place: Fraction | None
    printed: Quantity | None


def read(scale: Scale, frame: Frame, ends: tuple[Point, Point], version: str) -> Reading:
    """Read a value, or all that lies between two ends where only a bound is known, against a scale."""
    marks = [_mark(cut, scale, frame) for cut in scale.cuts]
    first = _highest(scale, frame, marks, ends[0])
    last = first if ends[1] == ends[0] else _highest(scale, frame, marks, ends[1])
    if frame.limit(scale.direction) is None:
        unknown = max((mark.cut.grade for mark in marks if mark.cut.basis in _OF_LIMIT), default=0)
        if unknown > min(first, last):
            known = _unreached_fixed(scale, frame, marks, ends)
            clause: Sentence = ("; it is ", known) if known else ""
            obstacle = (f"cannot be graded without {_LIMIT_NAMES[scale.direction][1]}", clause, ".")
            return Reading(scale, None, known, obstacle, needs_limit=True)
    if first != last:
        low, high = sorted((first, last))
        return Reading(scale, None, "", f"can be anything from grade {low} to grade {high}: only an exact value tells.")
    between = _clause(scale, frame, marks, ends[0], first)
    if scale.managed and first:
        by_management = f"CTCAE {version} grades {scale.term.lower()} {scale.managed}."
        return Reading(scale, None, between, ("is ", between, f". {by_management}"))
    return Reading(scale, first, between)


def _mark(cut: Cut, scale: Scale, frame: Frame) -> _Mark:
    printed, amount = _amount(cut, frame.units, frame.unit.family) if cut.amounts else (None, Fraction(0))
    limit = frame.limit(scale.direction)
    if cut.basis is Basis.FIXED:
        return _Mark(cut, amount, printed)
    if cut.basis is Basis.LIMIT_AND_BASELINE:
        return _Mark(cut, None if limit is None else max(limit, frame.baseline or limit), printed)
    origin = limit if cut.basis is Basis.LIMIT else frame.baseline
    if origin is None:
        return _Mark(cut, None, printed)
    if cut.factor != 1:
        origin *= Fraction(cut.factor)
    return _Mark(cut, origin + amount if cut.amounts else origin, printed)


@cache
def _amount(cut: Cut, units: tuple[Unit, ...], family: Family) -> tuple[Quantity, Fraction]:
    """The cut's amount as printed for the family of units in which the value was reported, else the first one."""
    printed = [(amount, unit) for amount, name in cut.amounts if (unit := find_unit(units, name))]
    amount, unit = next(((a, u) for a, u in printed if u.family is family), printed[0])
    return shown(amount, unit.name), Fraction(amount) * unit.factor


def _highest(scale: Scale, frame: Frame, marks: list[_Mark], point: Point) -> int:
    """The gravest grade of which the value lies beyond the cut; 0 if none."""
    return max((m.cut.grade for m in marks if _reached(m, scale, frame, point)), default=0)


def _reached(mark: _Mark, scale: Scale, frame: Frame, point: Point) -> bool:
    if mark.place is None or not _beyond(point, mark.place, scale.direction, inclusive=mark.cut.inclusive):
        return False
    return _counts(mark.cut, scale, frame, point)


def _beyond(point: Point, place: Fraction, direction: Direction, *, inclusive: bool = False) -> bool:
    value, aside = point
    if value == place:
        return (aside < 0 if direction is Direction.LOW else aside > 0) or (inclusive and aside == 0)
    return value < place if direction is Direction.LOW else value > place


def _counts(cut: Cut, scale: Scale, frame: Frame, point: Point) -> bool:
    """Whether the condition under which a cut counts is met."""
    limit, baseline = frame.limit(scale.direction), frame.baseline
    if cut.basis is Basis.FIXED and scale.begins_at_limit and limit is not None:
        return _beyond(point, limit, scale.direction)
    if cut.condition is Condition.ALWAYS:
        return True
    if cut.condition is Condition.VALUE_ABNORMAL:
        return limit is not None and _beyond(point, limit, scale.direction)
    if cut.condition is Condition.BASELINE_BELOW_LLN:
        return baseline is not None and frame.lower is not None and baseline < frame.lower
    abnormal = False
    if limit is not None and baseline is not None:
        abnormal = _beyond((baseline, 0), limit, scale.direction)
    return abnormal is (cut.condition is Condition.BASELINE_ABNORMAL)


def _clause(scale: Scale, frame: Frame, marks: list[_Mark], point: Point, grade: int) -> Sentence:
    """Between which two cuts the value lies, in words."""
    placed = [mark for mark in marks if mark.place is not None]
    reached = [m for m in placed if m.cut.grade == grade and _reached(m, scale, frame, point)]
    further = [m for m in placed if m.cut.grade > grade and _relevant(m.cut, scale, frame, point)]
    parts = [_words(reached[0], scale, frame, reached=True)] if reached else []
    if further:
        nearest = min(further, key=lambda mark: mark.cut.grade)
        parts.append(_words(nearest, scale, frame, reached=False))
    return joined(" but ", parts)


def _relevant(cut: Cut, scale: Scale, frame: Frame, point: Point) -> bool:
    """Whether a cut that was not reached belongs in the explanation."""
    return (cut.basis is Basis.FIXED and scale.begins_at_limit) or _counts(cut, scale, frame, point)


def _unreached_fixed(scale: Scale, frame: Frame, marks: list[_Mark], ends: tuple[Point, Point]) -> Sentence:
    for mark in marks:
        if mark.cut.basis is Basis.FIXED and not any(_reached(mark, scale, frame, point) for point in ends):
            return _words(mark, scale, frame, reached=False)
    return ""


def _words(mark: _Mark, scale: Scale, frame: Frame, *, reached: bool) -> Sentence:
    low = scale.direction is Direction.LOW
    if reached:
        side = ("at or " if mark.cut.inclusive else "") + ("below" if low else "above")
    elif mark.cut.inclusive:
        side = "above" if low else "below"
    else:
        side = "not below" if low else "not above"
    return (f"{side} ", _describe(mark, scale, frame))


def _describe(mark: _Mark, scale: Scale, frame: Frame) -> Sentence:
    cut = mark.cut
    if cut.basis is Basis.FIXED or mark.place is None:
        return mark.printed or ""
    here = (" (", shown(_SHOWN.plus(decimal(mark.place / frame.unit.factor)), frame.unit.name), ")")
    short, long = _LIMIT_NAMES[scale.direction]
    if cut.basis is Basis.BASELINE:
        short = long = "the baseline"
    elif cut.basis is Basis.LIMIT_AND_BASELINE and frame.baseline is not None:
        long = f"both {long} and the baseline"
    if mark.printed:
        return (mark.printed, f" over {long}", here)
    return (long, here) if cut.factor == 1 else (cut.factor, f" x {short}", here)


def shown(value: Decimal, unit: str) -> Quantity:
    """A value with its unit as a report prints it: "48 × 10⁹/L", "1.8" for a ratio."""
    number = f"{value:f}"
    if unit.startswith("10^") and "." in number:
        number = number.rstrip("0").rstrip(".")
    return Quantity(Decimal(number), "" if unit == "ratio" else unit)
