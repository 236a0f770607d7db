"""From a patient's chart to what the overview shows."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from models.domain.codelists import DOSE_REASON
from models.domain.molecular.classification import PLOT_QUANTIFIABLE
from models.domain.molecular.points import Point
from models.domain.partial_dates import PartialDate
from models.figures.content import (
    DRAWN_AS,
    DoseBar,
    DrugLane,
    EventBar,
    Mark,
    MrdPoint,
    OverviewContent,
    PhaseBand,
    Span,
    VisitMark,
    VisitMarkState,
)
from models.protocols.schedule import DONE_STATES, DUE_STATES, PlannedVisit, VisitState
from models.records.treatment import Exposure, PhaseRun

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart
    from models.chart.treatment import DrugCourse

_MARKED = {"transplant": "Transplant", "relapse": "Relapse", "mutation": "Mutation", "death": "Death"}
KINASE_INHIBITORS = frozenset(
    ("asciminib", "bosutinib", "dasatinib", "flumatinib", "imatinib", "nilotinib", "olverembatinib", "ponatinib")
)
"""The inhibitors of BCR::ABL1 in use, by their international nonproprietary names."""
_VISIT_STATES = {
    VisitState.DONE_OUT_OF_WINDOW: VisitMarkState.OUT_OF_WINDOW,
    VisitState.MISSED: VisitMarkState.MISSED,
    VisitState.SKIPPED: VisitMarkState.SKIPPED,
    VisitState.OVERDUE: VisitMarkState.OVERDUE,
    VisitState.PLANNED: VisitMarkState.PLANNED,
    VisitState.UNSCHEDULED: VisitMarkState.UNSCHEDULED,
    **dict.fromkeys((VisitState.OPEN, VisitState.CLOSING), VisitMarkState.DUE),
    **dict.fromkeys((VisitState.DONE, VisitState.DONE_IN_WINDOW), VisitMarkState.DONE),
}


def overview_content(chart: "PatientChart") -> OverviewContent:
    """Everything that the drawing of a patient shows."""
    points = [p for series in chart.course.series for p in series.points]
    drawable = [p for p in points if p.when is not None and not _numberless(p)]
    settings = chart.protocol.mrd
    return OverviewContent(
        label=chart.label,
        today=chart.today,
        day_one=chart.day_one,
        ended=_ended(chart),
        points=tuple(sorted((_point(chart, p) for p in drawable), key=lambda p: (p.date, p.transcript, p.record_id))),
        phases=_phases(chart),
        drugs=_drugs(chart),
        events=_events(chart),
        visits=_visits(chart),
        marks=_marks(chart),
        threshold_percent=settings.quantifiable_limit or settings.european_threshold,
        threshold_labels=_threshold_labels(chart),
        undrawn=_undrawn(chart, points),
    )


def upcoming(visits: Sequence[PlannedVisit], planned: int = 2) -> list[PlannedVisit]:
    """Visits that are due and the next planned ones, those without a window first: they are due before any phase."""
    due = sorted((v for v in visits if v.state in DUE_STATES), key=lambda v: v.opens is not None)
    later = sorted((v for v in visits if v.state is VisitState.PLANNED and v.opens), key=lambda v: v.opens or date.max)
    return due + later[:planned]


def _point(chart: "PatientChart", point: Point) -> MrdPoint:
    sample, result = point.sample, point.result
    assert point.when is not None
    record = chart.record("mrd", int(sample.key))
    code = getattr(record, "visit", None) or ""
    plan = chart.protocol.visit(code)
    return MrdPoint(
        date=point.when,
        day=sample.day,
        visit=plan.label if plan else "Unscheduled" if code else "",
        specimen=sample.specimen,
        transcript=sample.transcript,
        state=DRAWN_AS[result.plot_kind],
        percent=result.percent,
        qualifier=result.ratio_qualifier,
        drawn_percent=result.plot_ratio or None,
        mrd_class=result.protocol_class.value,
        european_class=result.european_class.value,
        target_copies=sample.target_copies,
        control_copies=sample.control_copies,
        control_gene=sample.control_gene,
        log_reduction=result.log_reduction,
        record_id=int(sample.key),
    )


def _marks(chart: "PatientChart") -> tuple[Mark, ...]:
    milestones = [
        Mark(m.code, m.label, _MARKED[m.code], m.date.full, m.kind, m.record_id)
        for m in chart.milestones
        if m.code in _MARKED and m.date.full
    ]
    return tuple(sorted([*milestones, *_switches(chart)], key=lambda mark: mark.date))


def _switches(chart: "PatientChart") -> Iterable[Mark]:
    """The days on which another kinase inhibitor than the one before was given for the first time."""
    names = {drug.code: drug.name for drug in chart.protocol.drugs}
    given = [e for e in chart.of(Exposure) if e.began.full and not (e.dose and e.dose.value == 0)]
    before = ""
    for row in sorted(given, key=lambda e: (e.began.iso, e.id)):
        inhibitor = row.drug.strip().casefold()
        if inhibitor not in KINASE_INHIBITORS:
            continue
        if before and inhibitor != before and row.began.full:
            label = f"Change to {names.get(row.drug, row.drug).lower()}"
            yield Mark("switch", label, "Change", row.began.full, "exposure", row.id)
        before = inhibitor


def _numberless(point: Point) -> bool:
    """Positive by the laboratory's word alone: a dot at any height would claim a number nobody measured."""
    return point.result.plot_kind == PLOT_QUANTIFIABLE and not point.result.plot_ratio


