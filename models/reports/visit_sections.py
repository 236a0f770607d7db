"""The sections of the visit summary, each from the chart to what stands on the paper."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from models.chart.visits import missing_pieces
from models.domain import codelists as lists
from models.domain.molecular.points import Point
from models.domain.notation import write_number, write_quantity, write_unit
from models.figures.data import upcoming
from models.figures.words import ratio_figures, upper_first
from models.protocols.schedule import DUE_STATES, PlannedVisit, VisitState
from models.reports.arrangement import Arrangement
from models.reports.desk_words import day_words, days_words
from models.reports.page import height_of
from models.reports.period import Period
from models.reports.tables import Cell, Column, heading, labelled, signatures, table, words
from models.reports.treatment_words import treatment_lines

if TYPE_CHECKING:
    from models.chart.events import EventView
    from models.chart.laboratory import LabView
    from models.chart.patient_chart import PatientChart
    from models.domain.notation import Desk

_MOST_DRUG_COLUMNS = 3
_WIDE_GROUPS = 2
"""As many groups of laboratory columns have room for the unit in a column of its own."""
_DOT = " \N{MIDDLE DOT} "
_CLASS_ROLES = {
    "complete": "complete",
    "positive non-quantifiable": "non_quantifiable",
    "positive": "positive",
    "not evaluable": "not_evaluable",
}


def class_role(name: str) -> str:
    """The colour role of a molecular class."""
    return _CLASS_ROLES.get(name, "text")


def mrd_section(chart: "PatientChart", period: Period, desk: "Desk", look: Arrangement) -> list[Flowable]:
    """The results up to this visit, newest first, under both rule sets."""
    every = [point for series in chart.course.series for point in series.points]
    until = [p for p in every if p.when is None or p.when <= period.last]
    until.sort(key=lambda p: (p.when or date.min, p.sample.transcript), reverse=True)
    if not until:
        return [words("No MRD result recorded.", "muted", look)]
    shown = until[: look.results]
    several = len({(p.sample.transcript, p.sample.specimen) for p in shown}) > 1
    columns = [
        Column("Visit", 54, grows=2) if several else Column("Visit", 82.5),
        Column("Collected", 56),
        Column("Day", 24, "right"),
        Column("Sample", 61),
        Column("BCR::ABL1", 50, "right"),
        Column("Control", 39, "right"),
        Column("Ratio %", 45, "right"),
        Column("Log red.", 41, "right"),
        Column(f"{chart.protocol.acronym} class", 80 if several else 115, grows=1),
        Column("European terms", 72.5),
    ]
    rows = [_mrd_row(chart, point, desk) for point in shown]
    if not several:  # named in the drawing's own title, so the column would say the same in every row
        columns.pop(3)
        for row in rows:
            row.pop(3)
    made: list[Flowable] = [table(columns, rows, look)]
    if len(until) > look.results:
        said = f"The latest {look.results} of {len(until)} results; the drawing shows all."
        made += [Spacer(0, 2), words(said, "muted", look)]
    return made


def _mrd_row(chart: "PatientChart", point: Point, desk: "Desk") -> list[Cell | str]:
    sample, result = point.sample, point.result
    record = chart.record("mrd", int(sample.key))
    code = getattr(record, "visit", None) or ""
    plan = chart.protocol.visit(code)
    specimen = {"BONE MARROW": "marrow", "BLOOD": "blood"}.get(sample.specimen, sample.specimen.lower())
    reduction = result.log_reduction
    own, european = result.protocol_class.value, result.european_class.value
    return [
        plan.label if plan else "Unscheduled" if code else "\N{EN DASH}",
        day_words(sample.collected, desk),
        _signed(sample.day),
        f"{sample.transcript} {specimen}",
        write_quantity(sample.target_copies, desk).removesuffix(" copies") if sample.target_copies else "\N{EN DASH}",
        write_quantity(sample.control_copies, desk).removesuffix(" copies") if sample.control_copies else "\N{EN DASH}",
        ratio_figures(result, desk),
        f"{reduction.qualifier}{write_number(reduction.value, desk)}" if reduction else "\N{EN DASH}",
        Cell(upper_first(own), class_role(own), bold=True),
        upper_first(european),
    ]


def _signed(day: int | None) -> str:
    return "\N{EN DASH}" if day is None else str(day).replace("-", "\N{MINUS SIGN}")


def events_section(chart: "PatientChart", period: Period, desk: "Desk", look: Arrangement) -> list[Flowable]:
    """Adverse events that are new since the last visit, or still went on then."""
    seen = [view for view in chart.events if _concerns(view, period)]
    title = "Adverse events since the last visit"
    if not seen:
        return [*heading(title, look), words("None recorded.", "muted", look)]
    judged = {drug.drug for view in seen for drug in view.drugs}
    drugs = [drug for drug in chart.protocol.drugs if drug.code in judged]
    versions = ", ".join(sorted({view.record.version for view in seen}))
    columns = [
        Column(f"Event (CTCAE {versions})", 100, grows=3),
        Column("Grade", 44),
        Column("Start", 60),
        Column("End", 60),
        Column("Serious", 39),
    ]
    if len(drugs) <= _MOST_DRUG_COLUMNS:
        columns += [Column(drug.name, 74, grows=1) for drug in drugs]
    else:
        columns.append(Column("Drug by drug: cause; action", 160, grows=2))
    rows: list[list[Cell | str]] = []
    for view in seen:
        grade = "not graded" if view.current is None else str(view.current)
        if view.worst is not None and view.worst != view.current:
            grade += f" (was {view.worst})"
        role = f"grade{view.current}" if view.current else "text"
        row: list[Cell | str] = [
            view.record.term,
            Cell(grade, role, bold=bool(view.current and view.current >= 3)),
            day_words(view.record.began, desk),
            day_words(view.record.ended, desk) if view.record.ended else "ongoing" if view.open else "not known",
            Cell("yes", "urgent", bold=True) if view.record.serious else "no",
        ]
        judgements = [(drug.name, _judgement(view, drug.code)) for drug in drugs]
        if len(drugs) <= _MOST_DRUG_COLUMNS:
            row += [text for _, text in judgements]
        else:
            row.append("\n".join(f"{name}: {text}" for name, text in judgements))
        rows.append(row)
    return [*heading(title, look), table(columns, rows, look)]


def _concerns(view: "EventView", period: Period) -> bool:
    record = view.record
    ended = None if record.ended is None and view.open else record.ended.latest if record.ended else record.began.latest
    return period.meets(record.began.earliest, ended)


def _judgement(view: "EventView", drug: str) -> str:
    found = view.drug(drug)
    if found is None:
        return "not judged"
    causality = lists.CAUSALITY.label(found.causality).lower() if found.causality else "cause not judged"
    action = lists.ACTION.label(found.action).lower() if found.action else "action not stated"
    action = "no action" if action == "none" else action
    return f"{causality}; {action}"


def laboratory_section(chart: "PatientChart", period: Period, desk: "Desk", look: Arrangement) -> list[Flowable]:
    """The laboratory values of this visit with range and proposed grade, in groups of columns side by side."""
    title = f"Laboratory, this visit (proposed grades: CTCAE {chart.protocol.ctcae_version})"
    views = [view for view in chart.labs if _of_visit(view, period)]
    if not views:
        return [*heading(title, look), words("No laboratory value recorded for this visit.", "muted", look)]
    rows = [_lab_row(view, period, desk) for view in views]
    columns = [
        Column("Test", 84, grows=2),
        Column("Result", 32, "right", grows=1),
        Column("Unit", 36, grows=1),
        Column("Reference", 52, grows=1),
        Column("Grade", 50),
    ]
    if look.groups > _WIDE_GROUPS:  # result and unit share a column, so that neither is broken
        columns = [Column("Test", 56, grows=1), Column("Result", 51), Column("Reference", 49), Column("Grade", 32)]
        rows = [[test, _joined(number, unit), *rest] for test, number, unit, *rest in rows]
    made = [*heading(title, look), table(columns, rows, look, groups=look.groups)]
    notes = sorted({f"{v.label}: {note}" for v in views if (note := _judgement_note(v))})
    if notes:
        made += [Spacer(0, 2), words("* " + " ".join(notes), "muted", look)]
    return made


def _of_visit(view: "LabView", period: Period) -> bool:
    if period.visit is None:
        return False
    if view.record.visit is not None:
        return view.record.visit == period.visit.code
    return view.record.collected.full is not None and view.record.collected.full == period.day


def _judgement_note(view: "LabView") -> str:
    return view.grading.value.needs_judgement if view.grading and view.grading.value.grade else ""


def _lab_row(view: "LabView", period: Period, desk: "Desk") -> list[Cell | str]:
    record = view.record
    label = view.label
    if record.collected.full != period.day:
        label += f", {day_words(record.collected, desk)}"
    value = record.value
    if value is None:
        return [label, record.not_done or "not done", "", "", "\N{EN DASH}"]
    number = f"{value.qualifier}{write_number(value.value, desk)}"
    return [label, number, write_unit(value.unit), _reference(view, desk), _graded(view)]


def _joined(number: Cell | str, unit: Cell | str) -> str:
    return f"{number}\N{NO-BREAK SPACE}{unit}" if unit else str(number)


def _reference(view: "LabView", desk: "Desk") -> str:
    low = write_number(view.lower.value, desk) if view.lower else ""
    high = write_number(view.upper.value, desk) if view.upper else ""
    if low and high:
        return f"{low} \N{EN DASH} {high}"
    if low:
        return f"\N{GREATER-THAN OR EQUAL TO} {low}"
    return f"\N{LESS-THAN OR EQUAL TO} {high}" if high else "none"


def _graded(view: "LabView") -> Cell:
    if view.grade is None:
        return Cell("not graded", "muted")
    if view.grade == 0:
        return Cell("\N{EN DASH}")
    star = " *" if _judgement_note(view) else ""
    return Cell(f"{view.grade}{star}", f"grade{view.grade}", bold=True)


def treatment_section(chart: "PatientChart", period: Period, desk: "Desk", look: Arrangement) -> list[Flowable]:
    """Doses, interruptions and infusion days since the last visit."""
    lines = treatment_lines(chart, period, desk)
    return [
        *heading("Treatment since the last visit", look),
        *_lines(lines or ["No dose recorded for this time."], look),
    ]


def steps_section(chart: "PatientChart", period: Period, desk: "Desk", look: Arrangement) -> list[Flowable]:
    """Deviations, open points and next visits; the lines to sign on are never parted from the last of them."""
    coming = [_coming(visit, desk) for visit in upcoming(chart.visits) if visit.state is not VisitState.OVERDUE]
    entries = [
        ("Deviations", list(_deviations(chart, period)) or ["None since the last visit."]),
        ("Open points", list(_open_points(chart, period, desk)) or ["None."]),
    ]
    last = labelled([("Next visits", [_DOT.join(coming) or "None planned."])], look)
    ending = [last, signatures(("Investigator, date", "Coordinator, date"), look)]
    title = "Deviations, open points, next visits"
    return [*heading(title, look), labelled(entries, look), CondPageBreak(height_of(ending)), *ending]


def _lines(lines: Iterable[str], look: Arrangement) -> list[Flowable]:
    made: list[Flowable] = []
    for line in lines:
        made += [words(line, look=look), Spacer(0, look.below - 1.2)]
    return made


def _deviations(chart: "PatientChart", period: Period) -> Iterable[str]:
    for visit in chart.visits:
        day = visit.date.full if visit.date else visit.closes
        if not period.holds(day):
            continue
        reason = f" Reason: {visit.reason}" if visit.reason else ""
        if visit.state is VisitState.DONE_OUT_OF_WINDOW:
            away = abs(visit.deviation_days)
            side = "after its window closed" if visit.deviation_days > 0 else "before its window opened"
            yield f"{visit.label}: {away} {'day' if away == 1 else 'days'} {side}.{reason}"
        elif visit.state in (VisitState.MISSED, VisitState.SKIPPED):
            yield f"{visit.label}: {visit.state.value}.{reason}"


def _open_points(chart: "PatientChart", period: Period, desk: "Desk") -> Iterable[str]:
    for alert in chart.alerts:
        when = day_words(alert.when, desk)
        yield f"{upper_first(alert.kind.value)} on {when}: {alert.kind.reason} {alert.prompt}".strip()
    for sample in chart.awaited:
        since = f", sent {day_words(sample.sent, desk)}" if sample.sent else ""
        yield f"Result awaited: {lists.PURPOSE.label(sample.purpose)}{since}."
    if period.visit is not None:
        missing = missing_pieces(period.visit, chart.records)
        if missing:
            yield f"{period.visit.label} still lacks: {', '.join(missing)}."
    for visit in chart.visits:
        if visit.state is VisitState.OVERDUE and visit.closes:
            yield f"{visit.label}: window closed {day_words(visit.closes, desk)}, nothing recorded."
    for flag in chart.flags:
        yield f"Question: {flag.message}" + (f" Reason given: {flag.answer}" if flag.answer else "")


def _coming(visit: PlannedVisit, desk: "Desk") -> str:
    window = days_words(visit.opens, visit.closes, desk)
    due = f" ({visit.state.value})" if visit.state in DUE_STATES else ""
    return f"{visit.label}: {window}{due}"
