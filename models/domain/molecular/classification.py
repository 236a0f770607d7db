"""The class of one MRD result: under the protocol's rule set and, side by side, under the European terms."""

from decimal import Decimal
from typing import NamedTuple

from models.domain.derived import Derived
from models.domain.molecular.european import european_class
from models.domain.molecular.logs import LOG_UNIT, divide, logs_between, rounded_logs, times
from models.domain.molecular.measurement import HUNDRED, Measurement, measure
from models.domain.molecular.rules import MrdRules
from models.domain.molecular.sample import MrdSample
from models.domain.molecular.terms import COMPLETE, LAB_NOT_DETECTED, NON_QUANTIFIABLE, NOT_EVALUABLE, P210, POSITIVE
from models.domain.quantities import Quantity
from models.domain.sentence import Sentence, joined

PLOT_QUANTIFIABLE = "quantifiable"
PLOT_NON_QUANTIFIABLE = "non-quantifiable"
PLOT_UNDETECTED = "undetected"
PLOT_NOT_EVALUABLE = "not evaluable"


class Level(NamedTuple):
    """Where a result stands in percent; the qualifier says that the true value lies below or above."""

    percent: Decimal
    qualifier: str


class Classification(NamedTuple):
    """Everything that the rules say about one result taken alone.

    `ratio` is a fraction and `percent` the same times 100, None where neither copies nor laboratory give one;
    `ratio_qualifier` says that the true ratio lies below or above. `percent_is` is the percent on the International
    Scale (p210 with a factor). `sensitivity_percent` is one copy in the control copies that count. `depth` is the
    deepest tier reached, "" where none. `baseline_ratio` is the fraction from which the log reduction counts.
    `disagreement` is "" or says how the laboratory's category and the numbers differ. `quantifiable_limit` is the
    percent below which this sample's number is none, None where nobody knows it.

    `plot_ratio` is the percent at which the result stands, on every curve and in every count of levels: an undetected
    one at its sensitivity, a non-quantifiable one at its limit and not at the number below it, which was not measured
    (without a limit at its ratio, else at its sensitivity). None where it has no height and becomes a tick on the axis.
    EuroMRD gives no number below the quantitative range: what was found there lies between sensitivity and that range.
    """

    ratio: Decimal | None
    percent: Decimal | None
    ratio_qualifier: str
    percent_is: Decimal | None
    sensitivity_percent: Decimal | None
    depth: str
    baseline_ratio: Decimal | None
    protocol_class: Derived[str]
    european_class: Derived[str]
    counts_as_response: bool
    disagreement: Sentence
    quantifiable_limit: Decimal | None
    plot_ratio: Decimal | None
    plot_kind: str

    @property
    def level(self) -> Level | None:
        """The level from which every log counts, down from baseline and from one result to the next.

        It is where the result stands, and a limit where the true ratio lies below or above. None where it is not
        evaluable, or has neither ratio nor limit.
        """
        if self.plot_ratio is None:
            return None
        below_limit = self.plot_kind == PLOT_NON_QUANTIFIABLE and bool(self.quantifiable_limit)
        if self.plot_kind == PLOT_UNDETECTED or below_limit:
            return Level(self.plot_ratio, "<")
        return Level(self.plot_ratio, self.ratio_qualifier) if self.ratio else None

    @property
    def log_reduction(self) -> Quantity | None:
        """Logs below baseline, ">" where only a lower limit is known; None without a baseline or a level.

        Worked out when asked: logs are slow, and of a patient's many results few reductions are looked at.
        """
        baseline, level = self.baseline_ratio, self.level
        if baseline is None or baseline <= 0 or level is None:
            return None
        lower_limit = level.qualifier == "<"
        logs = rounded_logs(logs_between(baseline, divide(level.percent, HUNDRED)), lower_limit=lower_limit)
        return Quantity(logs, LOG_UNIT, {"<": ">", ">": "<"}.get(level.qualifier, ""))


