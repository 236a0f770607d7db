"""The subgroups in which the cohort is counted: how each is named, and to which one a patient belongs."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from models.cohort.member import Member
from models.cohort.method import Method
from models.domain.codelists import SEX
from models.domain.errors import TrialError
from models.domain.genotype import IKZF1_CLASSES, IKZF1_RULES
from models.protocols.model import Protocol

UNKNOWN = "not known"
"""The group of those whose group cannot be told; it is counted, and takes no part in tests between groups."""
UNTESTED = frozenset({UNKNOWN, "not evaluable"})
EVERYBODY = "all patients"


class Grouping(NamedTuple):
    """A way to divide the cohort. `wording` says by what rule, for the methods."""

    code: str
    label: str
    wording: str


class Group(NamedTuple):
    """One group and its members, in the order of the cohort."""

    name: str
    members: tuple[Member, ...]

    @property
    def tested(self) -> bool:
        """Whether the group takes part in tests between groups."""
        return self.name not in UNTESTED


GROUPINGS: dict[str, str] = {
    "ikzf1": "IKZF1 class",
    "transcript": "transcript",
    "age": "age band",
    "sex": "sex",
}
"""The ways to divide: code -> words as they stand after "by"."""


def grouping(code: str, protocol: Protocol) -> Grouping:
    """The grouping of that code. An unknown code raises TrialError with the known ones."""
    if code not in GROUPINGS:
        raise TrialError(f"The cohort cannot be divided by “{code}”. Choose one of {', '.join(GROUPINGS)}.")
    wordings = {
        "ikzf1": f"IKZF1 class by the rule {protocol.ikzf1_rule}, {IKZF1_RULES[protocol.ikzf1_rule].rule.source}",
        "transcript": "BCR::ABL1 transcript at diagnosis",
        "age": f"age at consent in whole years: {', '.join(_bands(protocol.analysis.age_bands))}",
        "sex": "sex",
    }
    return Grouping(code, GROUPINGS[code], wordings[code])


def method(by: Grouping | None) -> tuple[Method, ...]:
    """The rule of a grouping, as a table states it; none where nothing is divided."""
    if by is None:
        return ()
    return (Method(f"By {by.label}", f"Groups: {by.wording}."),)


def divided(members: Sequence[Member], by: Grouping, protocol: Protocol) -> tuple[Group, ...]:
    """The groups that have a member, in a fixed order; those whose group is not known come last."""
    found: dict[str, list[Member]] = {name: [] for name in _names(by.code, protocol)}
    for one in members:
        found[_name(one, by.code, protocol)].append(one)
    return tuple(Group(name, tuple(held)) for name, held in found.items() if held)


def _names(code: str, protocol: Protocol) -> tuple[str, ...]:
    if code == "ikzf1":
        return IKZF1_CLASSES
    if code == "transcript":
        return ("p190", "p210", "both", UNKNOWN)
    if code == "age":
        return (*_bands(protocol.analysis.age_bands), UNKNOWN)
    return tuple(SEX.terms.values())


def _name(one: Member, code: str, protocol: Protocol) -> str:
    if code == "ikzf1":
        return one.ikzf1
    if code == "transcript":
        return one.transcript or UNKNOWN
    if code == "age":
        bands = protocol.analysis.age_bands
        return UNKNOWN if one.age is None else _bands(bands)[sum(one.age >= start for start in bands)]
    return SEX.label(one.sex)


def _bands(starts: Sequence[int]) -> tuple[str, ...]:
    """The words for the bands that begin at these ages."""
    if not starts:
        return ("all ages",)
    between = (f"{low} to {high - 1}" for low, high in pairwise(starts))
    return (f"under {starts[0]}", *between, f"{starts[-1]} and older")
