"""The IKZF1 class of a leukaemia, from the raw copy-number calls, by a named rule."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from models.domain.capitals import upper_first
from models.domain.derived import Derived, Rule
from models.domain.enumeration import enumerated
from models.domain.errors import TrialError

DELETED = "deleted"
NOT_DELETED = "not deleted"
FAILED = "failed"
CALLS = (DELETED, NOT_DELETED, FAILED)
DIFFER = "deleted and not deleted: the calls differ"
"""What the calls of a gene come to that contradict each other: nobody can tell which one is right."""

WILD_TYPE = "IKZF1 wild type"
IKZF1_ONLY = "IKZF1 only"
IKZF1_PLUS = "IKZF1plus"
NOT_EVALUABLE = "not evaluable"
IKZF1_CLASSES = (WILD_TYPE, IKZF1_ONLY, IKZF1_PLUS, NOT_EVALUABLE)


class Ikzf1Rule(NamedTuple):
    """A published wording: an IKZF1 deletion with any of `partners` is IKZF1plus, unless one of `excluding` is lost."""

    rule: Rule
    partners: tuple[str, ...]
    excluding: tuple[str, ...] = ()


# The two publications of the same trial word it differently: PAR1 and ERG came with the second.
IKZF1_RULES = {
    "ikzf1plus-nejm-2020": Ikzf1Rule(
        Rule("ikzf1plus-nejm-2020", "1", "Foà et al., N Engl J Med 2020;383:1613-1623"),
        partners=("CDKN2A", "CDKN2B", "PAX5"),
    ),
    "ikzf1plus-jco-2024": Ikzf1Rule(
        Rule("ikzf1plus-jco-2024", "1", "Foà et al., J Clin Oncol 2024;42:881-885, as reported by The ASCO Post, 2024"),
        partners=("CDKN2A", "CDKN2B", "PAX5", "PAR1"),
        excluding=("ERG",),
    ),
}


def taken_together(calls: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What all (gene, call) of a patient come to for each gene: one of `CALLS`, or `DIFFER`.

    A call that failed says nothing against one that did not.
    """
    together: dict[str, str] = {}
    for gene, call in calls:
        known = together.get(gene, FAILED)
        together[gene] = call if known == FAILED else known if call in (FAILED, known) else DIFFER
    return together


def ikzf1_class(calls: Mapping[str, str], rule_id: str) -> Derived[str]:
    """The class that the calls allow under a rule of `IKZF1_RULES`.

    `calls` gives "deleted", "not deleted", "failed" or `DIFFER` for each gene (see `taken_together`); a gene that is
    absent was not tested. A class is given as soon as the genes that are missing, or whose calls differ, cannot change
    it, and not before.

    Raises:
        TrialError: there is no such rule.
        ValueError: a call is none of these words.
    """
    if rule_id not in IKZF1_RULES:
        raise TrialError(f"There is no IKZF1 rule “{rule_id}”. Name one of these: {', '.join(IKZF1_RULES)}.")
    unknown = sorted(set(calls.values()) - {*CALLS, DIFFER})
    if unknown:
        raise ValueError(f"unknown copy-number calls: {unknown}")
    wording = IKZF1_RULES[rule_id]
    genes = ("IKZF1", *wording.partners, *wording.excluding)
    value, reason = _judge(calls, wording)
    return Derived(value, wording.rule, tuple((gene, calls.get(gene, "not tested")) for gene in genes), reason)


def _judge(calls: Mapping[str, str], wording: Ikzf1Rule) -> tuple[str, str]:
    """The class and its reason."""
    ikzf1 = calls.get("IKZF1", FAILED)
    if ikzf1 == NOT_DELETED:
        return WILD_TYPE, "IKZF1 is not deleted."
    if ikzf1 != DELETED:
        return NOT_EVALUABLE, f"{upper_first(_unsaid(['IKZF1'], calls))}."
    lost = [gene for gene in wording.partners if calls.get(gene) == DELETED]
    excluded = [gene for gene in wording.excluding if calls.get(gene) == DELETED]
    if excluded:
        beside = enumerated(excluded)
        return IKZF1_ONLY, f"IKZF1 is deleted, but so is {beside}, which this rule excludes from IKZF1plus."
    unclear = [gene for gene in wording.partners if calls.get(gene) not in (DELETED, NOT_DELETED)]
    if not lost and unclear:
        return NOT_EVALUABLE, f"IKZF1 is deleted, but {_unsaid(unclear, calls)}."
    if not lost:
        return IKZF1_ONLY, f"IKZF1 is deleted, and none of {enumerated(wording.partners)}."
    unclear = [gene for gene in wording.excluding if calls.get(gene) != NOT_DELETED]
    if unclear:
        return NOT_EVALUABLE, (
            f"IKZF1 and {enumerated(lost)} are deleted, but {_unsaid(unclear, calls)}, which can exclude IKZF1plus."
        )
    without = f", and {enumerated(wording.excluding)} is not" if wording.excluding else ""
    return IKZF1_PLUS, f"IKZF1 and {enumerated(lost)} are deleted{without}."


def _unsaid(genes: list[str], calls: Mapping[str, str]) -> str:
    """Why the calls of these genes say nothing: contradicted by another call, failed, or never made."""
    differ = [gene for gene in genes if calls.get(gene) == DIFFER]
    missing = [gene for gene in genes if gene not in differ]
    parts = (
        f"the calls of {enumerated(differ)} differ (deleted and not deleted)" if differ else "",
        f"there is no valid result for {enumerated(missing)}" if missing else "",
    )
    return " and ".join(filter(None, parts))
