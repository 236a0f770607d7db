"""One measurement of one transcript in one specimen, as the laboratory reported it."""

from dataclasses import dataclass
from decimal import Decimal

from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity


@dataclass(frozen=True, slots=True)
class MrdSample:
    """What the laboratory gave, before any rule has looked at it.

    `key` names the record the sample comes from. `day` is the study day, None where it cannot be told. Copies are
    copies in the reaction; a target of 0 means that no transcript was seen. `replicates` are the target and control
    copies of each replicate: where they are given they are read instead of the two totals. `lab_category` is one of
    `LAB_CATEGORIES` or None. `lab_ratio` and `quantifiable_limit` are in percent. `is_factor` converts a p210 ratio
    to the International Scale.
    """

    key: int | str
    collected: PartialDate
    day: int | None
    specimen: str
    transcript: str
    target_copies: Quantity | None = None
    control_copies: Quantity | None = None
    control_gene: str = "ABL1"
    replicates: tuple[tuple[Decimal, Decimal], ...] = ()
    positive_replicates: int | None = None
    lab_category: str | None = None
    lab_ratio: Quantity | None = None
    quantifiable_limit: Decimal | None = None
    is_factor: Decimal | None = None
