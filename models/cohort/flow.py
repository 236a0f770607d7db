"""Patient flow: from screening to last contact, how many came to each step, and why others left before it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from models.cohort.method import Method
from models.cohort.table import Cell, Column, Form, Row, Table, counted, text
from models.cohort.who import Who
from models.domain.capitals import within_sentence
from models.domain.codelists import DEATH_CAUSE, DISPOSITION, DISPOSITION_REASON, PATIENT_STATUS, RELAPSE_SITE
from models.protocols.model import Protocol
from models.records.outcome import Disposition

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart
    from models.cohort.member import Member

METHOD = Method(
    "Patient flow",
    "Each step counts those of the step before of whom it is recorded. Beside it stand the others of the step before:"
    " with the end of treatment or study that is recorded, else with where they stand now.",
)


class End(NamedTuple):
    """The end of protocol treatment or of taking part, as recorded; codes of `DISPOSITION` and its reasons."""

    event: str
    reason: str
    day: date | None
    record_id: int


class Step(NamedTuple):
    """A step of the flow: who came to it, and of the step before who did not, by reason."""

    code: str
    label: str
    patients: tuple[Who, ...]
    left: tuple[tuple[str, tuple[Who, ...]], ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """`steps` one after the other; `outcomes` say what became of the enrolled patients, who may be in several."""

    steps: tuple[Step, ...]
    outcomes: tuple[tuple[str, tuple[Who, ...]], ...]

    def step(self, code: str) -> Step:
        """The step of that code."""
        return next(step for step in self.steps if step.code == code)


def of_chart(chart: "PatientChart") -> tuple[End, ...]:
    """The recorded ends of one patient, the earliest first."""
    return tuple(End(d.event, d.reason or "", d.date.earliest, d.id) for d in chart.of(Disposition))


def flow(members: Sequence["Member"], protocol: Protocol) -> Flow:
    """The flow of the whole cohort."""
    came: list[tuple[str, str, Callable[[Member], bool]]] = [
        ("screened", "Screened", lambda member: True),
        ("enrolled", "Enrolled", lambda member: member.enrolled is not None),
        ("treated", "Began treatment", lambda member: bool(member.begun)),
        ("day-one", "Reached study day 1", _began(protocol.day_one_phase)),
    ]
    for phase in protocol.phases:
        if phase.cycle:
            came.append((phase.code, f"Began {within_sentence(phase.label)}", _began(phase.code)))
    steps, before = [], list(members)
    for code, label, test in came:
        here = [member for member in before if test(member)]
        absent = [member for member in before if not test(member)]
        steps.append(Step(code, label, tuple(member.who for member in here), _reasons(absent)))
        before = here
    enrolled = [member for member in members if member.enrolled]
    return Flow(tuple(steps), tuple(_outcomes(enrolled)))


def _began(phase: str) -> "Callable[[Member], bool]":
    return lambda member: phase in member.begun


def _reasons(absent: Sequence["Member"]) -> tuple[tuple[str, tuple[Who, ...]], ...]:
    found: dict[str, list[Who]] = defaultdict(list)
    for member in absent:
        found[_reason(member)].append(member.who)
    return tuple((reason, tuple(patients)) for reason, patients in sorted(found.items()))


def _reason(member: "Member") -> str:
    for end in member.ends:
        return DISPOSITION_REASON.label(end.reason) if end.reason else DISPOSITION.label(end.event)
    return PATIENT_STATUS.label(member.status)


def _outcomes(enrolled: Sequence["Member"]) -> list[tuple[str, tuple[Who, ...]]]:
    def who(test: "Callable[[Member], object]") -> tuple[Who, ...]:
        return tuple(member.who for member in enrolled if test(member))

    found = [
        ("In haematologic remission at any time", who(lambda m: m.remitted)),
        ("In molecular response at any time", who(lambda m: m.response)),
        ("Transplanted", who(lambda m: m.transplanted)),
        ("Transplanted in first remission", who(_in_first_remission)),
        ("Relapsed", who(lambda m: m.relapse)),
        ("Died", who(lambda m: m.death)),
        ("Died without relapse", who(lambda m: m.death and not m.relapse)),
    ]
    by_code: dict[str, list[Who]] = defaultdict(list)
    for member in enrolled:
        for site in member.relapse_sites:
            by_code[f"Relapse: {RELAPSE_SITE.label(site).lower()}"].append(member.who)
        if member.death_cause:
            by_code[f"Death: {DEATH_CAUSE.label(member.death_cause).lower()}"].append(member.who)
        by_code[f"Now: {PATIENT_STATUS.label(member.status).lower()}"].append(member.who)
    return [*found, *((label, tuple(patients)) for label, patients in sorted(by_code.items()))]


def _in_first_remission(member: "Member") -> bool:
    """Whether the transplant came after the first remission, and before any relapse."""
    remission, transplant, relapse = member.remission, member.transplant, member.relapse
    if transplant is None or remission is None or remission.day > transplant.day:
        return False
    return relapse is None or relapse.day > transplant.day


def as_table(found: Flow) -> Table:
    """The steps with those who left before each, then the outcomes."""
    columns = (
        Column("step", "Step", Form.TEXT),
        Column("patients", "Patients"),
        Column("left", "Not reached by"),
        Column("reasons", "Why", Form.TEXT),
    )
    rows = []
    for step in found.steps:
        left = tuple(who for _, patients in step.left for who in patients)
        why = "; ".join(f"{reason} {len(patients)}" for reason, patients in step.left)
        each = tuple(reason for reason, patients in step.left for _ in patients)
        rows.append(Row(step.code, (text(step.label), counted(step.patients), counted(left), Cell((why,), left, each))))
    for label, patients in found.outcomes:
        rows.append(Row(label, (text(label), counted(patients), text(None), text(""))))
    return Table("flow", "Patient flow", columns, tuple(rows), (METHOD,))
