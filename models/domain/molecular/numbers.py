"""The numbers of one result with the formula that gave each: ratio, sensitivity, log reduction, changes."""

from decimal import Decimal
from typing import NamedTuple

from models.domain.derived import Derived, Rule
from models.domain.molecular.changes import Change
from models.domain.molecular.classification import PLOT_NON_QUANTIFIABLE, PLOT_UNDETECTED
from models.domain.molecular.course import Series
from models.domain.molecular.logs import times
from models.domain.molecular.measurement import measure
from models.domain.molecular.points import Point
from models.domain.molecular.rules import MrdRules
from models.domain.quantities import Quantity
from models.domain.sentence import Sentence, exactly, joined

RULE = Rule(
    "mrd-numbers",
    "2",
    "Copies in percent of control gene copies, and the sensitivity they allow: international recommendations for deep"
    " molecular response, Cross et al., Leukemia 2015. A log is a power of ten.",
)
_HUNDRED = Decimal(100)

Inputs = tuple[tuple[str, Sentence], ...]


class Numbers(NamedTuple):
    """Ratio and sensitivity in percent, reduction and changes in logs; a value is None where its reason says why."""

    ratio: Derived[Quantity | None]
    sensitivity: Derived[Quantity | None]
    log_reduction: Derived[Quantity | None]
    since_last: Derived[Quantity | None]
    since_lowest: Derived[Quantity | None]


def numbers_of(point: Point, series: Series, rules: MrdRules) -> Numbers:
    """The numbers of a result of that series, each with its formula; worked out when somebody asks why."""
    place = series.points.index(point)
    earlier = [each for each in series.points[:place] if each.placed and each.result.level]
    return Numbers(
        ratio=_ratio(point, rules),
        sensitivity=_sensitivity(point, rules),
        log_reduction=_log_reduction(point, series),
        since_last=_change(point, point.since_last, "Last result", earlier[-1] if earlier else None),
        since_lowest=_change(point, point.since_nadir, "Lowest result", min(earlier, key=_height, default=None)),
    )


def _ratio(point: Point, rules: MrdRules) -> Derived[Quantity | None]:
    sample, result = point.sample, point.result
    inputs = _given(point, "BCR::ABL1 copies", f"{sample.control_gene} copies", "Replicates", "Laboratory's ratio")
    if result.percent is None:
        return Derived(None, RULE, inputs, "Neither the copies nor the laboratory give a ratio.")
    value = Quantity(result.percent, "%", result.ratio_qualifier)
    if not measure(sample, rules).from_copies:
        return Derived(value, RULE, inputs, "The ratio that the laboratory reports; the copies give none.")
    reason: Sentence = (*_copies(point), " × 100 = ", result.ratio_qualifier, result.percent, " %.")
    if result.percent_is is not None and sample.is_factor is not None:
        factor = exactly(sample.is_factor)
        inputs = (*inputs, ("Factor to the International Scale", factor))
        reason = (reason, " On the International Scale: × ", factor, " = ", result.percent_is, " %.")
    return Derived(value, RULE, inputs, reason)


def _copies(point: Point) -> tuple[Sentence, ...]:
    """The fraction of which the ratio is worked out."""
    sample = point.sample
    if sample.replicates:
        sums = (joined(" + ", (exactly(pair[each]) for pair in sample.replicates)) for each in (0, 1))
        return ("(", next(sums), ") / (", next(sums), ")")
    target, control = sample.target_copies, sample.control_copies
    assert target is not None
    assert control is not None
    return (target.qualifier, exactly(target.value), " / ", control.qualifier, exactly(control.value))