def classify(
    sample: MrdSample, rules: MrdRules, baseline_ratio: Decimal | None = None, in_remission: bool | None = None
) -> Classification:
    """Classify one result.

    The laboratory's category wins over what the numbers would give, and `disagreement` names the difference; except
    that "not detected" is not evaluable where the control copies are too few or unknown. `baseline_ratio` is the
    fraction from which the log reduction counts; `in_remission` is haematologic complete remission at the time, without
    which the European terms do not apply (None: not known, said in the reason). Errors of `check_sample` come first: a
    sample that has them is not to be classified.
    """
    measured = measure(sample, rules)
    inferred, why = _inferred(sample, rules, measured)
    outcome, reason = inferred, why
    disagreement: Sentence = ""
    if sample.lab_category is not None:
        outcome, reason = _by_laboratory(sample, rules, measured)
        disagreement = _disagreement(sample, rules, measured, inferred, why)
    percent = measured.percent
    sensitivity = None if measured.sensitivity is None else times(measured.sensitivity, HUNDRED)
    undetected = _undetected(sample, measured, outcome)
    plot_ratio, plot_kind = _plot(sample, rules, outcome, percent, sensitivity)
    is_factor = sample.is_factor if sample.transcript == P210 else None
    percent_is = times(percent, is_factor) if percent is not None and is_factor is not None else None
    return Classification(
        ratio=measured.ratio,
        percent=percent,
        ratio_qualifier=measured.qualifier,
        percent_is=percent_is,
        sensitivity_percent=sensitivity,
        depth=_depth(sample, rules, measured, outcome, percent if percent_is is None else percent_is),
        baseline_ratio=baseline_ratio,
        protocol_class=Derived(outcome, rules.rule, _inputs(sample, rules), reason),
        european_class=european_class(sample, rules, measured, outcome, undetected, percent, in_remission),
        counts_as_response=outcome in rules.response_classes,
        disagreement=disagreement,
        quantifiable_limit=_limit(sample, rules),
        plot_ratio=plot_ratio,
        plot_kind=plot_kind,
    )


def _limit(sample: MrdSample, rules: MrdRules) -> Decimal | None:
    """The quantifiable limit in percent: the sample's own before the rule set's."""
    return rules.quantifiable_limit if sample.quantifiable_limit is None else sample.quantifiable_limit


def _inferred(sample: MrdSample, rules: MrdRules, measured: Measurement) -> tuple[str, Sentence]:
    """The class that the numbers alone give, and why."""
    control = _control_words(sample, measured)
    if measured.detected is None:
        if measured.ratio is not None or sample.target_copies is not None:
            return NOT_EVALUABLE, (
                "Only an upper limit is known, and the laboratory gave no category: "
                "nobody can tell whether the transcript was detected."
            )
        return NOT_EVALUABLE, "There is no result: neither BCR::ABL1 copies nor a category of the laboratory."
    if not measured.detected:
        if measured.adequate:
            return COMPLETE, ("No BCR::ABL1 copies in ", control, ". ", _needed(sample, rules))
        return NOT_EVALUABLE, ("No BCR::ABL1 copies, but ", control, ". ", _needed(sample, rules))
    if measured.ratio is None and not measured.adequate:
        return NOT_EVALUABLE, ("BCR::ABL1 was detected, but the ratio cannot be worked out: ", control, ".")
    limit, percent = _limit(sample, rules), measured.percent
    if not percent:
        if measured.adequate:
            return NON_QUANTIFIABLE, "BCR::ABL1 was seen in a replicate, without a number. This class is inferred."
        return NOT_EVALUABLE, ("BCR::ABL1 was seen in a replicate, without a number, and ", control, ".")
    ratio = (measured.qualifier, percent, " %")
    if limit is not None and percent < limit and measured.qualifier != ">":
        if measured.adequate or measured.control is None:  # a ratio reported without its copies: the laboratory's word
            return NON_QUANTIFIABLE, (
                ("The ratio of ", ratio, " is below the quantifiable limit of ", limit, " %. "),
                "This class is inferred from the number: the laboratory gave no category.",
            )
        return NOT_EVALUABLE, ("The ratio of ", ratio, " is below the quantifiable limit, and ", control, ".")
    known: Sentence = "no quantifiable limit is known" if limit is None else ("the quantifiable limit is ", limit, " %")
    return POSITIVE, ("BCR::ABL1 was detected, with a ratio of ", ratio, "; ", known, ".")


def _by_laboratory(sample: MrdSample, rules: MrdRules, measured: Measurement) -> tuple[str, Sentence]:
    """The class that follows from the laboratory's category, and why."""
    category = sample.lab_category
    if category == LAB_NOT_DETECTED:
        control = _control_words(sample, measured)
        if measured.adequate:
            return COMPLETE, ("The laboratory reports “not detected”, with ", control, ". ", _needed(sample, rules))
        return NOT_EVALUABLE, ("The laboratory reports “not detected”, but ", control, ". ", _needed(sample, rules))
    reason = f"The laboratory reports “{category}”."
    percent = measured.percent
    if percent and category != NOT_EVALUABLE:
        return str(category), (reason, " The ratio is ", measured.qualifier, percent, " %.")
    return str(category), reason


