"""Patients over time: each patient's phases, what was reached and lost on the way, and how long they are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from models.cohort.method import Method
from models.cohort.table import Cell, Column, Form, Row, Table, text
from models.cohort.who import DAYS_IN_MONTH, INEXACT, When, Who, months
from models.domain.codelists import PATIENT_STATUS
from models.protocols.model import Protocol
from models.records.treatment import PhaseRun

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart
    from models.cohort.member import Member

METHOD = Method(
    "Patients over time",
    f"Time counts from study day 1 in months of {DAYS_IN_MONTH} days. A bar ends with its phase, where no end is"
    " recorded with the next phase or the last day known alive. An arrow: alive and in the study. Patients whose study"
    " day 1 is not fully known have no line.",
)


class Span(NamedTuple):
    """A phase as it ran. `ended` is None where no end is recorded."""

    phase: str
    began: date
    ended: date | None
    record_id: int


class Bar(NamedTuple):
    """A phase in months from study day 1."""

    phase: str
    label: str
    treatment: bool
    cycle: int
    start: float
    end: float


class Mark(NamedTuple):
    """Something reached, found or done, in months from study day 1, and its record."""

    code: str
    label: str
    month: float
    kind: str
    record_id: int


@dataclass(frozen=True, slots=True)
class Lane:
    """One patient over time. `last` is the last day known alive, or death; `ongoing` draws the arrow."""

    who: Who
    status: str
    enrolled: date | None
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    last: float
    ongoing: bool

    def month(self, code: str) -> float | None:
        """When something was reached, None where it was not."""
        return next((mark.month for mark in self.marks if mark.code == code), None)


ORDERS: dict[str, str] = {
    "enrolled": "Date of enrolment",
    "last": "Time followed, longest first",
    "response": "Time to molecular response",
    "number": "Subject number",
}
"""The orders of the lanes: code -> words shown."""


def of_chart(chart: "PatientChart") -> tuple[Span, ...]:
    """The phases of one patient, by their beginning."""
    runs = [
        Span(run.phase, began, run.ended.latest if run.ended else None, run.id)
        for run in chart.of(PhaseRun)
        if (began := run.began.earliest)
    ]
    return tuple(sorted(runs, key=lambda span: (span.began, span.record_id)))


def phase_at(spans: Sequence[Span], day: date) -> str:
    """The code of the phase that had begun last on a day; "" before the first."""
    return next((span.phase for span in reversed(spans) if span.began <= day), "")


def phase_label(protocol: Protocol, code: str) -> str:
    """The words for a phase; before the first one there is none."""
    phase = protocol.phase(code)
    return phase.label if phase else "before treatment"


def lanes(members: Sequence["Member"], protocol: Protocol, order: str = "enrolled") -> tuple[Lane, ...]:
    """The enrolled patients who began treatment, in one of `ORDERS`."""
    found = [_lane(member, protocol) for member in members if member.enrolled and member.day_one]
    if order == "last":
        return tuple(sorted(found, key=lambda lane: -lane.last))
    if order == "response":
        never = float("inf")
        return tuple(sorted(found, key=lambda lane: never if (m := lane.month("response")) is None else m))
    if order == "number":
        return tuple(sorted(found, key=lambda lane: lane.who.label))
    return tuple(sorted(found, key=lambda lane: (lane.enrolled or date.max, lane.who.label)))


def _lane(member: "Member", protocol: Protocol) -> Lane:
    assert member.day_one is not None
    origin = member.day_one.day
    last_day = max(day.day for day in (member.death, member.last_alive, member.day_one) if day)

    def at(day: date) -> float:
        return months((day - origin).days)

    bars = []
    for span, following in zip_longest(member.phases, member.phases[1:]):
        phase = protocol.phase(span.phase)
        ends = [day for day in (span.ended, following.began if following else None) if day]
        end = min([*ends, last_day]) if ends else last_day
        if phase is not None:
            bars.append(
                Bar(phase.code, phase.label, phase.treatment, phase.cycle, at(span.began), at(max(end, span.began)))
            )
    dated: list[tuple[str, str, When | None]] = [
        ("remission", "Haematologic remission", member.remission),
        ("response", "First molecular response", member.response),
        *(("molecular loss", "Loss of molecular response", when) for when, _ in member.losses),
        *(("mutation", f"ABL1 {found.variant} found", found.found) for found in member.mutations),
        ("transplant", "Transplant", member.transplant),
        ("relapse", "Relapse", member.relapse),
        ("death", "Death", member.death),
    ]
    marks = [
        Mark(code, label if w.exact else f"{label} ({INEXACT})", at(w.day), w.kind, w.record_id)
        for code, label, w in dated
        if w
    ]
    return Lane(
        who=member.who,
        status=member.status,
        enrolled=member.enrolled.day if member.enrolled else None,
        bars=tuple(bars),
        marks=tuple(sorted(marks, key=lambda mark: mark.month)),
        last=at(last_day),
        ongoing=member.status not in ("DEAD", "OFF STUDY"),
    )


def as_phase_table(found: Sequence[Lane]) -> Table:
    """A line for each phase of each patient, as its bar is drawn."""
    columns = (
        Column("patient", "Patient", Form.TEXT),
        Column("phase", "Phase", Form.TEXT),
        Column("start", "Start, months", Form.MONTHS),
        Column("end", "End, months", Form.MONTHS),
    )
    rows = tuple(
        Row(
            f"{lane.who.label}/{number}/{bar.phase}",
            (
                Cell((lane.who.label,), (lane.who,)),
                text(bar.label),
                Cell((bar.start,), (lane.who,)),
                Cell((bar.end,), (lane.who,)),
            ),
        )
        for lane in found
        for number, bar in enumerate(lane.bars, start=1)
    )
    return Table("patients-phases", "Phases of the patients over time", columns, rows, (METHOD,))


def as_table(found: Sequence[Lane]) -> Table:
    """A line a patient: months to each mark and to the last day known alive."""
    codes = {"remission": "Remission", "response": "Molecular response", "molecular loss": "Response lost"}
    codes |= {"mutation": "Mutation", "transplant": "Transplant", "relapse": "Relapse", "death": "Death"}
    columns = (
        Column("patient", "Patient", Form.TEXT),
        Column("status", "Status", Form.TEXT),
        *(Column(code.replace(" ", "_"), f"{label}, months", Form.MONTHS) for code, label in codes.items()),
        Column("last", "Last known, months", Form.MONTHS),
    )
    rows = tuple(
        Row(
            lane.who.label,
            (
                Cell((lane.who.label,), (lane.who,)),
                text(PATIENT_STATUS.label(lane.status)),
                *(Cell((lane.month(code),), (lane.who,)) for code in codes),
                Cell((lane.last,), (lane.who,)),
            ),
        )
        for lane in found
    )
    return Table("patients-over-time", "Patients over time", columns, rows, (METHOD,))
