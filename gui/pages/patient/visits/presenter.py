"""The visits of a patient in words. Pure: chart -> rows of texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gui.pages.patient.mrd.presenter import DASH, result_rows
from gui.pages.patient.presenter import ikzf1_words, study_day_words
from gui.pages.patient.visits.pieces import Piece
from gui.widgets.words import in_words
from models.chart.patient_chart import PatientChart
from models.chart.visits import missing_pieces
from models.domain.capitals import upper_first, within_sentence
from models.domain.codelists import VISIT_STATUS
from models.domain.date_notation import write_date
from models.domain.durations import days_in_words
from models.domain.notation import Desk, write_quantity
from models.domain.sentence import write_sentence
from models.protocols.schedule import ActualVisit, PlannedVisit, VisitState
from models.records import Record
from models.records.safety import AdverseEvent
from models.records.treatment import Exposure
from models.reports.desk_words import days_words

_TONES = {
    VisitState.OPEN: "accent",
    VisitState.CLOSING: "due",
    VisitState.OVERDUE: "urgent",
    VisitState.DONE_IN_WINDOW: "good",
    VisitState.DONE_OUT_OF_WINDOW: "due",
    VisitState.DONE: "good",
    VisitState.MISSED: "urgent",
    VisitState.SKIPPED: "not_evaluable",
    VisitState.UNSCHEDULED: "accent",
}


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit as the table shows it. `record` is the id of what is recorded, 0 where nothing is.

    A visit that was recorded more than once has a line for each record.
    """

    code: str
    record: int
    order: date
    visit: str
    window: str
    date: str
    day: str
    state: str
    tone: str
    deviation: str
    lacks: str
    note: str


@dataclass(frozen=True, slots=True)
class PieceLine:
    """What is recorded of a piece, in words; `id` is 0 for a line that stands for many records."""

    id: int
    words: str


def piece_lines(chart: PatientChart, piece: Piece, records: Sequence[Record], desk: Desk) -> tuple[PieceLine, ...]:
    """What is there for a piece of a visit."""
    number = len(records)
    if piece.kind == "lab" and records:
        return (PieceLine(0, f"{number} value{'s' * (number > 1)} recorded"),)
    if piece.kind == "lesion" and records:
        return (PieceLine(0, f"{number} call{'s' * (number > 1)} recorded, {ikzf1_words(chart)}"),)
    results = {row.id: row for row in result_rows(chart, desk)} if piece.kind == "mrd" else {}
    lines = []
    for record in records:
        row = results.get(record.id)
        if row:
            ratio = f", ratio {row.ratio} %" if row.ratio != DASH else ""
            words = f"{row.transcript}, {row.specimen}: {row.words}{ratio}"
        else:
            words = _record_words(chart, piece, record, desk)
        lines.append(PieceLine(record.id, words))
    return tuple(lines)


def _record_words(chart: PatientChart, piece: Piece, record: Record, desk: Desk) -> str:
    if isinstance(record, AdverseEvent):
        view = next(view for view in chart.events if view.record.id == record.id)
        return f"{record.name}, grade {view.current}" if view.current else record.name
    if isinstance(record, Exposure):
        drug = chart.protocol.drug(record.drug)
        dose = write_quantity(record.dose, desk) if record.dose else ""
        dose = "held" if record.dose and not record.dose.value else dose
        return f"{drug.name if drug else record.drug} {dose}".rstrip()
    fields = type(record).kind.fields
    said = ((fields[name], getattr(record, name)) for name in piece.fields or tuple(fields))
    words = [f"{field.label} {in_words(field, value, desk)}" for field, value in said if value is not None]
    return " · ".join(words[:_MOST_FACTS]) or type(record).kind.title


_MOST_FACTS = 4


def visit_rows(chart: PatientChart, desk: Desk) -> tuple[VisitRow, ...]:
    """Every planned and every recorded visit, in the order of the days."""
    rows = []
    for visit in chart.visits:
        rows.append(_row(chart, visit, visit.record, desk))
        rows += [_repeated(chart, visit, other, desk) for other in visit.actual if other is not visit.record]
    return tuple(rows)


def deviation_words(days: int) -> str:
    """How far out of its window a visit lies: "2 days late", "1 day early"."""
    if not days:
        return ""
    return f"{days_in_words(abs(days))} {'late' if days > 0 else 'early'}"


def state_words(visit: PlannedVisit, today: date) -> str:
    """The state, and where it presses how many days are left or past."""
    words = upper_first(visit.state.value)
    if visit.state is VisitState.DONE:
        return "Done"
    if visit.closes and visit.state in (VisitState.OPEN, VisitState.CLOSING):
        left = (visit.closes - today).days
        return f"{words}, {days_in_words(left)} left" if left else f"{words}, last day"
    if visit.closes and visit.state is VisitState.OVERDUE:
        return f"{words}, {days_in_words((today - visit.closes).days)}"
    return words


def standing_words(visit: PlannedVisit, desk: Desk, today: date) -> str:
    """The window and the state of a visit on one line."""
    window = f"Window {days_words(visit.opens, visit.closes, desk)}" if visit.opens else ""
    state = f"{state_words(visit, today)} {deviation_words(visit.deviation_days)}".strip()
    return " · ".join(part for part in (window, state) if part)


def subtitle(visit: PlannedVisit, desk: Desk, today: date) -> str:
    """What stands under the title of a visit's form: its window and state."""
    return " · ".join(part for part in (standing_words(visit, desk, today), visit.reason) if part)


def _row(chart: PatientChart, visit: PlannedVisit, counts: ActualVisit | None, desk: Desk) -> VisitRow:
    """The visit itself, with the record that its state follows from."""
    day = chart.day(visit.date)
    return VisitRow(
        code=visit.code,
        record=counts.key if counts else 0,
        order=(visit.date and visit.date.earliest) or visit.target or date.max,
        visit=visit.label,
        window=days_words(visit.opens, visit.closes, desk) if visit.opens else "",
        date=write_date(visit.date, desk) if visit.date else "",
        day="" if day is None else study_day_words(day),
        state=state_words(visit, chart.today),
        tone=_TONES.get(visit.state, ""),
        deviation=deviation_words(visit.deviation_days),
        lacks=", ".join(missing_pieces(visit, chart.records)),
        note=" ".join((visit.reason, *(write_sentence(each.message, desk) for each in visit.findings))).strip(),
    )


def _repeated(chart: PatientChart, visit: PlannedVisit, record: ActualVisit, desk: Desk) -> VisitRow:
    """A further record of the same visit: withdrawn where it is one too many, it has to be reached."""
    day = chart.day(record.date)
    return VisitRow(
        code=visit.code,
        record=record.key,
        order=(record.date and record.date.earliest) or visit.target or date.max,
        visit=visit.label,
        window="",
        date=write_date(record.date, desk) if record.date else "",
        day="" if day is None else study_day_words(day),
        state=f"Recorded again: {within_sentence(VISIT_STATUS.label(record.status))}",
        tone="due",
        deviation="",
        lacks="",
        note=record.reason,
    )
