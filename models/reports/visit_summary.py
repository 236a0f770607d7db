"""The visit summary: one patient at one visit, on a page to file and to sign."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, HRFlowable, Spacer, Table

from models.chart.standing import elsewhere_words, in_specimen
from models.domain.capitals import upper_first
from models.domain.codelists import PATIENT_STATUS, SEX
from models.domain.genotype import NOT_EVALUABLE
from models.domain.molecular.terms import POSITIVE
from models.domain.notation import Desk
from models.domain.palette import PAPER
from models.domain.printing import Printing
from models.figures.data import overview_content, upcoming
from models.figures.overview import draw
from models.figures.style import DrawOptions
from models.protocols.schedule import VisitState
from models.records.disease import Lesion
from models.reports import visit_sections as sections
from models.reports.arrangement import ARRANGEMENTS, Arrangement
from models.reports.changed_values import Changed, Marks
from models.reports.desk_words import day_words, window_words
from models.reports.page import WIDTH, Bookmark, Sheet, height_of, pages_for, printed_line, room_of, write_pdf
from models.reports.period import Period, period_of, records_of
from models.reports.record_state import record_state
from models.reports.tables import EMPTY_CELLS, Cell, boxes, heading
from models.reports.text import paragraph, with_bold
from models.reports.treatment_words import current_doses
from models.reports.vector_figure import VectorFigure

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart

_DOT = " \N{MIDDLE DOT} "
_FIGURE_HEIGHT = 245.0
"""The most height of the drawing, in points: it gives way first where a page gets full."""
_EMPTY_HEIGHT = 60.0
_SYNTHETIC = "SYNTHETIC PATIENT \N{MIDDLE DOT} made up for demonstration, not a real person"


Signatures = Callable[[int, Collection[int], Desk], Sequence[str]]
"""The signatures of a patient and of a visit by the ids of its records, each as a line of text."""


def _unsigned(_patient: int, _visit: Collection[int], _desk: Desk) -> Sequence[str]:
    return ()


class Printed(NamedTuple):
    """What a summary is of, for the audit trail: the code of the visit (empty before the first), and its pages."""

    visit: str
    pages: int


def visit_summary(
    chart: "PatientChart",
    out: Path | BinaryIO,
    printing: Printing,
    *,
    visit: str | None,
    record: int = 0,
    changed: Changed = frozenset(),
    signatures: Signatures = _unsigned,
) -> Printed:
    """Write the summary of a visit as PDF: the same bytes for the same record, clock and version.

    Args:
        chart: the patient, with laboratory values.
        out: a file, written whole or not at all, or an open binary stream.
        printing: what the page says besides.
        visit: the code of a visit that took place; None for the last one.
        record: the id of the visit's record, where several visits share the code: unscheduled ones do.
        changed: the fields of the patient that once held another value; they are marked.
        signatures: gives the electronic signatures of what is printed, a line each.

    Raises:
        TrialError: the visit did not take place, or the file cannot be written.
    """
    desk = printing.desk
    period = period_of(chart, visit, record)
    content = overview_content(chart)
    signed = signatures(chart.patient.id, records_of(period.visit), desk)
    head_marks = Marks(changed)
    head = _head(chart, period, desk, printing.site, head_marks)

    def body(look: Arrangement) -> list[Flowable]:
        return _body(chart, period, desk, look, Marks(changed, made=head_marks.made), signed)

    above, below, height = _arranged(head, body, most=_EMPTY_HEIGHT if content.empty else _FIGURE_HEIGHT)
    options = DrawOptions(width_inch=WIDTH / 72, height_inch=height / 72, scheme="paper", font_scale=0.87, desk=desk)
    figure = VectorFigure(draw(content, options).figure)
    sheet = Sheet(
        title=f"Visit summary {chart.label}",
        subject=f"Visit summary of one patient{_DOT}{_protocol(chart)}",
        running_head=f"Visit summary{_DOT}patient {chart.label}{_DOT}{chart.protocol.acronym}",
        printing=printing,
        printed=printed_line(printing, f"record state {record_state(chart)}"),
        marking=_SYNTHETIC if chart.patient.synthetic else "",
    )
    pages = write_pdf(out, sheet, [*above, figure, *below])
    return Printed(period.visit.code if period.visit else "", pages)


def _arranged(
    head: Sequence[Flowable], body: Callable[[Arrangement], list[Flowable]], *, most: float
) -> tuple[list[Flowable], list[Flowable], float]:
    """What stands above and below the drawing, and its height: in the roomiest arrangement with the fewest pages.

    `most` is the most height that the drawing takes.
    """
    tried = []
    for number, look in enumerate(ARRANGEMENTS):
        above, below = [*head, *heading("Molecular response", look)], body(look)
        least, beside = min(look.figure, most), height_of([*above, *below])
        pages = pages_for(beside + least)
        tried.append((pages, number, above, below, min(max(room_of(pages) - beside, least), most)))
        if pages == 1:
            break
    _, _, above, below, height = min(tried, key=lambda one: one[:2])
    return above, below, height


def _head(chart: "PatientChart", period: Period, desk: Desk, site: str, marks: Marks) -> list[Flowable]:
    who = [
        marks(SEX.label(chart.patient.sex)[0], chart.patient, "sex"),
        marks(f"{chart.patient.age} y" if chart.patient.age is not None else "", chart.patient, "age"),
    ]
    if period.visit is not None:
        number = chart.day(period.day)
        day = f" (day {sections.day_number(number)})" if number is not None else ""
        recorded = [chart.record("visit", actual.key) for actual in period.visit.actual]
        who += [period.visit.label, marks.of_any(f"{day_words(period.day, desk)}{day}", recorded, "date")]
    else:
        who.append("no visit recorded yet")
    about = "".join(f"{_DOT}{part}" for part in who if part)
    right = [
        paragraph(line, 7.6, "muted", align="right")
        for line in (f"{_protocol(chart)}{_DOT}protocol version {chart.protocol.version}", f"Site {site}")
    ]
    title = paragraph("Visit summary", 13.5, bold=True)
    head = Table([[title, right]], colWidths=[WIDTH * 0.3, WIDTH * 0.7])
    head.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            *EMPTY_CELLS,
            *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
        ]
    )
    rule = HRFlowable(width="100%", thickness=1.2, color=HexColor(PAPER["text"]), spaceBefore=4, spaceAfter=6)
    who_line = with_bold("Patient ", chart.label, about, 8.8)
    strip = boxes(_status(chart, desk, marks))
    return [Bookmark(f"Visit summary {chart.label}"), head, who_line, rule, *_as_of(chart, period, desk), strip]


def _as_of(chart: "PatientChart", period: Period, desk: Desk) -> list[Flowable]:
    """Of an earlier visit: that the boxes tell of the day of printing, and not of the day of the visit."""
    if period.last == chart.today:
        return []
    today = day_words(chart.today, desk)
    return [paragraph(f"As of {today}, the day of printing, not of this visit:", 7.6, "muted"), Spacer(0, 3)]


def _protocol(chart: "PatientChart") -> str:
    return _DOT.join(dict.fromkeys((chart.protocol.id, chart.protocol.acronym)))


def _status(chart: "PatientChart", desk: Desk, marks: Marks) -> list[tuple[str, Cell]]:
    standing = chart.course.standing
    if standing is None:
        response = Cell("No evaluable result yet", "muted")
    else:
        name = standing.headline.value
        day = sections.day_number(standing.since_day)
        since = f" since day\N{NO-BREAK SPACE}{day}" if standing.since_day is not None else ""
        since = f"{in_specimen(chart.course)}{since}"
        against = elsewhere_words(chart.course, lambda each: day_words(each.since, desk))
        words = "\n".join(upper_first(part) for part in (f"{name}{since}", against) if part)
        response = Cell(words, sections.class_role(POSITIVE if against else name))
    transcript = chart.disease.transcript if chart.disease and chart.disease.transcript else "Transcript not recorded"
    transcript = marks(transcript, chart.disease, "transcript")
    ikzf1 = chart.ikzf1.value
    genotype = "IKZF1 not evaluable" if ikzf1 == NOT_EVALUABLE else ikzf1
    genotype = marks.of_any(genotype, chart.of(Lesion), "gene", "call")
    coming = [v for v in upcoming(chart.visits, planned=1) if v.state is not VisitState.OVERDUE]
    following = (
        Cell(f"{coming[0].label}:\n{window_words(coming[0], desk)}", "due") if coming else Cell("None planned", "muted")
    )
    return [
        ("Molecular response", response),
        ("Transcript and IKZF1", Cell(f"{transcript}{_DOT}{genotype}")),
        _treated(chart, desk, marks),
        ("Next visit", following),
    ]


def _treated(chart: "PatientChart", desk: Desk, marks: Marks) -> tuple[str, Cell]:
    """Where the patient stands, and what is taken there: in D-ALBA the inhibitor goes on into follow-up."""
    label = PATIENT_STATUS.label(chart.status)
    if chart.status in ("ON TREATMENT", "FOLLOW-UP"):
        return label, Cell(current_doses(chart, desk, marks) or "No study drug today")
    return "Status", Cell(label)


def _body(
    chart: "PatientChart", period: Period, desk: Desk, look: Arrangement, marks: Marks, signed: Sequence[str]
) -> list[Flowable]:
    return [
        Spacer(0, 3),
        *sections.mrd_section(chart, period, desk, look, marks),
        *sections.events_section(chart, period, desk, look, marks),
        *sections.laboratory_section(chart, period, desk, look, marks),
        *sections.treatment_section(chart, period, desk, look, marks),
        *sections.steps_section(chart, period, desk, look, marks, signed),
    ]
