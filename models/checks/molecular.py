"""MRD results and mutation tests: what the molecular rules refuse or doubt, and results entered twice."""

from collections.abc import Iterator

from models.chart.molecular import rules, sample
from models.checks.facts import Facts, Proposal, written
from models.domain.findings import Finding, error, warning
from models.domain.molecular.checks import check_sample
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records.molecular import MrdReplicate, MrdResult

_FIELD_OF = {"is_factor": "international_factor"}


def check_mrd(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """Copies that cannot be, a laboratory's word against its own numbers, an International Scale factor on p190."""
    if not all(proposal.get(name) for name in ("collected", "specimen", "transcript")):
        return
    values = {name: proposal.get(name) for name in MrdResult.kind.fields}
    replicates = [
        MrdReplicate(**{"number": n, **given})  # type: ignore[arg-type]
        for n, (kind, given) in enumerate(proposal.children, start=1)
        if kind == "replicate"
    ]
    settings = facts.protocol.mrd
    result = MrdResult(**values)  # type: ignore[arg-type]
    for found in check_sample(sample(result, replicates, settings, None), rules(settings)):
        yield Finding(found.severity, _FIELD_OF.get(found.field, found.field), found.message, found.rule)
    if result.target_copies is None and result.lab_category is None and result.lab_ratio is None and not replicates:
        yield warning(
            "target_copies",
            "Neither copies, nor a category, nor a ratio is given: nothing can be classified.",
            "mrd.empty",
        )
    yield from _twice(result, proposal.id, facts)


def _twice(result: MrdResult, own_id: int, facts: Facts) -> Iterator[Finding]:
    same = {name: getattr(result, name) for name in ("collected", "specimen", "transcript")}
    for other in facts.siblings("mrd", **same):
        if isinstance(other, MrdResult) and other.id != own_id and other.method == result.method:
            yield warning(
                "collected",
                f"A result of this transcript and specimen of {written(result.collected)} is recorded already. "
                "If this is a second sample of that day, say so.",
                "mrd.twice",
            )
            return


def check_mutation(proposal: Proposal, _facts: Facts) -> Iterator[Finding]:
    """A mutation found has a name; a test without one has no allele fraction."""
    result = proposal.get("result")
    if result == "FOUND" and not proposal.get("variant"):
        yield error("variant", "A mutation was found: name it, for example T315I.", "mutation.unnamed")
    if result in ("NONE", "FAILED") and isinstance(proposal.get("allele_fraction"), Quantity):
        yield error("allele_fraction", "No mutation was found, so there is no allele fraction.", "mutation.fraction")
    reported, collected = proposal.get("reported"), proposal.get("collected")
    if isinstance(reported, PartialDate) and isinstance(collected, PartialDate) and reported.before(collected):
        yield error("reported", "The report lies before the sample was collected.", "report.order")
