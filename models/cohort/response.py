"""Response by time point: how many are in response at each landmark, of those evaluable and of all enrolled."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from models.cohort.grouping import Group, Grouping, method
from models.cohort.landmarks import (
    EUROPEAN_OUTCOMES,
    HAEMATOLOGIC_OUTCOMES,
    IN_REMISSION,
    MISSING,
    NOT_REACHED,
    OUTCOMES,
)
from models.cohort.member import Member
from models.cohort.method import Method
from models.cohort.relapse import REMISSION_ENDED
from models.cohort.sustained import SUSTAINED, SUSTAINED_OUTCOMES, TOO_EARLY
from models.cohort.table import Cell, Column, Form, Row, Table, counted, text
from models.cohort.who import Who
from models.domain.capitals import within_sentence
from models.domain.codelists import SPECIMEN
from models.domain.molecular.rules import EUROPEAN_RULE
from models.domain.molecular.terms import EUROPEAN_COMPLETE, NOT_EVALUABLE
from models.domain.remission import RULE as REMISSION_RULE
from models.domain.sentence import Sentence
from models.protocols.model import LANDMARK_SAMPLES, Protocol
from models.statistics.proportions import Proportion, clopper_pearson

HAEMATOLOGIC = "haematologic"
PROTOCOL = "protocol"
EUROPEAN = "european"
SUSTAINED_RESPONSE = "sustained"
RULE_SETS = (HAEMATOLOGIC, PROTOCOL, SUSTAINED_RESPONSE, EUROPEAN)
"""The tables of response, in the order of a paper."""
PRIMARY_ROW = "primary"
DENOMINATORS = Method(
    "Denominators",
    "Evaluable: every enrolled patient with an outcome at the time point. Not evaluable, missing (the visit was due)"
    " and not reached (the visit was never due, or its window is not over) are shown beside and not counted in it."
    " Enrolled: all enrolled patients of the group.",
)
INTERVAL = Method(
    "Exact interval",
    "95 % intervals of proportions are exact (Clopper-Pearson).",
    "Clopper and Pearson, Biometrika 1934;26:404-413",
)

_Read = Callable[[Member], tuple[str, Sentence]]
"""A patient's outcome at a landmark, and the reason in words."""


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One time point. `outcomes` are all enrolled patients by what they are there; every patient is in one of them.

    `reasons` says, for each patient of the row, why. Evaluable is everybody whose outcome is neither not evaluable, nor
    missing, nor not reached.
    """

    code: str
    label: str
    outcomes: tuple[tuple[str, tuple[Who, ...]], ...]
    response: tuple[Who, ...]
    evaluable: tuple[Who, ...]
    enrolled: tuple[Who, ...]
    of_evaluable: Proportion
    of_enrolled: Proportion
    reasons: Mapping[Who, Sentence]

    def patients(self, outcome: str) -> tuple[Who, ...]:
        """The patients of one outcome."""
        return dict(self.outcomes).get(outcome, ())


@dataclass(frozen=True, slots=True)
class ResponseTable:
    """The time points of one rule set in one group."""

    rule_set: str
    group: str
    rows: tuple[ResponseRow, ...]

    def row(self, code: str) -> ResponseRow:
        """The row of a landmark, of the primary endpoint or of sustained response."""
        return next(row for row in self.rows if row.code == code)


def response(rule_set: str, group: Group, protocol: Protocol) -> ResponseTable:
    """The table of one rule set (a code of `RULE_SETS`) for the enrolled patients of a group."""
    enrolled = [member for member in group.members if member.enrolled]
    outcomes, responses = _OUTCOMES[rule_set], _responses(rule_set, protocol)
    primary = protocol.visit(protocol.primary_landmark)
    if rule_set == SUSTAINED_RESPONSE:
        label = f"Sustained molecular response, {within_sentence(primary.label)} and on" if primary else ""
        rows = [_row(primary.code, label, enrolled, _sustained, outcomes, responses)] if primary else []
        return ResponseTable(rule_set, group.name, tuple(rows))
    rows = [
        _row(visit.code, visit.label, enrolled, _at(rule_set, visit.code), outcomes, responses)
        for visit in protocol.visits
        if visit.landmark
    ]
    if rule_set == PROTOCOL and primary:
        label = f"Primary endpoint: molecular response {within_sentence(primary.label)}"
        rows.append(_row(PRIMARY_ROW, label, enrolled, _at(rule_set, primary.code), outcomes, responses))
    return ResponseTable(rule_set, group.name, tuple(rows))


def methods(rule_set: str, protocol: Protocol) -> tuple[Method, ...]:
    """The rules behind the table of a rule set."""
    if rule_set == HAEMATOLOGIC:
        wording = (
            "In remission (CR, CRh or CRi as the investigator judged) by the last response assessment from study day 2"
            " to the end of the window of the time point, with no relapse by then. A relapse whose day is not fully"
            " known counts only where the first day it can have been lies before the window: that is not before"
            f" {REMISSION_ENDED}."
        )
        return (Method("Haematologic remission", wording, REMISSION_RULE.source), DENOMINATORS, INTERVAL)
    mrd = protocol.mrd
    specimen = SPECIMEN.label(mrd.specimen).lower()
    sample = Method(
        "Sample of a time point",
        f"Samples of {specimen} recorded under the visit, or under none that collects MRD and taken in its window. Of"
        f" several, {LANDMARK_SAMPLES[protocol.analysis.landmark_sample]}. Of several results of one day the worst"
        " counts; a patient with both transcripts is in response only where both are.",
    )
    if rule_set == EUROPEAN:
        wording = (
            "MRD CR counts as response; intermediate (which includes positive non-quantifiable) and failure do not."
            " Judged in haematologic remission only."
        )
        return (Method("European terms", wording, EUROPEAN_RULE.source), sample, DENOMINATORS, INTERVAL)
    classes = " or ".join(mrd.response_classes)
    named = Method(
        f"{mrd.rule_set} rules, version {mrd.version}", f"Molecular response: {classes}, {specimen}.", mrd.source
    )
    if rule_set == SUSTAINED_RESPONSE:
        return (_sustained_method(protocol, specimen), named, sample, DENOMINATORS, INTERVAL)
    return (named, sample, DENOMINATORS, INTERVAL)


def _sustained_method(protocol: Protocol, specimen: str) -> Method:
    primary = protocol.visit(protocol.primary_landmark)
    landmark = within_sentence(primary.label) if primary else "at the primary landmark"
    wording = (
        f"In molecular response {landmark} and at the evaluable samples of {specimen} that"
        f" follow, until {protocol.mrd.sustained_time_points} in a row are; a relapse in between ends it. Too early"
        " to say: fewer samples yet, and not counted as evaluable."
    )
    return Method("Sustained molecular response", wording, protocol.mrd.source)


def as_table(tables: Sequence[ResponseTable], protocol: Protocol, by: Grouping | None = None) -> Table:
    """The groups of one rule set under each other; `by` is how they were divided."""
    rule_set = tables[0].rule_set
    outcomes = _OUTCOMES[rule_set]
    columns = (
        Column("group", "Group", Form.TEXT),
        Column("time_point", "Time point", Form.TEXT),
        *(Column(outcome.replace(" ", "_").replace("-", "_"), outcome) for outcome in outcomes),
        Column("response", "Response"),
        Column("evaluable", "Evaluable"),
        Column("of_evaluable", "Of evaluable", Form.PERCENT, limits=True),
        Column("enrolled", "Enrolled"),
        Column("of_enrolled", "Of enrolled", Form.PERCENT, limits=True),
    )
    rows = [
        Row(
            f"{table.group}/{row.code}",
            (
                text(table.group),
                text(row.label),
                *(counted(row.patients(outcome)) for outcome in outcomes),
                counted(row.response),
                counted(row.evaluable),
                _share(row.of_evaluable, row.response, row.evaluable),
                counted(row.enrolled),
                _share(row.of_enrolled, row.response, row.enrolled),
            ),
        )
        for table in tables
        for row in table.rows
    ]
    title = _TITLES[rule_set].format(rule_set=protocol.mrd.rule_set)
    rules = (*methods(rule_set, protocol), *method(by))
    return Table(f"response-{rule_set}", title, columns, tuple(rows), rules)


def _share(share: Proportion, response_: tuple[Who, ...], of: tuple[Who, ...]) -> Cell:
    responding = set(response_)
    basis = tuple(who in responding for who in of)
    return Cell((share.estimate, share.lower, share.upper), of, basis, "" if of else "nobody counts")


def _row(
    code: str, label: str, enrolled: Sequence[Member], read: _Read, outcomes: Sequence[str], responses: Sequence[str]
) -> ResponseRow:
    patients = tuple(member.who for member in enrolled)
    outcome_of: dict[Who, str] = {}
    reasons: dict[Who, Sentence] = {}
    by_outcome: dict[str, list[Who]] = defaultdict(list)
    for member in enrolled:
        outcome, reasons[member.who] = read(member)
        outcome_of[member.who] = outcome
        by_outcome[outcome].append(member.who)
    responding = tuple(who for who, outcome in outcome_of.items() if outcome in responses)
    evaluable = tuple(who for who, outcome in outcome_of.items() if outcome not in _UNJUDGED)
    return ResponseRow(
        code=code,
        label=label,
        outcomes=tuple((name, tuple(by_outcome[name])) for name in outcomes),
        response=responding,
        evaluable=evaluable,
        enrolled=patients,
        of_evaluable=clopper_pearson(len(responding), len(evaluable)),
        of_enrolled=clopper_pearson(len(responding), len(patients)),
        reasons=reasons,
    )


def _at(rule_set: str, visit: str) -> _Read:
    """How a patient's outcome at one landmark is read."""

    def read(member: Member) -> tuple[str, Sentence]:
        landmark = member.landmark(visit)
        if landmark is None:
            return NOT_REACHED, ""
        if rule_set == HAEMATOLOGIC:
            return landmark.haematologic.outcome, landmark.haematologic.reason
        molecular = landmark.molecular
        return (molecular.european if rule_set == EUROPEAN else molecular.outcome), molecular.reason

    return read


def _sustained(member: Member) -> tuple[str, Sentence]:
    return member.sustained.outcome, member.sustained.reason


def _responses(rule_set: str, protocol: Protocol) -> tuple[str, ...]:
    """The outcomes that count as response."""
    counting = {HAEMATOLOGIC: (IN_REMISSION,), EUROPEAN: (EUROPEAN_COMPLETE,), SUSTAINED_RESPONSE: (SUSTAINED,)}
    return counting.get(rule_set, protocol.mrd.response_classes)


_OUTCOMES = {
    HAEMATOLOGIC: HAEMATOLOGIC_OUTCOMES,
    PROTOCOL: OUTCOMES,
    SUSTAINED_RESPONSE: SUSTAINED_OUTCOMES,
    EUROPEAN: EUROPEAN_OUTCOMES,
}
_UNJUDGED = frozenset({NOT_EVALUABLE, MISSING, NOT_REACHED, TOO_EARLY})
_TITLES = {
    HAEMATOLOGIC: "Haematologic remission by time point",
    PROTOCOL: "Molecular response by time point, {rule_set} rules",
    SUSTAINED_RESPONSE: "Sustained molecular response, {rule_set} rules",
    EUROPEAN: "Molecular response by time point, European terms",
}
