"""MRD results, mutation tests and copy-number calls: what the rules refuse or doubt, and what contradicts the rest."""

import re
from collections.abc import Iterator, Sequence

from models.chart.molecular import rules, sample
from models.checks.facts import Facts, Proposal
from models.domain.findings import Finding, error, warning
from models.domain.genotype import DELETED, NOT_DELETED
from models.domain.molecular.checks import check_sample
from models.domain.molecular.terms import TRANSCRIPTS
from models.domain.molecular.variants import parts
from models.domain.quantities import Quantity
from models.records.disease import Lesion
from models.records.molecular import MrdReplicate, MrdResult

_FIELD_OF = {"is_factor": "international_factor"}
_ALONE = TRANSCRIPTS
"""A leukaemia recorded with one of them has not the other one; with "both" it may have either."""
_OPPOSITE = {DELETED: NOT_DELETED, NOT_DELETED: DELETED}
_ONE_LETTER, _THREE_LETTERS = "[ACDEFGHIKLMNPQRSTVWY]", "[A-Z][a-z]{2}"
_WHERE = rf"(?:{_ONE_LETTER}|{_THREE_LETTERS})\d{{1,4}}"
_CHANGE = rf"(?:{_ONE_LETTER}|{_THREE_LETTERS}|\*|(?:{_ONE_LETTER}|{_THREE_LETTERS})?fs\S*|del\S*|dup\S*|ins\S*)"
_NAMED = re.compile(rf"(?:p\.)?\(?{_WHERE}(?:_{_WHERE})?{_CHANGE}\)?|c\.\S*\d\S*")


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
    yield from _replicates(replicates)
    positive, run = proposal.get("positive_replicates"), proposal.get("replicates")
    if isinstance(positive, int) and isinstance(run, int) and positive > run:
        more = f"{positive} replicates cannot have been positive where {run} were run. Check both numbers."
        yield error("positive_replicates", more, "mrd.positive-replicates.run")
    settings = facts.protocol.mrd
    result = MrdResult(**values)  # type: ignore[arg-type]
    copies = result.target_copies
    if positive == 0 and not replicates and copies and copies.value > 0 and not copies.qualifier.startswith("<"):
        none = "No replicate was positive, yet there are BCR::ABL1 copies. Check the two against the report."
        yield warning("positive_replicates", none, "mrd.positive-replicates.copies")
    for found in check_sample(sample(result, replicates, settings, None), rules(settings)):
        yield Finding(found.severity, _FIELD_OF.get(found.field, found.field), found.message, found.rule)
    if result.target_copies is None and result.lab_category is None and result.lab_ratio is None and not replicates:
        yield warning(
            "target_copies",
            "Neither copies, nor a category, nor a ratio is given: nothing can be classified.",
            "mrd.empty",
        )
    yield from _twice(result, proposal.id, facts)
    yield from _other_transcript(result, facts)


def _replicates(replicates: Sequence[MrdReplicate]) -> Iterator[Finding]:
    """Each counts with both its numbers, and as if they had been measured: no rule reads a bound there."""
    for each in replicates:
        given = [copies for copies in (each.target_copies, each.control_copies) if copies is not None]
        if not all(copies.exact for copies in given):
            bound = f"Replicate {each.number}: give numbers without “<” or “>”, or leave the replicates out and give "
            yield error("replicates", f"{bound}the totals of the report.", "mrd.replicates.bound")
        elif len(given) == 1:
            half = f"Replicate {each.number} has one of its two numbers and is not counted. Give both, or withdraw it."
            yield warning("replicates", half, "mrd.replicates.incomplete")


def _twice(result: MrdResult, own_id: int, facts: Facts) -> Iterator[Finding]:
    same = {name: getattr(result, name) for name in ("collected", "specimen", "transcript")}
    for other in facts.siblings("mrd", **same):
        if isinstance(other, MrdResult) and other.id != own_id and other.method == result.method:
            yield warning(
                "collected",
                (
                    ("A result of this transcript and specimen of ", result.collected, " is recorded already. "),
                    "If this is a second sample of that day, say so.",
                ),
                "mrd.twice",
            )
            return


def check_mutation(proposal: Proposal, _facts: Facts) -> Iterator[Finding]:
    """A mutation found has a name; a test without one has neither name nor allele fraction."""
    result = proposal.get("result")
    if result == "FOUND" and not proposal.get("variant"):
        yield error("variant", "A mutation was found: name it, for example T315I.", "mutation.unnamed")
    if result in ("NONE", "FAILED") and isinstance(proposal.get("allele_fraction"), Quantity):
        yield error("allele_fraction", "No mutation was found, so there is no allele fraction.", "mutation.fraction")
    variant = proposal.get("variant")
    if variant and result in ("NONE", "FAILED"):
        yield error("variant", "No mutation was found, so none has a name. Check the result.", "mutation.named")
    if variant and result is None:
        named = "A mutation is named, yet the result is left empty, as if it were awaited. Choose “Mutation found”."
        yield warning("result", named, "mutation.result-missing")
    if isinstance(variant, str) and variant and not all(map(_NAMED.fullmatch, parts(variant))):
        yield warning(
            "variant",
            "This is not written like a mutation. Write the change of the protein, for example T315I or p.Thr315Ile, "
            "or of the DNA, for example c.944C>T.",
            "mutation.name",
        )


def check_lesion(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """One gene was found deleted and not deleted: both calls stay, and the class cannot be told until one of them goes.

    Source: ours. A call that failed says nothing against another.
    """
    gene, call = proposal.get("gene"), proposal.get("call")
    for other in facts.siblings("lesion", gene=gene) if gene and call in _OPPOSITE else ():
        if isinstance(other, Lesion) and other.id != proposal.id and other.call == _OPPOSITE[str(call)]:
            yield warning(
                "call",
                f"{gene} is recorded as {other.call} already. As long as both calls stand, the IKZF1 class may not be "
                "evaluable. Withdraw the one that is wrong.",
                "lesion.calls-differ",
            )
            return


def check_transcript(proposal: Proposal, facts: Facts) -> Iterator[Finding]:
    """The transcript at diagnosis against the results that are recorded already."""
    known = proposal.get("transcript")
    if known not in _ALONE:
        return
    others = [r for r in facts.siblings("mrd") if isinstance(r, MrdResult) and r.transcript != known]
    if others:
        more = f" and {len(others) - 1} more" if len(others) > 1 else ""
        said = (f"There is an MRD result of {others[0].transcript} already, collected on ", others[0].collected)
        yield warning("transcript", (*said, f"{more}. Check which is right."), "disease.transcript-mrd")


def _other_transcript(result: MrdResult, facts: Facts) -> Iterator[Finding]:
    for known in _ALONE:
        if known != result.transcript and facts.siblings("disease", transcript=known):
            yield warning(
                "transcript",
                f"The leukaemia was recorded with {known} alone, and this result is of {result.transcript}. "
                "Check which is right.",
                "mrd.other-transcript",
            )