def _threshold_labels(chart: "PatientChart") -> tuple[str, ...]:
    settings = chart.protocol.mrd
    classes = f"response: {' or '.join(settings.response_classes)}"
    if settings.quantifiable_limit is not None:
        return f"quantifiable limit; molecular {classes}", f"molecular {classes}", "quantifiable limit"
    # Without a published limit the line is the European one, and the protocol's response is a matter of class.
    return f"European threshold; molecular {classes}", f"European threshold; {classes}", "European threshold"


def _undrawn(chart: "PatientChart", points: Iterable[Point]) -> tuple[str, ...]:
    every = list(points)
    undated = sum(point.when is None for point in every)
    numberless = sum(point.when is not None and _numberless(point) for point in every)
    notes = []
    if undated:
        notes.append(f"{_count(undated, 'MRD result')} without a full date not drawn: see the MRD tab.")
    if numberless:
        notes.append(f"{_count(numberless, 'positive MRD result')} without a ratio not drawn: see the MRD tab.")
    events = sum(e.record.began.earliest is None for e in chart.events)
    if events:
        notes.append(f"{_count(events, 'adverse event')} without a start date not drawn: see the Adverse events tab.")
    return tuple(notes)


def _ended(chart: "PatientChart") -> date | None:
    """The day on which the patient died or left the study."""
    return chart.left.day.latest if chart.left else None


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _span(
    chart: "PatientChart", began: PartialDate, ended: PartialDate | None, limit: date | None = None
) -> Span | None:
    """From a beginning to an end, the widest where a date is partial; None where the beginning is not known at all."""
    first = began.earliest
    if first is None:
        return None
    last = ended.latest if ended else None
    end = min(_ended(chart) or chart.today, chart.today)
    known = ended is None or last is not None
    last = last or limit or max(end, first)
    exact = began.full is not None and (ended is None or ended.full is not None)
    return Span(first, max(last, first), exact, ongoing=ended is None and limit is None, end_known=known)


def _phases(chart: "PatientChart") -> tuple[PhaseBand, ...]:
    runs = sorted((r for r in chart.of(PhaseRun) if r.began.earliest), key=lambda r: r.began.earliest or date.max)
    infused = {drug.code for drug in chart.protocol.drugs if drug.continuous_infusion}
    bands = []
    for run, following in zip(runs, [*runs[1:], None], strict=False):
        phase = chart.protocol.phase(run.phase)
        next_began = following.began.earliest if following else None
        span = _span(chart, run.began, run.ended, next_began - timedelta(days=1) if next_began else None)
        if phase and span:
            infusion = any(dose.drug in infused for dose in phase.doses)
            bands.append(
                PhaseBand(phase.label, phase.short_label, phase.cycle, span, infusion, phase.treatment, run.id)
            )
    return tuple(bands)


def _drugs(chart: "PatientChart") -> tuple[DrugLane, ...]:
    """The drugs that were given. The first tablet, the infusions, and the others keep a colour of their own."""
    oral = [course.drug.code for course in chart.doses if not course.drug.continuous_infusion]
    lanes = []
    for course in chart.doses:
        bars = tuple(bar for bar in _bars(chart, course) if bar)
        if bars:
            hue = 2 if course.drug.continuous_infusion else (1, 3, 4)[min(oral.index(course.drug.code), 2)]
            lanes.append(DrugLane(course.drug.name, hue, bars))
    return tuple(lanes)


def _bars(chart: "PatientChart", course: "DrugCourse") -> Iterable[DoseBar | None]:
    full = course.drug.ladder[0] if course.drug.ladder else None
    for row in course.intervals:
        span = _span(chart, row.began, row.ended)
        if span:
            held = row.dose is not None and row.dose.value == 0
            same_unit = row.dose is not None and row.dose.unit == course.drug.unit
            reduced = bool(full and row.dose and same_unit and not held and row.dose.value < full)
            reason = DOSE_REASON.label(row.reason) if row.reason and row.reason != "PLANNED" else ""
            yield DoseBar(span, row.dose, held, reduced, reason, row.id)


def _events(chart: "PatientChart") -> tuple[EventBar, ...]:
    bars = []
    for view in chart.events:
        record = view.record
        span = _span(chart, record.began, record.ended, None if view.open else record.began.latest)
        if span and not view.open and record.ended is None:
            span = replace(span, exact=False, end_known=False)
        if span:
            steps = tuple((day, int(g.grade)) for g in view.grades if (day := g.since.earliest))
            bars.append(EventBar(record.name, span, view.worst, steps, bool(record.serious), record.id))
    return tuple(bars)


def _visits(chart: "PatientChart") -> tuple[VisitMark, ...]:
    shown = [v for v in chart.visits if v.state in DONE_STATES or v.state in DUE_STATES or v.actual]
    shown += [v for v in upcoming(chart.visits, planned=1) if v.state is VisitState.PLANNED]
    return tuple(
        VisitMark(
            code=v.code,
            label=v.label,
            state=_VISIT_STATES[v.state],
            date=v.date.full if v.date else None,
            opens=v.opens,
            closes=v.closes,
            note=v.reason,
            record_id=v.record.key if v.record else 0,
        )
        for v in shown
        if v.state in _VISIT_STATES
    )
