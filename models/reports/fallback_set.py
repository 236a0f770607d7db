"""The fallback set: every patient's key facts on paper, for the day the computer is dead. It names nobody."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable, Spacer

from models import VERSION
from models.chart.milestones import GONE
from models.chart.standing import short
from models.domain.capitals import upper_first
from models.domain.codelists import PATIENT_STATUS, SEX, SPECIMEN
from models.domain.date_notation import write_moment
from models.domain.molecular.points import worst_first
from models.domain.notation import Desk
from models.domain.printing import Printing
from models.domain.progress import Progress, unwatched
from models.figures.data import upcoming
from models.figures.words import ratio_figures
from models.protocols.model import Protocol
from models.protocols.schedule import VisitState
from models.queries import charts
from models.queries.history import changed_fields
from models.records.treatment import PhaseRun
from models.reports.changed_values import NOTE, Changed, Marks
from models.reports.desk_words import day_words, window_words
from models.reports.page import Bookmark, Sheet, marked, printed_line, write_pdf
from models.reports.tables import Cell, Column, heading, table, words
from models.reports.text import paragraph
from models.reports.treatment_words import current_doses
from models.reports.visit_sections import class_role
from models.services import settings

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart
    from models.persistence.study_folder import StudyFolder


_DOT = " \N{MIDDLE DOT} "
_NONE = "\N{EN DASH}"
_FOR = (
    "What the site needs to go on without the program: what has to be reported, where each patient stands, what runs, "
    "what is given, and when the next visits are. What happens meanwhile is written on paper and entered later. A "
    "newer set replaces this one: destroy it."
)


def of_study(
    folder: "StudyFolder", protocol: Protocol, now: datetime, password: str, progress: Progress
) -> bytes | None:
    """The set of an open study, whoever is signed in: see `fallback_set`."""
    from models.persistence.verify import head_of

    facts = settings.read_all(folder.read)
    printing = Printing(
        study=protocol.acronym,
        site=f"{facts['site_code']}, {facts['site_name']}",
        printed_by="",
        now=now,
        desk=Desk.ENGLISH,
        version=VERSION,
        trail=head_of(folder.read).short,
        synthetic=facts["synthetic"] == "yes",
    )
    return fallback_set(
        charts.charts(folder.read, None, protocol, now.date(), laboratory=False),
        printing,
        total=charts.count(folder.read),
        protocol=protocol,
        password=password,
        changed=changed_fields(folder.read),
        progress=progress,
    )


def fallback_set(
    read: Iterable["PatientChart"],
    printing: Printing,
    *,
    total: int,
    protocol: Protocol,
    password: str,
    changed: Changed = frozenset(),
    progress: Progress = unwatched,
) -> bytes | None:
    """The set as a PDF that opens with the password only (AES-256); None where progress said to stop.

    Args:
        read: the patients, in the order of the set; may come from a generator of `total` charts.
        printing: what the pages say besides.
        total: how many there are.
        protocol: what the study runs under.
        password: what opens it.
        changed: the fields of the patients that once held another value; they are marked.
        progress: told how many of how many patients are done; answers whether to go on.
    """
    now, desk = printing.now, printing.desk
    followed: list[list[Cell | str]] = []
    clocks: list[tuple[datetime, list[Cell | str]]] = []
    gone: list[list[Cell | str]] = []
    marks = Marks(changed)
    for done, chart in enumerate(read, start=1):
        clocks += _clocks(chart, now, desk, marks)
        if chart.status in GONE:
            gone.append([Cell(chart.label, bold=True), PATIENT_STATUS.label(chart.status)])
        else:
            followed.append(_row(chart, desk, marks))
        if not progress(done, total):
            return None
    state = write_moment(now, desk)
    about = _DOT.join(
        dict.fromkeys((protocol.id, protocol.acronym, f"protocol version {protocol.version}", f"site {printing.site}"))
    )
    story: list[Flowable] = [
        Bookmark("Fallback set"),
        paragraph("Fallback set", 13.5, bold=True),
        Spacer(0, 3),
        paragraph(about, 8.8, "muted"),
        Spacer(0, 3),
        paragraph(f"As the record stood on {state}. End of the audit trail: {printing.trail}.", 8.8, bold=True),
        Spacer(0, 3),
        words(_FOR),
        *heading(f"Must be reported ({len(clocks)})"),
        _clock_table([row for _, row in sorted(clocks, key=lambda one: one[0])])
        if clocks
        else words("No clock is running."),
        *heading(f"Patients followed ({len(followed)})"),
        _patient_table(followed) if followed else words("None."),
        *heading(f"Not followed any more ({len(gone)})"),
        table([Column("Patient", 60), Column("Status", 80, grows=1)], gone, groups=3) if gone else words("None."),
    ]
    if marks.made:
        story += [Spacer(0, 6), words(NOTE, "muted")]
    sheet = Sheet(
        title="Fallback set",
        subject="Key facts of all patients of a site",
        running_head=f"Fallback set{_DOT}{protocol.acronym}{_DOT}site {printing.site}{_DOT}{state}",
        printing=printing,
        printed=printed_line(printing, done="Made"),
        marking=marked(printing),
    )
    paper = BytesIO()
    write_pdf(paper, sheet, story)
    return _encrypted(paper, password)


def _encrypted(paper: BytesIO, password: str) -> bytes:
    import pikepdf

    paper.seek(0)
    sealed = BytesIO()
    with pikepdf.open(paper) as document:
        document.save(sealed, encryption=pikepdf.Encryption(owner=password, user=password, R=6, metadata=True))
    return sealed.getvalue()


def _clock_table(rows: list[list[Cell | str]]) -> Flowable:
    columns = [
        Column("Patient", 60),
        Column("Serious event", 150, grows=2),
        Column("Site aware since", 100, grows=1),
        Column("Report until", 100, grows=1),
        Column("Done", 32),
    ]
    return table(columns, rows)


def _clocks(
    chart: "PatientChart", now: datetime, desk: Desk, marks: Marks
) -> Iterator[tuple[datetime, list[Cell | str]]]:
    for event in chart.events:
        if not event.to_report:
            continue
        aware, deadline = event.record.aware, event.deadline
        grade = marks.of_any(f", grade {event.current}" if event.current else "", event.grades, "grade", "since")
        overdue = "overdue: " if deadline and deadline < now else ""
        yield (
            deadline or now,
            [
                Cell(chart.label, bold=True),
                f"{marks(event.record.name, event.record, 'term', 'verbatim')}{grade}",
                marks(write_moment(aware, desk) if aware else "not recorded", event.record, "aware"),
                Cell(overdue + write_moment(deadline, desk) if deadline else "at once", "urgent", bold=True),
                "\N{WHITE SQUARE}",
            ],
        )


def _patient_table(rows: list[list[Cell | str]]) -> Flowable:
    columns = [
        Column("Patient", 46),
        Column("Where", 96, grows=1),
        Column("Last MRD", 96, grows=1),
        Column("Events running (grade)", 84, grows=2),
        Column("Given now", 74, grows=1),
        Column("Next visits", 118, grows=1),
    ]
    return table(columns, rows)


def _row(chart: "PatientChart", desk: Desk, marks: Marks) -> list[Cell | str]:
    person = chart.patient
    sex = marks(SEX.label(person.sex)[0], person, "sex")
    age = marks(f" {person.age} y" if person.age is not None else "", person, "age")
    label = marks(chart.label, person, "subject_number" if person.subject_number else "screening_number")
    return [
        Cell(f"{label}\n{sex}{age}", bold=True),
        _where(chart, desk, marks),
        _last_mrd(chart, desk, marks),
        _running(chart, marks),
        current_doses(chart, desk, marks) or _NONE,
        _next(chart, desk),
    ]


def _where(chart: "PatientChart", desk: Desk, marks: Marks) -> str:
    begun = [run for run in chart.of(PhaseRun) if (run.began.earliest or chart.today) <= chart.today]
    day = chart.day(chart.today)
    parts = [PATIENT_STATUS.label(chart.status)]
    if begun:
        run, began = begun[-1], begun[-1].began.full
        phase = chart.protocol.phase(run.phase)
        label = marks(phase.label if phase else run.phase, run, "phase")
        if run.ended:
            of_phase = marks(f"ended {day_words(run.ended, desk)}", run, "ended")
        elif began:
            of_phase = marks(f"day\N{NO-BREAK SPACE}{(chart.today - began).days + 1}", run, "began")
        else:
            of_phase = marks(f"since {day_words(run.began, desk)}", run, "began")
        parts.append(f"{label}, {of_phase}")
    if day is not None:
        parts.append(f"study day {day}".replace("-", "\N{MINUS SIGN}"))
    return "\n".join(parts)


def _last_mrd(chart: "PatientChart", desk: Desk, marks: Marks) -> Cell:
    """Every result of the last day, the worst first and in its colour."""
    points = [point for each in chart.course.time_points for point in each.points]
    if not points:
        return Cell(_NONE)
    last = max(point.when for point in points if point.when)
    here = worst_first(point for point in points if point.when == last)
    lines: list[str] = []
    for point in here:
        record, ratio = chart.record("mrd", int(point.sample.key)), ratio_figures(point.result, desk)
        of = f"{point.sample.transcript}, {SPECIMEN.label(point.sample.specimen).lower()}"
        lines += [
            upper_first(point.result.protocol_class.value),
            marks(of, record, "transcript", "specimen"),
            marks(f"{ratio}{'' if ratio == _NONE else ' %'}", record, "target_copies", "control_copies"),
        ]
    records = [chart.record("mrd", int(point.sample.key)) for point in here]
    lines.append(marks.of_any(day_words(last, desk), records, "collected"))
    lines += [f"{upper_first(alert.kind.value)}, {short(alert.specimen)}" for alert in chart.alerts[-1:]]
    return Cell("\n".join(lines), class_role(here[0].result.protocol_class.value))


def _running(chart: "PatientChart", marks: Marks) -> str:
    running = [view for view in chart.events if view.open]
    running.sort(key=lambda view: (-(view.current or 0), view.record.term))
    lines = []
    for view in running:
        term = marks(view.record.name, view.record, "term", "verbatim")
        grade = marks.of_any(str(view.current or "not graded"), view.grades, "grade", "since")
        serious = marks(", serious" if view.record.serious else "", view.record, "serious")
        lines.append(f"{term} ({grade}{serious})")
    return "\n".join(lines) or _NONE


def _next(chart: "PatientChart", desk: Desk) -> str:
    lines = []
    for visit in upcoming(chart.visits):
        late = ", overdue" if visit.state is VisitState.OVERDUE else ""
        when = window_words(visit, desk)
        when = when.replace(" ", "\N{NO-BREAK SPACE}") if visit.opens else when
        lines.append(f"{visit.label}:\n{when}{late}")
    return "\n".join(lines) or _NONE
