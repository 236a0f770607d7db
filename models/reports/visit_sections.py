"""The sections of the visit summary, each from the chart to what stands on the paper."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from models.chart.awaited import mutation_test_since
from models.chart.eligible import enrolled_against_criteria
from models.chart.standing import short
from models.chart.visits import missing_pieces
from models.domain import codelists as lists
from models.domain.capitals import upper_first
from models.domain.date_notation import write_moment
from models.domain.molecular.points import Point
from models.domain.notation import unit_beside, write_number, write_quantity
from models.domain.sentence import Sentence, write_sentence
from models.figures.data import upcoming
from models.figures.words import ratio_figures
from models.protocols.schedule import DUE_STATES, PlannedVisit, VisitState
from models.records.visits import UNSCHEDULED
from models.reports.arrangement import Arrangement
from models.reports.changed_values import NOTE, Marks
from models.reports.desk_words import day_words, window_words
from models.reports.page import height_of
from models.reports.period import Period
from models.reports.tables import Cell, Column, heading, labelled, signatures, table, words
from models.reports.text import paragraphs
from models.reports.treatment_words import treatment_lines

if TYPE_CHECKING:
    from models.chart.events import EventView
    from models.chart.laboratory import LabView
    from models.chart.patient_chart import PatientChart
    from models.domain.notation import Desk
    from models.domain.quantities import Quantity

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


def mrd_section(chart: "PatientChart", period: Period, desk: "Desk", look: Arrangement, marks: Marks) -> list[Flowable]:
    """The results up to this visit, newest first, under both rule sets."""
    every = [point for series in chart.course.series for point in series.points]
    until = [p for p in every if p.when is None or p.when <= period.last]
    until.sort(key=lambda p: (p.when or date.min, p.sample.transcript), reverse=True)
    later = len(every) - len(until)
    if not until:
        none = f"No MRD result up to this visit. {_also_drawn(later)}" if later else "No MRD result recorded."
        return [words(none, "muted", look)]
    shown = until[: look.results]
    several = len({(p.sample.transcript, p.sample.specimen) for p in shown}) > 1
    columns = [
        Column("Visit", 60, grows=2) if several else Column("Visit", 82.5),
        Column("Collected", 60),
        Column("Day", 24, "right"),
        Column("Sample", 60),
        Column("BCR::ABL1", 50, "right"),
        Column("Control", 39, "right"),
        Column("Ratio %", 44, "right"),
        Column("Log red.", 41, "right"),
        Column(f"{chart.protocol.acronym} class", 72 if several else 111, grows=1),
        Column("European terms", 72.5),
    ]
    rows = [_mrd_row(chart, point, desk, marks) for point in shown]
    if not several:  # named in the drawing's own title, so the column would say the same in every row
        columns.pop(3)
        for row in rows:
            row.pop(3)
    made: list[Flowable] = [table(columns, rows, look)]
    said = _also_drawn(later) if later else ""
    if len(until) > look.results:
        cut = f"The latest {look.results} of {len(until)} results"
        said = f"{cut} up to this visit. {said}" if later else f"{cut}; the drawing shows all."
    if said:
        made += [Spacer(0, 2), words(said, "muted", look)]
    return made


def _also_drawn(later: int) -> str:
    """That the drawing of an earlier visit reaches to the day of printing."""
    which = "the result" if later == 1 else f"the {later} results"
    return f"The drawing shows all, also {which} after this visit."


def _mrd_row(chart: "PatientChart", point: Point, desk: "Desk", marks: Marks) -> list[Cell | str]:
    sample, result = point.sample, point.result
    record = chart.record("mrd", int(sample.key))
    code = getattr(record, "visit", None) or ""
    plan = chart.protocol.visit(code)
    specimen = short(sample.specimen)
    reduction = result.log_reduction
    own, european = result.protocol_class.value, result.european_class.value
    return [
        marks(plan.label if plan else "Unscheduled" if code else "\N{EN DASH}", record, "visit"),
        marks(day_words(sample.collected, desk), record, "collected"),
        day_number(sample.day),
        marks(f"{sample.transcript} {specimen}", record, "transcript", "specimen"),
        marks(_copies(sample.target_copies, desk), record, "target_copies"),
        marks(_copies(sample.control_copies, desk), record, "control_copies"),
        ratio_figures(result, desk),
        f"{reduction.qualifier}{write_number(reduction.value, desk)}" if reduction else "\N{EN DASH}",
        Cell(upper_first(own), class_role(own), bold=True),
        upper_first(european),
    ]


def _copies(number: "Quantity | None", desk: "Desk") -> str:
    return write_quantity(number, desk).removesuffix(" copies") if number else "\N{EN DASH}"


def day_number(day: int | None) -> str:
    """A study day, a dash where it cannot be counted."""
    return "\N{EN DASH}" if day is None else str(day).replace("-", "\N{MINUS SIGN}")


def events_section(
    chart: "PatientChart", period: Period, desk: "Desk", look: Arrangement, marks: Marks
) -> list[Flowable]:
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
        grade = marks.of_any(grade, view.grades, "grade", "since")
        role = f"grade{view.current}" if view.current else "text"
        serious = bool(view.record.serious)
        said = marks("yes" if serious else "no", view.record, "serious")
        row: list[Cell | str] = [
            marks(view.record.name, view.record, "term", "verbatim"),
            Cell(grade, role, bold=bool(view.current and view.current >= 3)),
            marks(day_words(view.record.began, desk), view.record, "began"),
            marks(_end(view, desk), view.record, "ended", "ongoing", "outcome"),
            Cell(said, "urgent", bold=True) if serious else said,
        ]
        judgements = [(drug.name, _judgement(view, drug.code, marks)) for drug in drugs]
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


def _end(view: "EventView", desk: "Desk") -> str:
    if view.record.ended:
        return day_words(view.record.ended, desk)
    return "ongoing" if view.open else "not known"


def _judgement(view: "EventView", drug: str, marks: Marks) -> str:
    found = view.drug(drug)
    if found is None:
        return "not judged"
    causality = lists.CAUSALITY.label(found.causality).lower() if found.causality else "cause not judged"
    action = lists.ACTION.label(found.action).lower() if found.action else "action not stated"
    action = "no action" if action == "none" else action
    return f"{marks(causality, found, 'causality')}; {marks(action, found, 'action')}"


def laboratory_section(
    chart: "PatientChart", period: Period, desk: "Desk", look: Arrangement, marks: Marks
) -> list[Flowable]:
    """The laboratory values of this visit with range and proposed grade, in groups of columns side by side."""
    title = f"Laboratory, this visit (proposed grades: CTCAE {chart.protocol.ctcae_version})"
    views = [view for view in chart.labs if _of_visit(view, period)]
    if not views:
        return [*heading(title, look), words("No laboratory value recorded for this visit.", "muted", look)]
    rows = [_lab_row(view, period, desk, marks) for view in views]
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
    notes = sorted({f"{v.label}: {write_sentence(note, desk)}" for v in views if (note := _judgement_note(v))})
    if notes:
        made += [Spacer(0, 2), words("* " + " ".join(notes), "muted", look)]
    return made


def _of_visit(view: "LabView", period: Period) -> bool:
    if period.visit is None:
        return False
    of_this_day = view.record.collected.full == period.day
    if period.visit.code == UNSCHEDULED:  # one code for all of them: the day tells which
        return of_this_day and view.record.visit in (None, UNSCHEDULED)
    return of_this_day if view.record.visit is None else view.record.visit == period.visit.code


def _judgement_note(view: "LabView") -> Sentence:
    return view.grading.value.needs_judgement if view.grading and view.grading.value.grade else ""


def _lab_row(view: "LabView", period: Period, desk: "Desk", marks: Marks) -> list[Cell | str]:
    record = view.record
    of_this_day = record.collected.full == period.day  # then the date stands above, and the test alone can be marked
    label = marks(view.label, record, "test", *(("collected",) if of_this_day else ()))
    if not of_this_day:
        label += f", {marks(day_words(record.collected, desk), record, 'collected')}"
    value = record.value
    if value is None:
        return [label, marks(record.not_done or "not done", record, "value", "not_done"), "", "", "\N{EN DASH}"]
    number = marks(f"{value.qualifier}{write_number(value.value, desk)}", record, "value")
    return [label, number, unit_beside(value.unit), _reference(view, desk), _graded(view)]


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


def treatment_section(
    chart: "PatientChart", period: Period, desk: "Desk", look: Arrangement, marks: Marks
) -> list[Flowable]:
    """Doses, interruptions and infusion days since the last visit."""
    lines = treatment_lines(chart, period, desk, marks)
    return [
        *heading("Treatment since the last visit", look),
        *_lines(lines or ["No dose recorded for this time."], look),
    ]


def steps_section(
    chart: "PatientChart",
    period: Period,
    desk: "Desk",
    look: Arrangement,
    marks: Marks,
    signed: Sequence[str],
) -> list[Flowable]:
    """Deviations, open points and next visits; the lines to sign on are never parted from the last of them.

    `signed` says who has signed electronically. This section comes last, and so explains the marks of all.
    """
    coming = [_coming(visit, desk) for visit in upcoming(chart.visits) if visit.state is not VisitState.OVERDUE]
    entries = [
        ("Deviations", list(_deviations(chart, period, desk, marks)) or ["None since the last visit."]),
        ("Open points", list(_open_points(chart, period, desk, marks)) or ["None."]),
    ]
    last: list[tuple[str, Sequence[str]]] = [("Next visits", [_DOT.join(coming) or "None planned."])]
    if signed:
        last.append(("Signed", signed))
    ending: list[Flowable] = [labelled(last, look)]
    if marks.made:
        ending.append(words(NOTE, "muted", look))
    ending.append(signatures(("Investigator, date", "Coordinator, date"), look))
    title = "Deviations, open points, next visits"
    return [*heading(title, look), labelled(entries, look), CondPageBreak(height_of(ending)), *ending]


def _lines(lines: Iterable[str], look: Arrangement) -> list[Flowable]:
    made: list[Flowable] = []
    for line in lines:
        made += [*paragraphs(line, look.text), Spacer(0, look.below - 1.2)]
    return made


def _deviations(chart: "PatientChart", period: Period, desk: "Desk", marks: Marks) -> Iterable[str]:
    enrolled = chart.patient.enrolled
    against = enrolled_against_criteria(chart)
    if enrolled and against and period.holds(enrolled.latest):
        when = marks(day_words(enrolled, desk), chart.patient, "enrolled")
        yield f"Enrolled on {when} although not eligible. {write_sentence(against, desk)}"
    for visit in chart.visits:
        day = (visit.date.earliest if visit.date else None) or visit.closes
        if day is not None and not period.holds(day):  # one without any day is told each time, or it never would be
            continue
        records = [chart.record("visit", actual.key) for actual in visit.actual]
        told = marks.of_any(visit.reason, records, "reason")
        reason = f" Reason: {told}" if told else ""
        if visit.state is VisitState.DONE_OUT_OF_WINDOW:
            away = abs(visit.deviation_days)
            side = "after its window closed" if visit.deviation_days > 0 else "before its window opened"
            least = "" if visit.date and visit.date.full else "at least "
            late = marks.of_any(f"{least}{away} {'day' if away == 1 else 'days'} {side}", records, "date")
            yield f"{visit.label}: {late}.{reason}"
        elif visit.state in (VisitState.MISSED, VisitState.SKIPPED):
            yield f"{visit.label}: {marks.of_any(visit.state.value, records, 'status')}.{reason}"


def _open_points(chart: "PatientChart", period: Period, desk: "Desk", marks: Marks) -> Iterable[str]:
    for view in chart.events:
        if view.to_report:
            yield _to_report(view, chart.today, desk, marks)
    for alert in chart.alerts:
        when = day_words(alert.collected, desk)
        why = write_sentence(alert.kind.reason, desk)
        wanted = mutation_test_since(chart, alert) or alert.prompt
        yield f"{upper_first(alert.kind.value)} on {when}: {why} {wanted}".strip()
    for sample in chart.awaited:
        record = chart.record(sample.kind, sample.id)
        since = f", sent {marks(day_words(sample.sent, desk), record, 'sent')}" if sample.sent else ""
        yield f"Result awaited: {lists.PURPOSE.label(sample.purpose)}{since}."
    if period.visit is not None:
        missing = missing_pieces(period.visit, chart.records)
        if missing:
            yield f"{period.visit.label} still lacks: {', '.join(missing)}."
    for visit in chart.visits:
        if visit.state is VisitState.OVERDUE and visit.closes:
            yield f"{visit.label}: window closed {day_words(visit.closes, desk)}, no visit recorded."
    yield from (write_sentence(gap.said, desk) for gap in chart.gaps)
    for flag in chart.flags:
        answer = marks(flag.answer or "", flag, "answer")
        yield f"Question: {flag.message}" + (f" Reason given: {answer}" if answer else "")


def _to_report(view: "EventView", today: date, desk: "Desk", marks: Marks) -> str:
    """A serious event that has not been reported, as Today has it: `EventView.to_report`."""
    term = marks(view.record.name, view.record, "term", "verbatim", "aware", "reported")
    grade = f", grade {view.current}" if view.current else ""
    late = ", which is past" if view.deadline and view.deadline.date() < today else ""
    until = (
        f"To be reported by {write_moment(view.deadline, desk)}{late}."
        if view.deadline
        else "Since when the site is aware of it is not recorded: report it at once."
    )
    return f"Serious adverse event not reported: {term}{grade}. {until}"


def _coming(visit: PlannedVisit, desk: "Desk") -> str:
    due = f" ({visit.state.value})" if visit.state in DUE_STATES else ""
    return f"{visit.label}: {window_words(visit, desk)}{due}"
