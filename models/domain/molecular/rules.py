"""What a protocol lays down about MRD: the parameters that every rule in this package reads. No trial is in code."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from models.domain.derived import Rule
from models.domain.molecular.terms import (
    BONE_MARROW,
    COMPLETE,
    COMPLETE_TO_POSITIVE,
    LOSS_OF_RESPONSE,
    NON_QUANTIFIABLE,
    RISE,
)

EUROPEAN_RULE = Rule(
    id="european-mrd",
    version="2021",
    source="European consensus on MRD terms in adult ALL, HemaSphere 2021 (PMC8824253, table 1); ELN, Blood 2024",
)


class DepthTier(NamedTuple):
    """A depth of response: `percent` or less, and the control gene copies without which nobody can claim it."""

    name: str
    percent: Decimal
    control_copies: Decimal


class ControlGene(NamedTuple):
    """A control gene: the copies below which "not detected" means nothing, and its depth tiers, shallowest first."""

    name: str
    minimum_copies: Decimal
    tiers: tuple[DepthTier, ...]


def _tiers(mr4: int, mr45: int, mr5: int) -> tuple[DepthTier, ...]:
    """The three tiers of the international recommendations, with the control copies that each asks for."""
    return (
        DepthTier("MR4", Decimal("0.01"), Decimal(mr4)),
        DepthTier("MR4.5", Decimal("0.0032"), Decimal(mr45)),
        DepthTier("MR5", Decimal("0.001"), Decimal(mr5)),
    )


# Copies for each depth: international recommendations for deep molecular response (CML; p210 on the International
# Scale), Cross et al., Leukemia 2015. Those of GUSB are the accepted equivalents; verify with the laboratory. The
# minimum is MR4's: the D-ALBA publications ask for an "adequate" number of control copies without giving it.
ABL1 = ControlGene("ABL1", Decimal(10_000), _tiers(10_000, 32_000, 100_000))
GUSB = ControlGene("GUSB", Decimal(24_000), _tiers(24_000, 77_000, 240_000))


@dataclass(frozen=True, slots=True)
class MrdRules:
    """A named, versioned MRD rule set. The defaults are D-ALBA's where published; the others say where they come from.

    Percent is the ratio of target to control copies times 100; a log is a power of ten.
    """

    id: str
    version: str
    source: str
    control_genes: tuple[ControlGene, ...] = (ABL1, GUSB)
    # The control gene of a result that names none.
    usual_control_gene: str = ABL1.name
    # No number for the lower limit of quantification was published: None leaves the call to the laboratory's category
    # and to the limit that it reports with a sample.
    quantifiable_limit: Decimal | None = None
    # Complete and positive non-quantifiable both count as molecular response (Foà et al., NEJM 2020; JCO 2024).
    response_classes: tuple[str, ...] = (COMPLETE, NON_QUANTIFIABLE)
    # The compartment of the primary endpoint (NEJM 2020); blood is followed beside it.
    response_specimen: str = BONE_MARROW
    # Percent: limit between European failure and intermediate, and sensitivity that a European negative needs.
    european_threshold: Decimal = Decimal("0.01")
    # Percent reached again after MRD CR. Working definition of the field, best confirmed in a second sample.
    relapse_threshold: Decimal = Decimal("0.01")
    # Logs. Working definition; the publications say that MRD "increased" before mutations were sought.
    rise_in_logs: Decimal = Decimal(1)
    # Evaluable time points in a row that make a response sustained. Not published: two is the least that can mean it.
    sustained_time_points: int = 2
    # ABL1 mutations were sought whenever MRD rose (NEJM 2020).
    mutation_test_on: tuple[str, ...] = (RISE, COMPLETE_TO_POSITIVE, LOSS_OF_RESPONSE)

    @property
    def rule(self) -> Rule:
        """The name under which a result of this rule set is shown."""
        return Rule(self.id, self.version, self.source)

    def control_gene(self, name: str) -> ControlGene | None:
        """The parameters of a control gene, None where the rule set does not know it."""
        for gene in self.control_genes:
            if gene.name == name:
                return gene
        return None
