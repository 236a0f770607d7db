"""Data completeness: what was expected, received, late and missing, by visit and by form."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from models.chart.visits import OFFERED, PIECE_KINDS, Answers, answering
from models.cohort.method import Method
from models.cohort.table import Cell, Column, Form, Row, Table, counted, text
from models.cohort.who import Who
from models.protocols.model import PIECES, Protocol
from models.protocols.schedule import DONE_STATES, PlannedVisit, VisitState

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart
    from models.cohort.member import Member

RECEIVED, LATE, MISSING, SKIPPED = "received", "late", "missing", "skipped"
METHOD = Method(
    "Data completeness",
    "Visits: expected is every planned visit of an enrolled patient that took place, was missed or skipped, or"
    " whose window has closed with nothing recorded. Received: took place. Late: of those received, after the"
    " window had closed. Missing: missed, or nothing recorded. Skipped: not made, with a reason. Forms: what the"
    " visits that took place were to collect; late is a form dated after the window. Reviews of events, doses and"
    " lumbar punctures are offered, never expected.",
)


class FormState(NamedTuple):
    """One piece of a visit (a code of `PIECES`): received, late or missing."""

    piece: str
    state: str


class VisitForms(NamedTuple):
    """One expected visit of one patient, and what it was to collect where it took place."""

    visit: str
    state: str
    forms: tuple[FormState, ...]


class CompletenessRow(NamedTuple):
    """One visit or form. A patient stands in a list once for each visit; late ones are also received."""

    code: str
    label: str
    expected: tuple[Who, ...]
    received: tuple[Who, ...]
    late: tuple[Who, ...]
    missing: tuple[Who, ...]
    skipped: tuple[Who, ...]

    @property
    def share(self) -> float | None:
        """Received of expected, None where nothing was expected."""
        return len(self.received) / len(self.expected) if self.expected else None


_STATE_OF = {
    VisitState.OVERDUE: MISSING,
    VisitState.MISSED: MISSING,
    VisitState.SKIPPED: SKIPPED,
}


def of_chart(chart: "PatientChart") -> tuple[VisitForms, ...]:
    """The expected visits of an enrolled patient, with the state of each and of its forms."""
    if not chart.patient.enrolled:
        return ()
    answers = {piece: chart.answers(kind) for piece, kind in PIECE_KINDS.items() if piece not in OFFERED}
    found = []
    for visit in chart.visits:
        if visit.plan is None:
            continue
        if visit.state in DONE_STATES:
            late = visit.state is VisitState.DONE_OUT_OF_WINDOW and visit.deviation_days > 0
            asked = [piece for piece in visit.plan.collects if piece not in OFFERED]
            forms = tuple(FormState(piece, _form(visit, answers[piece])) for piece in asked)
            found.append(VisitForms(visit.code, LATE if late else RECEIVED, forms))
        elif visit.state in _STATE_OF:
            found.append(VisitForms(visit.code, _STATE_OF[visit.state], ()))
    return tuple(found)


def _form(visit: PlannedVisit, answers: Answers) -> str:
    days = answering(visit, answers)
    if not days:
        return MISSING
    closes = visit.closes
    return LATE if closes and all(day and day > closes for day in days) else RECEIVED


def by_visit(members: Sequence["Member"], protocol: Protocol) -> tuple[CompletenessRow, ...]:
    """The visits in the order of the protocol; those that nobody was expected at are left out."""
    found: dict[str, list[tuple[Who, str]]] = {visit.code: [] for visit in protocol.visits}
    for member in members:
        for visit in member.forms:
            found[visit.visit].append((member.who, visit.state))
    return tuple(_row(v.code, v.label, found[v.code]) for v in protocol.visits if found[v.code])


def by_form(members: Sequence["Member"]) -> tuple[CompletenessRow, ...]:
    """The forms that visits were to collect, in their usual order."""
    found: dict[str, list[tuple[Who, str]]] = {piece: [] for piece in PIECES}
    for member in members:
        for visit in member.forms:
            for form in visit.forms:
                found[form.piece].append((member.who, form.state))
    return tuple(_row(piece, label, found[piece]) for piece, label in PIECES.items() if found[piece])


def _row(code: str, label: str, states: Sequence[tuple[Who, str]]) -> CompletenessRow:
    def those(*wanted: str) -> tuple[Who, ...]:
        return tuple(who for who, state in states if state in wanted)

    return CompletenessRow(
        code,
        label,
        expected=tuple(who for who, _ in states),
        received=those(RECEIVED, LATE),
        late=those(LATE),
        missing=those(MISSING),
        skipped=those(SKIPPED),
    )


def as_table(rows: Sequence[CompletenessRow], what: str) -> Table:
    """A line a visit or form; `what` is "visit" or "form"."""
    columns = (
        Column(what, what.capitalize(), Form.TEXT),
        Column("expected", "Expected"),
        Column("received", "Received"),
        Column("late", "Late"),
        Column("missing", "Missing"),
        Column("skipped", "Skipped"),
        Column("share", "Received of expected", Form.PERCENT),
    )
    lines = tuple(Row(row.code, _cells(row)) for row in rows)
    return Table(f"completeness-{what}", f"Data completeness by {what}", columns, lines, (METHOD,))


def _cells(row: CompletenessRow) -> tuple[Cell, ...]:
    lists = (row.expected, row.received, row.late, row.missing, row.skipped)
    times = Counter(row.received)
    share = Cell((row.share,), row.expected, tuple(times[who] for who in row.expected))
    return (text(row.label), *(counted(patients) for patients in lists), share)
