"""The European terms for MRD in adult ALL, shown beside the protocol's own class: the two do not mean the same."""

from decimal import Decimal

from models.domain.derived import Derived
from models.domain.molecular.measurement import Measurement
from models.domain.molecular.rules import EUROPEAN_RULE, MrdRules
from models.domain.molecular.sample import MrdSample
from models.domain.molecular.terms import (
    EUROPEAN_COMPLETE,
    EUROPEAN_FAILURE,
    EUROPEAN_INTERMEDIATE,
    LAB_NOT_EVALUABLE,
    NON_QUANTIFIABLE,
    NOT_EVALUABLE,
)
from models.domain.sentence import Sentence


def european_class(
    sample: MrdSample,
    rules: MrdRules,
    measured: Measurement,
    outcome: str,
    undetected: bool,
    percent: Decimal | None,
    in_remission: bool | None,
) -> Derived[str]:
    """MRD CR, intermediate, failure or not evaluable.

    MRD CR is a negative result with a sensitivity of the threshold or better; failure is a positive one at the
    threshold or above; everything else with a result is intermediate, also a negative of too little sensitivity. The
    terms apply in haematologic complete remission only. `outcome` is the protocol's class, `undetected` whether the
    transcript was not seen, `percent` the ratio.
    """
    value, reason = _judge(sample, rules, measured, outcome, undetected, percent)
    if in_remission is False:
        value, reason = NOT_EVALUABLE, "The European terms apply in haematologic complete remission only."
    elif in_remission is None and value != NOT_EVALUABLE:
        reason = (reason, " Holds in haematologic complete remission only, which is not known here.")
    remission = {True: "yes", False: "no", None: "not known"}[in_remission]
    inputs: list[tuple[str, Sentence]] = [
        ("Detected", "no" if undetected else "yes" if outcome != NOT_EVALUABLE else "not evaluable")
    ]
    if percent is not None:
        inputs.append(("Ratio", (measured.qualifier, percent, " %")))
    if measured.control is not None:
        inputs.append(("Control copies", measured.control))
    inputs.append(("Haematologic complete remission", remission))
    return Derived(value, EUROPEAN_RULE, tuple(inputs), reason)


def _judge(
    sample: MrdSample,
    rules: MrdRules,
    measured: Measurement,
    outcome: str,
    undetected: bool,
    percent: Decimal | None,
) -> tuple[str, Sentence]:
    threshold = (rules.european_threshold, " %")
    if sample.lab_category == LAB_NOT_EVALUABLE:
        return NOT_EVALUABLE, "The laboratory reports “not evaluable”."
    if undetected:
        if not measured.control:
            return NOT_EVALUABLE, "Not detected, but the sensitivity is not known."
        if measured.adequate and _sensitive_enough(sample, rules, measured.control):
            return EUROPEAN_COMPLETE, ("Not detected, with a sensitivity of ", threshold, " or better.")
        return EUROPEAN_INTERMEDIATE, ("Not detected, but the sensitivity does not reach ", threshold, ".")
    if outcome == NOT_EVALUABLE:
        return NOT_EVALUABLE, "There is no result that can be judged."
    if percent and percent > rules.european_threshold and measured.qualifier == "<":
        if outcome == NON_QUANTIFIABLE:
            return EUROPEAN_INTERMEDIATE, ("Positive below the quantifiable range, at less than ", percent, " %.")
        return NOT_EVALUABLE, ("Positive below ", percent, " %: nobody can tell whether it reaches ", threshold, ".")
    if percent and percent >= rules.european_threshold and measured.qualifier != "<":
        return EUROPEAN_FAILURE, ("Positive, at ", measured.qualifier, percent, " %: ", threshold, " or more.")
    if percent and measured.qualifier == ">":
        return NOT_EVALUABLE, ("Positive above ", percent, " %: nobody can tell whether it reaches ", threshold, ".")
    if percent:
        return EUROPEAN_INTERMEDIATE, ("Positive, at ", measured.qualifier, percent, " %: below ", threshold, ".")
    if outcome == NON_QUANTIFIABLE:
        return EUROPEAN_INTERMEDIATE, "Positive below the quantifiable range, without a number."
    return NOT_EVALUABLE, ("Positive without a number: nobody can tell whether it reaches ", threshold, ".")


def _sensitive_enough(sample: MrdSample, rules: MrdRules, control: Decimal) -> bool:
    """Whether the control copies allow a tier at the threshold or deeper."""
    gene = rules.control_gene(sample.control_gene)
    return gene is not None and any(
        tier.percent <= rules.european_threshold and control >= tier.control_copies for tier in gene.tiers
    )
