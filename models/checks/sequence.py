"""Two days of one record of which the second cannot lie before the first: they follow from each other by what they are.

Days of different records contradict each other for reasons (`order_of_days`); a sample that was received before it was
taken is a slip of the pen.
"""

from collections.abc import Iterator, Mapping

from models.checks.facts import Facts, Proposal
from models.domain.findings import Finding, error
from models.domain.partial_dates import PartialDate
from models.records import KINDS

_IN_ORDER: Mapping[str, tuple[tuple[str, str], ...]] = {
    "consent": (("signed", "withdrawn"),),
    "mrd": (("collected", "reported"),),
    "mutation": (("collected", "reported"),),
    "sample": (("collected", "sent"), ("collected", "received"), ("sent", "received")),
    "transplant": (("done", "engrafted"),),
}
"""The kind of record -> its pairs of fields, the earlier one first."""


def check_sequence(proposal: Proposal, _facts: Facts) -> Iterator[Finding]:
    """An error for each pair the wrong way round; partial dates that may be in order pass."""
    fields = KINDS[proposal.kind].fields
    for first, second in _IN_ORDER[proposal.kind]:
        before, after = proposal.get(first), proposal.get(second)
        if isinstance(before, PartialDate) and isinstance(after, PartialDate) and after.before(before):
            said = (f"“{fields[second].label}” lies before “{fields[first].label}” (", before, "). Check both days.")
            yield error(second, said, f"{proposal.kind}.{second}-order")
