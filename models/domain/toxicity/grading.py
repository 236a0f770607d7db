"""The CTCAE grade of a laboratory value, proposed from the number; a person confirms it.

Sources: NCI CTCAE 4.03 (14 June 2010), 5.0 (27 November 2017) and 6.0 (workbook of 20 January 2026). How boundaries
are read is told in `reading`.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from models.domain.derived import Derived, Rule
from models.domain.dictionary import check_version
from models.domain.notation import write_unit
from models.domain.quantities import Quantity
from models.domain.sentence import Sentence, joined
from models.domain.toxicity.criteria import Basis, Condition, Scale
from models.domain.toxicity.reading import Frame, Point, Reading, read, shown
from models.domain.toxicity.subjects import Subject, find_subject, no_scale, scales_of
from models.domain.toxicity.units import Unit, convertible, find_unit, possible

RULE_VERSION = "3"
_SOURCES = {
    "4.03": "NCI CTCAE 4.03, 14 June 2010",
    "5.0": "NCI CTCAE 5.0, 27 November 2017",
    "6.0": "NCI CTCAE 6.0, workbook of 20 January 2026",
}
_BEYOND_EVERYTHING = Fraction(10**20)


@dataclass(frozen=True, slots=True)
class Grading:
    """A proposed grade: 0 where the value is not abnormal, None where no grade can be told. Never 5.

    `term` is the adverse-event term graded ("" for a test without one; both, joined by " / ", where a test has two and
    neither applies). `needs_judgement` says what a person has to consider and how it would change the grade.
    """

    grade: int | None
    term: str
    needs_judgement: Sentence


_Inputs = tuple[tuple[str, Sentence], ...]


class _UnusableError(Exception):
    """Something given cannot be used; the text says what."""


def grade(
    test_or_term: str,
    value: Quantity,
    version: str,
    lln: Quantity | Decimal | None = None,
    uln: Quantity | Decimal | None = None,
    baseline: Quantity | Decimal | None = None,
) -> Derived[Grading]:
    """Grade a laboratory value under CTCAE `version` ("4.03", "5.0" or "6.0").

    `test_or_term` is a test code or usual name, or a CTCAE term of any version. A bare decimal as limit or baseline is
    in the unit of the value. A test with two directions takes the one in which the value is abnormal. A limit that is
    missing leaves the value ungraded only where the grade depends on it; without a baseline, rules on the baseline play
    no part, and where there are none, neither does a baseline.

    Raises:
        TrialError: an unknown CTCAE version. Everything else that is wrong is told in the reason, with grade None.
    """
    check_version(version)
    given = _inputs(test_or_term, value, version, lln, uln, baseline)
    subject = find_subject(test_or_term)
    if isinstance(subject, str):
        return _ungraded(version, (), given, subject)
    scales = tuple(s for s in scales_of(subject.test.code, version) if subject.direction in (None, s.direction))
    if not scales:
        return _ungraded(version, (), given, no_scale(subject, version))
    try:
        frame, ends = _frame(subject, scales, value, lln, uln, baseline)
    except _UnusableError as problem:
        return _ungraded(version, scales, given, str(problem))
    readings = [read(scale, frame, ends, version) for scale in scales]
    return _choose(version, given, frame, readings, (value.qualifier, shown(value.value, frame.unit.name)))


def _choose(version: str, given: _Inputs, frame: Frame, readings: list[Reading], head: Sentence) -> Derived[Grading]:
    """The direction in which the value is abnormal; else what stands in the way; else grade 0 in both."""
    abnormal = max(readings, key=lambda reading: reading.grade or 0)
    if abnormal.grade:
        scale = abnormal.scale
        remarks = _remarks(scale, frame, graded=True)
        reason = (head, " is ", abnormal.clause, f": grade {abnormal.grade}.{remarks}")
        judgement = joined(" ", filter(None, (scale.judgement(abnormal.grade), _far_baseline(scale, frame))))
        return Derived(Grading(abnormal.grade, scale.term, judgement), _rule(version, (scale,)), given, reason)
    skipped = [r for r in readings if r.needs_limit and r.scale.minor and len(readings) > 1]
    looked_at = [r for r in readings if r not in skipped]
    scales = tuple(r.scale for r in looked_at)
    for reading in looked_at:
        if reading.grade is None:
            return _ungraded(version, (reading.scale,), given, (head, " ", reading.obstacle))
    remarks = "".join(dict.fromkeys(_remarks(scale, frame, graded=False) for scale in scales))
    if skipped:
        remarks += " An increase was not looked for: no upper limit of normal was given."
    reason = (head, " is ", joined(" and ", (r.clause for r in looked_at)), f": grade 0.{remarks}")
    judgement = joined(" ", dict.fromkeys(filter(None, (scale.judgement(0) for scale in scales))))
    term = " / ".join(dict.fromkeys(scale.term for scale in scales))
    return Derived(Grading(0, term, judgement), _rule(version, scales), given, reason)


def _remarks(scale: Scale, frame: Frame, *, graded: bool) -> str:
    remarks = f" Note: {scale.remark}." if graded and scale.remark else ""
    if scale.uses_baseline and frame.baseline is None:
        remarks += " No baseline was given, so it played no part."
    elif frame.lower is None and any(c.condition is Condition.BASELINE_BELOW_LLN for c in scale.cuts):
        remarks += " No lower limit of normal was given, so the baseline played no part."
    return remarks


def _far_baseline(scale: Scale, frame: Frame) -> str:
    limit = frame.limit(scale.direction)
    if scale.baseline_up_to is None or frame.baseline is None or limit is None:
        return ""
    if frame.baseline <= Fraction(scale.baseline_up_to) * limit:
        return ""
    return f"The multiples are worded for a baseline of up to {scale.baseline_up_to} x ULN; judge whether they fit."


def _ungraded(version: str, scales: tuple[Scale, ...], given: _Inputs, reason: Sentence) -> Derived[Grading]:
    term = " / ".join(dict.fromkeys(scale.term for scale in scales))
    return Derived(Grading(None, term, ""), _rule(version, scales), given, reason)


def _rule(version: str, scales: tuple[Scale, ...]) -> Rule:
    names = dict.fromkeys(re.sub(r"[^a-z0-9]+", "-", scale.term.lower()).strip("-") for scale in scales)
    return Rule(f"ctcae-{version}/{'+'.join(names) or 'not-graded'}", RULE_VERSION, _SOURCES[version])


def _inputs(
    subject: str,
    value: Quantity,
    version: str,
    lln: Quantity | Decimal | None,
    uln: Quantity | Decimal | None,
    baseline: Quantity | Decimal | None,
) -> _Inputs:
    return (
        ("Test or term", subject),
        ("Value", _text(value, "")),
        ("Lower limit of normal", _text(lln, value.unit)),
        ("Upper limit of normal", _text(uln, value.unit)),
        ("Baseline", _text(baseline, value.unit)),
        ("CTCAE version", version),
    )


def _text(given: Quantity | Decimal | None, unit: str) -> Sentence:
    if given is None:
        return "not given"
    quantity = Quantity(given, unit) if isinstance(given, Decimal) and given.is_finite() else given
    if isinstance(quantity, Decimal) or not possible(quantity.value):
        return "not a possible measurement"
    return (quantity.qualifier, shown(quantity.value, quantity.unit))


def _frame(
    subject: Subject,
    scales: tuple[Scale, ...],
    value: Quantity,
    lln: Quantity | Decimal | None,
    uln: Quantity | Decimal | None,
    baseline: Quantity | Decimal | None,
) -> tuple[Frame, tuple[Point, Point]]:
    unit = _unit(subject, value.unit)
    amount = _standard(value.value, unit, "value")
    multiplied = any(cut.basis is Basis.BASELINE for scale in scales for cut in scale.cuts)
    own = baseline if any(scale.uses_baseline for scale in scales) else None
    frame = Frame(
        units=subject.test.units,
        unit=unit,
        lower=_reference(subject, lln, unit, "lower limit of normal"),
        upper=_reference(subject, uln, unit, "upper limit of normal", above_zero=True),
        baseline=_reference(subject, own, unit, "baseline", above_zero=multiplied),
    )
    if frame.lower is not None and frame.upper is not None and frame.lower > frame.upper:
        raise _UnusableError("The lower limit of normal is above the upper one. Correct the reference range.")
    return frame, _ends(value.qualifier, amount)


def _ends(qualifier: str, amount: Fraction) -> tuple[Point, Point]:
    """The two ends of what a value with a qualifier can stand for."""
    zero, endless = (Fraction(0), 0), (_BEYOND_EVERYTHING, 0)
    if qualifier.startswith("<"):
        return zero, (amount, 0 if qualifier == "<=" else -1)
    if qualifier.startswith(">"):
        return (amount, 0 if qualifier == ">=" else 1), endless
    return (amount, 0), (amount, 0)


def _unit(subject: Subject, text: str) -> Unit:
    unit = find_unit(subject.test.units, text)
    if unit:
        return unit
    accepted = ", ".join(map(write_unit, subject.test.accepted_units))
    if not text.strip():
        raise _UnusableError(f"A value without a unit cannot be graded. Units of {subject.test.label}: {accepted}.")
    raise _UnusableError(f"{subject.test.label} is not measured in “{text.strip()[:40]}”. Its units: {accepted}.")


def _reference(
    subject: Subject, given: Quantity | Decimal | None, unit: Unit, what: str, *, above_zero: bool = False
) -> Fraction | None:
    if given is None:
        return None
    if isinstance(given, Decimal):
        amount = _standard(given, unit, what)
    else:
        own = _unit(subject, given.unit) if given.unit.strip() else unit
        if not given.exact:
            raise _UnusableError(f"The {what} must be an exact number, without “<” or “>”.")
        if not convertible(own, unit):
            raise _UnusableError(f"The {what} is in {own.name}, the value in {unit.name}: they cannot be compared.")
        amount = _standard(given.value, own, what)
    if above_zero and amount == 0:
        raise _UnusableError(f"The {what} must be above zero.")
    return amount


def _standard(value: Decimal, unit: Unit, what: str) -> Fraction:
    if not possible(value):
        raise _UnusableError(f"The {what} is not a possible measurement.")
    if value < 0:
        raise _UnusableError(f"A negative {what} is not possible.")
    return Fraction(value) * unit.factor
