"""Vital signs that contradict each other; what a single one can be stands with its field's declaration."""

from collections.abc import Iterator

from models.checks.facts import Facts, Proposal
from models.domain.findings import Finding, warning
from models.domain.quantities import Quantity


def check_vitals(proposal: Proposal, _facts: Facts) -> Iterator[Finding]:
    """The diastolic pressure lies below the systolic one, by their definition: else the two were exchanged."""
    systolic, diastolic = proposal.get("systolic"), proposal.get("diastolic")
    if (
        isinstance(systolic, Quantity)
        and isinstance(diastolic, Quantity)
        and systolic.exact
        and diastolic.exact
        and diastolic.value >= systolic.value
    ):
        yield warning(
            "diastolic", "The diastolic pressure is not below the systolic one. Were they exchanged?", "vitals.pressure"
        )
