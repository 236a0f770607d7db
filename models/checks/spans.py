"""Checks on a beginning and an end: order, "ongoing" against an end date, overlap with another span."""

from collections.abc import Iterator

from models.checks.facts import Facts, Proposal
from models.domain.findings import Finding, error, warning
from models.domain.partial_dates import PartialDate
from models.records import KINDS
from models.records.treatment import Exposure


def check_span(proposal: Proposal, _facts: Facts) -> Iterator[Finding]:
    """The end does not lie before the beginning, and nothing both ended and goes on."""
    began, ended = proposal.get("began"), proposal.get("ended")
    if isinstance(began, PartialDate) and isinstance(ended, PartialDate):
        if ended.before(began):
            label = KINDS[proposal.kind].fields["ended"].label
            yield error("ended", f"{label} lies before the beginning.", "span.order")
    if proposal.get("ongoing") is True and isinstance(ended, PartialDate) and ended.earliest is not None:
        yield error("ongoing", "An end date is given, so it cannot be ongoing as well.", "span.ongoing")


def check_overlap(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """Two dose rows of one drug do not cover the same day."""
    began, ended = proposal.get("began"), proposal.get("ended")
    if not isinstance(began, PartialDate):
        return
    for other in facts.siblings("exposure"):
        if not isinstance(other, Exposure) or other.id == proposal.id or other.drug != proposal.get("drug"):
            continue
        starts_later = isinstance(ended, PartialDate) and ended.before(other.began)
        ends_earlier = other.ended is not None and other.ended.before(began)
        if starts_later is not True and ends_earlier is not True:
            yield warning("began", f"Another dose of this drug ({other.began} to {other.ended or 'now'}) covers these days.", "exposure.overlap")
