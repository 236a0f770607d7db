"""MRD results, mutation tests and copy-number calls: what the rules refuse or doubt, and what contradicts the rest."""

import re
from collections.abc import Iterator

from models.chart.molecular import rules, sample
from models.checks.facts import Facts, Proposal
from models.domain.findings import Finding, error, warning
from models.domain.genotype import DELETED, NOT_DELETED
from models.domain.molecular.checks import check_sample
from models.domain.molecular.sample import TRANSCRIPTS
from models.domain.quantities import Quantity
from models.records.disease import Disease, Lesion
from models.records.molecular import MrdReplicate, MrdResult

_FIELD_OF = {"is_factor": "international_factor"}
_ALONE = TRANSCRIPTS
"""A leukaemia recorded with one of them has not the other one; with "both" it may have either."""
_OPPOSITE = {DELETED: NOT_DELETED, NOT_DELETED: DELETED}
_ONE_LETTER, _THREE_LETTERS = "[ACDEFGHIKLMNPQRSTVWY]", "[A-Z][a-z]{2}"
_WHERE = rf"(?:{_ONE_LETTER}|{_THREE_LETTERS})\d{{1,4}}"
_CHANGE = rf"(?:{_ONE_LETTER}|{_THREE_LETTERS}|\*|(?:{_ONE_LETTER}|{_THREE_LETTERS})?fs\S*|del\S*|dup\S*|ins\S*)"
_NAMED = re.compile(rf"(?:p\.)?\(?{_WHERE}(?:_{_WHERE})?{_CHANGE}\)?|c\.\S*\d\S*")
_PARTED = re.compile(r"\s*[,;/+]\s*")
"""Between the parts of a compound mutation."""


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
    yield from _other_transcript(result, facts)


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
    """A mutation found has a name; a test without one has no allele fraction."""
    result = proposal.get("result")
    if result == "FOUND" and not proposal.get("variant"):
        yield error("variant", "A mutation was found: name it, for example T315I.", "mutation.unnamed")
    if result in ("NONE", "FAILED") and isinstance(proposal.get("allele_fraction"), Quantity):
        yield error("allele_fraction", "No mutation was found, so there is no allele fraction.", "mutation.fraction")
    variant = proposal.get("variant")
    if isinstance(variant, str) and variant and not all(map(_NAMED.fullmatch, _PARTED.split(variant.strip()))):
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
    for disease in facts.siblings("disease"):
        known = disease.transcript if isinstance(disease, Disease) else None
        if known in _ALONE and known != result.transcript:
            yield warning(
                "transcript",
                f"The leukaemia was recorded with {known} alone, and this result is of {result.transcript}. "
                "Check which is right.",
                "mrd.other-transcript",
            )
