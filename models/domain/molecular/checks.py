"""What makes one MRD result impossible or doubtful, before it is saved."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from models.domain.findings import Finding, error, warning
from models.domain.molecular.logs import logs_between, times
from models.domain.molecular.measurement import Measurement, measure
from models.domain.molecular.rules import MrdRules
from models.domain.molecular.sample import MrdSample
from models.domain.molecular.terms import (
    LAB_CATEGORIES,
    LAB_NON_QUANTIFIABLE,
    LAB_NOT_DETECTED,
    LAB_POSITIVE,
    P210,
    SPECIMENS,
    TRANSCRIPTS,
)
from models.domain.sentence import exactly

# More control copies than one reaction holds: a zero too many would make a sensitivity that nobody reached.
_MOST_CONTROL_COPIES = Decimal(10_000_000)
# Rounding on a report stays well within this; a slip between percent and fraction, or of one zero, does not. In logs.
_LARGEST_LOGS_APART = Decimal("0.3")
_USUAL_FACTORS = (Decimal("0.1"), Decimal(10))
_HUNDRED = Decimal(100)
_GROUP = 3
"""Digits between two marks that part the thousands."""


def check_sample(sample: MrdSample, rules: MrdRules) -> tuple[Finding, ...]:
    """Every finding about one result: errors for what cannot be, warnings for what should be looked at again."""
    impossible = (*_unknown_words(sample, rules), *_impossible_numbers(sample), *check_international_scale(sample))
    if impossible:
        return impossible
    measured = measure(sample, rules)
    doubts = _doubtful_copies(sample, rules, measured), _contradictions(sample, measured), _thousands(sample)
    return tuple(chain.from_iterable(doubts))


def check_international_scale(sample: MrdSample) -> tuple[Finding, ...]:
    """A conversion factor exists for p210 only: the International Scale was never calibrated for p190 (e1a2)."""
    factor = sample.is_factor
    if factor is None:
        return ()
    if sample.transcript != P210:
        message = f"There is no International Scale for {sample.transcript}. Leave the conversion factor empty."
        return (error("is_factor", message, "mrd.is-factor.p190"),)
    if factor <= 0:
        return (error("is_factor", "The conversion factor must be above zero.", "mrd.is-factor.zero"),)
    if not _USUAL_FACTORS[0] <= factor <= _USUAL_FACTORS[1]:
        unusual = ("A conversion factor of ", factor, " is unusual. Check it with the laboratory.")
        return (warning("is_factor", unusual, "mrd.is-factor.unusual"),)
    return ()


def _unknown_words(sample: MrdSample, rules: MrdRules) -> Iterator[Finding]:
    words: tuple[tuple[str, str | None, tuple[str, ...]], ...] = (
        ("specimen", sample.specimen, SPECIMENS),
        ("transcript", sample.transcript, TRANSCRIPTS),
        ("lab_category", sample.lab_category, LAB_CATEGORIES),
        ("control_gene", sample.control_gene, tuple(gene.name for gene in rules.control_genes)),
    )
    for field, word, known in words:
        if word is not None and word not in known:
            message = f"“{word}” is not known here. It is one of: {', '.join(known)}."
            yield error(field, message, f"mrd.{field.replace('_', '-')}.unknown")


def _impossible_numbers(sample: MrdSample) -> Iterator[Finding]:
    numbers = (
        ("target_copies", "BCR::ABL1 copies", sample.target_copies),
        ("control_copies", f"{sample.control_gene} copies", sample.control_copies),
        ("lab_ratio", "The laboratory's ratio", sample.lab_ratio),
    )
    for field, label, quantity in numbers:
        rule = field.replace("_", "-")
        if quantity is not None and quantity.value < 0:
            yield error(field, f"{label} cannot be below zero.", f"mrd.{rule}.negative")
        elif quantity is not None and quantity.value == 0 and quantity.qualifier.startswith("<"):
            yield error(
                field, f"{label} cannot be below zero: type 0 where nothing was seen.", f"mrd.{rule}.below-zero"
            )
    if any(copies < 0 for pair in sample.replicates for copies in pair):
        yield error("replicates", "Copies of a replicate cannot be below zero.", "mrd.replicates.negative")
    positive, given = sample.positive_replicates, len(sample.replicates)
    if positive is not None and (positive < 0 or (given and positive > given)):
        message = (
            f"{positive} positive replicates cannot be: {given} are entered." if given else "It cannot be below zero."
        )
        yield error("positive_replicates", message, "mrd.positive-replicates.count")
    limit = sample.quantifiable_limit
    if limit is not None and not 0 < limit < _HUNDRED:
        message = "The quantifiable limit lies between 0 and 100 percent."
        yield error("quantifiable_limit", message, "mrd.quantifiable-limit.range")


def _doubtful_copies(sample: MrdSample, rules: MrdRules, measured: Measurement) -> Iterator[Finding]:
    name, control = sample.control_gene, measured.control
    gene = rules.control_gene(name)
    if control == 0:
        message = f"No {name} copies: the reaction failed, so the result is not evaluable."
        yield warning("control_copies", message, "mrd.control-copies.zero")
    elif gene and control is not None and not measured.adequate:
        few = (
            (control, f" {name} copies are fewer than the ", gene.minimum_copies, " that are needed: "),
            "if nothing was detected, the result is not evaluable.",
        )
        yield warning("control_copies", few, "mrd.control-copies.few")
    elif control is not None and control > _MOST_CONTROL_COPIES:
        many = (control, f" {name} copies are more than a reaction holds. Check the number of zeros.")
        yield warning("control_copies", many, "mrd.control-copies.many")
    if measured.from_copies and measured.ratio is not None and measured.ratio > 1:
        message = f"There are more BCR::ABL1 than {name} copies. Check that the two are not interchanged."
        yield warning("target_copies", message, "mrd.target-copies.above-control")
    if measured.from_copies and measured.ratio is not None and not measured.qualifier and sample.lab_ratio is not None:
        percents = [times(measured.ratio, _HUNDRED)]
        if sample.transcript == P210 and sample.is_factor:
            percents.append(times(percents[0], sample.is_factor))
        stated = sample.lab_ratio
        if (
            stated.exact
            and stated.value > 0
            and all(not p or abs(logs_between(stated.value, p)) > _LARGEST_LOGS_APART for p in percents)
        ):
            differs = (
                ("The laboratory's ratio of ", stated.value, " % does not fit the copies, "),
                ("which give ", percents[0], " %. Check the zeros, and percent against fraction."),
            )
            yield warning("lab_ratio", differs, "mrd.lab-ratio.differs")


def _contradictions(sample: MrdSample, measured: Measurement) -> Iterator[Finding]:
    category = sample.lab_category
    if category == LAB_NOT_DETECTED and measured.detected:
        message = (
            "The laboratory says “not detected”, yet there are BCR::ABL1 copies. Check the two against the report."
        )
        yield warning("lab_category", message, "mrd.lab-category.detected")
    if category in (LAB_POSITIVE, LAB_NON_QUANTIFIABLE) and measured.detected is False:
        message = (
            f"The laboratory says “{category}”, yet there are no BCR::ABL1 copies. Check the two against the report."
        )
        yield warning("lab_category", message, "mrd.lab-category.undetected")
    target = sample.target_copies
    if sample.positive_replicates and target is not None and target.exact and target.value == 0:
        message = "Replicates were positive, yet there are no BCR::ABL1 copies. Check the two against the report."
        yield warning("positive_replicates", message, "mrd.positive-replicates.no-copies")
    seen = sum(1 for pair in sample.replicates if pair[0] > 0)
    if sample.replicates and sample.positive_replicates is not None and sample.positive_replicates != seen:
        message = (
            f"{seen} of the replicates entered have BCR::ABL1 copies, yet {sample.positive_replicates} are positive."
        )
        yield warning("positive_replicates", message, "mrd.positive-replicates.differ")
    for field, index, total in (("target_copies", 0, target), ("control_copies", 1, sample.control_copies)):
        if sample.replicates and total is not None and total.exact:
            whole = sum((pair[index] for pair in sample.replicates), Decimal(0))
            mean = whole / len(sample.replicates)
            if not any(abs(total.value - fit) <= max(Decimal(1), fit / 20) for fit in (whole, mean)):  # 5 %: rounding
                differs = ("The replicates add up to ", whole, " copies, not to ", total.value, ". They are used.")
                yield warning(field, differs, f"mrd.{field.replace('_', '-')}.replicates")


def _thousands(sample: MrdSample) -> Iterator[Finding]:
    """Copies with exactly three decimals: one desk's decimal mark parts the thousands on another desk's report."""
    totals = (
        ("target_copies", "BCR::ABL1", sample.target_copies),
        ("control_copies", sample.control_gene, sample.control_copies),
    )
    found = [(field, name, copies.value) for field, name, copies in totals if copies is not None]
    for pair in sample.replicates:
        found += [
            ("replicates", name, value) for name, value in zip(("BCR::ABL1", sample.control_gene), pair, strict=True)
        ]
    for field, name, value in found:
        if value.as_tuple().exponent == -_GROUP:
            message = (
                (exactly(value), f" {name} copies can be read in two ways: ", value, " copies, or "),
                (value.scaleb(_GROUP), " where the mark parts the thousands, as Italian reports print them. "),
                ("It is taken as ", value, ". Check it against the report."),
            )
            yield warning(field, message, f"mrd.{field.replace('_', '-')}.thousands")
