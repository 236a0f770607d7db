"""Checks on a beginning and an end: their order, and "ongoing" against an end date."""

from collections.abc import Iterator

from models.checks.facts import Facts, Proposal
from models.domain.findings import Finding, error
from models.domain.partial_dates import PartialDate
from models.records import KINDS


def check_span(proposal: Proposal, _facts: Facts) -> Iterator[Finding]:
    """The end does not lie before the beginning, and nothing both ended and goes on."""
    began, ended = proposal.get("began"), proposal.get("ended")
    if isinstance(began, PartialDate) and isinstance(ended, PartialDate) and ended.before(began):
        label = KINDS[proposal.kind].fields["ended"].label
        yield error("ended", f"{label} lies before the beginning.", "span.order")
    if proposal.get("ongoing") is True and isinstance(ended, PartialDate) and ended.earliest is not None:
        yield error("ongoing", "An end date is given, so it cannot be ongoing as well.", "span.ongoing")