def _sensitivity(point: Point, rules: MrdRules) -> Derived[Quantity | None]:
    sample, result = point.sample, point.result
    inputs = _given(point, f"{sample.control_gene} copies", "Replicates")
    counting, gene = measure(sample, rules).control, rules.control_gene(sample.control_gene)
    if counting is None or result.sensitivity_percent is None:
        why = f"Without {sample.control_gene} copies nobody can tell what the assay could have found."
        return Derived(None, RULE, inputs, why)
    reason: Sentence = ("One copy in those that count: 1 / ", exactly(counting), " × 100 = ")
    reason = (reason, result.sensitivity_percent, " %.")
    if sample.replicates and gene:
        inputs = (*inputs, ("Least copies of a replicate that counts", gene.minimum_copies))
    inputs = (*inputs, ("Depth of response reached", result.depth or "none"))
    return Derived(Quantity(result.sensitivity_percent, "%"), RULE, inputs, reason)


def _log_reduction(point: Point, series: Series) -> Derived[Quantity | None]:
    result, baseline = point.result, point.result.baseline_ratio
    if series.baseline is None or baseline is None:
        return Derived(None, RULE, (), "No baseline sample of this transcript in this specimen has a ratio.")
    start = times(baseline, _HUNDRED)
    inputs: Inputs = (("Baseline sample", series.baseline.collected), ("Ratio at baseline", (start, " %")))
    reduction, height = result.log_reduction, result.plot_ratio
    if reduction is None or height is None:
        return Derived(None, RULE, inputs, "This result has no level that could be compared.")
    inputs = (*inputs, ("This result stands at", (height, " %")))
    return Derived(reduction, RULE, inputs, (*_logs(start, height, reduction), _stands(point)))


def _stands(point: Point) -> Sentence:
    """Why a reduction is only a limit, "" where it is none."""
    result = point.result
    if result.plot_kind == PLOT_UNDETECTED:
        return " Not detected: it stands at its sensitivity, and the reduction is at least this."
    if result.plot_kind == PLOT_NON_QUANTIFIABLE and result.quantifiable_limit:
        return " Not quantifiable: it stands at the quantifiable limit, and the reduction is at least this."
    return " The ratio is a limit, and so is the reduction." if result.ratio_qualifier else ""


def _change(point: Point, change: Change | None, name: str, earlier: Point | None) -> Derived[Quantity | None]:
    before: Inputs = ((name, _level(earlier)),) if earlier else ()
    inputs: Inputs = (*before, ("This result", _level(point)))
    if not point.placed:
        unknown = "The day of the sample is not fully known, and its place among the other samples not certain."
        return Derived(None, RULE, inputs, unknown)
    if point.result.level is None:
        return Derived(None, RULE, inputs, "This result has no level that could be compared.")
    if earlier is None:
        return Derived(None, RULE, inputs, "There is no earlier result of this transcript in this specimen.")
    if change is None:
        return Derived(None, RULE, inputs, "Both are limits on the same side: nobody can tell which lies higher.")
    shown = change.shown
    limit = " One of the two is a limit, and so is the change." if shown.qualifier else ""
    return Derived(shown, RULE, inputs, (*_logs(change.later, change.earlier, shown), limit))


def _logs(above: Decimal, below: Decimal, logs: Quantity) -> tuple[Sentence, ...]:
    """The formula with its numbers; where the outcome is a limit its sign stands in the place of the equals sign."""
    minus = "\N{MINUS SIGN}" if logs.value < 0 else ""
    return ("Log10(", above, " / ", below, f") {logs.qualifier or '='} {minus}", exactly(abs(logs.value)), ".")


def _level(point: Point) -> Sentence:
    level = point.result.level
    height: Sentence = (", ", level.qualifier, level.percent, " %") if level else ""
    return (point.when or point.sample.collected, ", ", point.result.protocol_class.value, height)


def _height(point: Point) -> Decimal:
    level = point.result.level
    assert level is not None
    return level.percent


def _given(point: Point, *names: str) -> Inputs:
    """What the laboratory gave, in the words in which the class names it."""
    return tuple(pair for pair in point.result.protocol_class.inputs if pair[0] in names)
