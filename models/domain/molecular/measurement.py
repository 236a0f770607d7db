"""What the copies of one sample say, before it has a class: ratio, sensitivity, adequacy of the control gene."""

from decimal import Decimal
from typing import NamedTuple

from models.domain.molecular.logs import divide, times
from models.domain.molecular.rules import MrdRules
from models.domain.molecular.sample import MrdSample
from models.domain.quantities import Quantity

ZERO = Decimal(0)
HUNDRED = Decimal(100)


class Measurement(NamedTuple):
    """The numbers of one sample.

    `detected` is None where nothing, or only a limit, is known of the target. `ratio` is a fraction, `percent` the same
    times 100; `qualifier` says that the true ratio lies below or above it. `control` are the control copies that count,
    None where unknown; `adequate` says that they reach the minimum without which "not detected" means nothing.
    `sensitivity` is a fraction: one copy of the target in the control copies that count.
    """

    detected: bool | None
    ratio: Decimal | None
    percent: Decimal | None
    qualifier: str
    control: Decimal | None
    adequate: bool
    sensitivity: Decimal | None
    from_copies: bool


def measure(sample: MrdSample, rules: MrdRules) -> Measurement:
    """Read the copies, and where they give no ratio the laboratory's own.

    With replicates, the ratio is the sum of the target copies over the sum of the control copies. For sensitivity only
    replicates count whose control copies each reach the minimum, and theirs are added up (international recommendations
    for deep molecular response, Leukemia 2015). A transcript seen in any replicate is detected.
    """
    gene = rules.control_gene(sample.control_gene)
    minimum = gene.minimum_copies if gene else None
    target, total, control, adequate = _totals(sample, minimum)
    ratio, qualifier = _ratio(target, total)
    from_copies = ratio is not None
    detected = _seen(target)
    if ratio is None and sample.lab_ratio is not None:
        ratio, qualifier = divide(sample.lab_ratio.value, HUNDRED), _one_sided(sample.lab_ratio)
        if detected is None and target is None:
            detected = _seen(sample.lab_ratio)
    if sample.positive_replicates:
        detected = True
    elif sample.positive_replicates == 0 and target is None and detected is None:
        detected = False
    sensitivity = divide(Decimal(1), control) if control else None
    percent = None if ratio is None else times(ratio, HUNDRED)
    return Measurement(detected, ratio, percent, qualifier, control, adequate, sensitivity, from_copies)


def _totals(
    sample: MrdSample, minimum: Decimal | None
) -> tuple[Quantity | None, Quantity | None, Decimal | None, bool]:
    """Target copies, control copies for the ratio, control copies that count for sensitivity, and their adequacy."""
    if sample.replicates:
        target = Quantity(sum((pair[0] for pair in sample.replicates), ZERO), "copies")
        total = Quantity(sum((pair[1] for pair in sample.replicates), ZERO), "copies")
        counting = [pair[1] for pair in sample.replicates if minimum is not None and pair[1] >= minimum]
        return target, total, sum(counting, ZERO) or total.value, bool(counting)
    control = sample.control_copies
    if control is None or control.qualifier.startswith("<"):
        return sample.target_copies, None, None, False
    return sample.target_copies, control, control.value, minimum is not None and control.value >= minimum


def _ratio(target: Quantity | None, control: Quantity | None) -> tuple[Decimal | None, str]:
    """Target over control with the qualifier that follows from theirs; no ratio where nothing follows."""
    if target is None or control is None or control.value <= 0:
        return None, ""
    sides = {_one_sided(target), {"": "", ">": "<", "<": ">"}[_one_sided(control)]} - {""}
    return (None, "") if len(sides) > 1 else (divide(target.value, control.value), sides.pop() if sides else "")


def _one_sided(quantity: Quantity) -> str:
    """The qualifier without the finer point of whether the limit itself is included."""
    return quantity.qualifier[:1]


def _seen(quantity: Quantity | None) -> bool | None:
    """Whether copies or a ratio mean that the transcript was seen; None where they are only an upper limit."""
    if quantity is None or quantity.qualifier.startswith("<"):
        return None
    return quantity.value > 0 or quantity.qualifier != ""