def _disagreement(sample: MrdSample, rules: MrdRules, measured: Measurement, inferred: str, why: Sentence) -> Sentence:
    """How the laboratory's category and the numbers differ, "" where they do not or where there are no numbers."""
    category = sample.lab_category
    if measured.detected is None:
        return ""
    if category == LAB_NOT_DETECTED:
        same = not measured.detected and measured.adequate
        if not same and not measured.detected:
            return "The laboratory says “not detected”; the control copies do not support it."  # the class says why
    elif category == NON_QUANTIFIABLE and inferred == POSITIVE:
        same = _limit(sample, rules) is None  # without a limit no number can contradict the laboratory
    else:
        same = category == inferred
    said = f"The laboratory says “{category}”; the numbers alone would give “{inferred}”. "
    return "" if same else (said, why)


def _undetected(sample: MrdSample, measured: Measurement, outcome: str) -> bool:
    """Whether the transcript was not seen, by the laboratory's word or, without it, by the copies."""
    if sample.lab_category is not None:
        return sample.lab_category == LAB_NOT_DETECTED
    return measured.detected is False and outcome in (COMPLETE, NOT_EVALUABLE)


def _depth(sample: MrdSample, rules: MrdRules, measured: Measurement, outcome: str, percent: Decimal | None) -> str:
    """The deepest tier that the ratio reaches and the control copies allow."""
    gene = rules.control_gene(sample.control_gene)
    if gene is None or measured.control is None or outcome == NOT_EVALUABLE or not measured.adequate:
        return ""
    reached = ""
    for tier in gene.tiers:
        low = outcome == COMPLETE or (percent is not None and measured.qualifier != ">" and 0 < percent <= tier.percent)
        if low and measured.control >= tier.control_copies:
            reached = tier.name
    return reached


def _plot(
    sample: MrdSample, rules: MrdRules, outcome: str, percent: Decimal | None, sensitivity: Decimal | None
) -> tuple[Decimal | None, str]:
    """Where and how the result stands: undetected at its own sensitivity, never at zero."""
    if outcome == COMPLETE:
        return sensitivity, PLOT_UNDETECTED
    if outcome == NON_QUANTIFIABLE:
        return _limit(sample, rules) or percent or sensitivity, PLOT_NON_QUANTIFIABLE
    if outcome == POSITIVE:
        return percent or None, PLOT_QUANTIFIABLE
    return None, PLOT_NOT_EVALUABLE


def _control_words(sample: MrdSample, measured: Measurement) -> Sentence:
    if measured.control is None:
        return f"the {sample.control_gene} copies are not known"
    if measured.control == 0:
        return f"there are no {sample.control_gene} copies: the reaction failed"
    amount = (measured.control, f" {sample.control_gene} copies")
    return amount if measured.adequate else ("there are only ", amount)


def _needed(sample: MrdSample, rules: MrdRules) -> Sentence:
    gene = rules.control_gene(sample.control_gene)
    if gene is None:
        return f"The rule set has no limits for {sample.control_gene}."
    each = " in a replicate" if sample.replicates else ""
    return ("At least ", gene.minimum_copies, f" {gene.name} copies{each} are needed to call a result negative.")


def _inputs(sample: MrdSample, rules: MrdRules) -> tuple[tuple[str, Sentence], ...]:
    """The inputs in the words of the entry form, those that are there."""
    given: list[tuple[str, Sentence]] = [("Transcript", sample.transcript), ("Specimen", sample.specimen.lower())]
    if sample.target_copies:
        given.append(("BCR::ABL1 copies", _written(sample.target_copies)))
    if sample.control_copies:
        given.append((f"{sample.control_gene} copies", _written(sample.control_copies)))
    if sample.replicates:
        pairs = ((target, " in ", control) for target, control in sample.replicates)
        given.append(("Replicates", joined("; ", pairs)))
    if sample.positive_replicates is not None:
        given.append(("Positive replicates", str(sample.positive_replicates)))
    if sample.lab_category is not None:
        given.append(("Laboratory's category", sample.lab_category))
    if sample.lab_ratio:
        given.append(("Laboratory's ratio", (_written(sample.lab_ratio), " %")))
    if (limit := _limit(sample, rules)) is not None:
        given.append(("Quantifiable limit", (limit, " %")))
    return tuple(given)


def _written(quantity: Quantity) -> Sentence:
    return (quantity.qualifier, quantity.value)
