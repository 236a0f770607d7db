"""The waterfall: how far each patient's MRD had fallen at a landmark, in logs below baseline."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from models.cohort.method import Method
from models.cohort.table import Cell, Column, Form, Row, Table, counted, text
from models.cohort.who import Who
from models.domain.capitals import within_sentence
from models.domain.quantities import Quantity
from models.protocols.model import VisitPlan

if TYPE_CHECKING:
    from models.cohort.member import Member

METHOD = Method(
    "Log reduction",
    "Powers of ten below the patient's baseline sample (the first one with a number up to study day 1), at the"
    " sample that stands for the time point; with both transcripts the smaller one. “>”: at least so far down:"
    " not detected, reckoned to its sensitivity, or not quantifiable, reckoned to its limit (to its ratio and without"
    " “>” where no limit is known). Patients without a baseline or without a level have no bar and are listed.",
)


class Fall(NamedTuple):
    """One bar: logs below baseline (">" where it is at least so much), the class at the landmark, the MRD results."""

    who: Who
    reduction: Quantity
    outcome: str
    records: tuple[int, ...]


class Waterfall(NamedTuple):
    """The bars from the smallest reduction to the largest, and the evaluable patients who have none."""

    visit: str
    label: str
    bars: tuple[Fall, ...]
    without: tuple[Who, ...]


def waterfall(members: Sequence["Member"], visit: VisitPlan) -> Waterfall:
    """The waterfall of the enrolled patients with a sample at a landmark."""
    bars, without = [], []
    for member in members:
        landmark = member.landmark(visit.code) if member.enrolled else None
        if landmark is None or not landmark.molecular.records:
            continue
        found = landmark.molecular
        if found.reduction is None:
            without.append(member.who)
        else:
            bars.append(Fall(member.who, found.reduction, found.outcome, found.records))
    bars.sort(key=lambda bar: (bar.reduction.value, bar.reduction.qualifier, bar.who.label))
    return Waterfall(visit.code, visit.label, tuple(bars), tuple(without))


def as_table(found: Waterfall) -> Table:
    """A line a bar; the last line counts those without one."""
    columns = (
        Column("patient", "Patient", Form.TEXT),
        Column("qualifier", "At least", Form.TEXT),
        Column("reduction", "Reduction, log10", Form.LOGS),
        Column("class", "Class", Form.TEXT),
        Column("without", "Without a bar"),
    )
    rows = [
        Row(
            bar.who.label,
            (
                Cell((bar.who.label,), (bar.who,)),
                text(bar.reduction.qualifier),
                Cell((bar.reduction.value,), (bar.who,)),
                text(bar.outcome),
                text(None),
            ),
        )
        for bar in found.bars
    ]
    rows.append(Row("without", (text("Without a bar"), text(""), text(None), text(""), counted(found.without))))
    title = f"Log reduction {within_sentence(found.label)}"
    return Table(f"waterfall-{found.visit}", title, columns, tuple(rows), (METHOD,))
