"""The visit summary: one patient at one visit, on a page to file and to sign."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, HRFlowable, Paragraph, Spacer, Table

from models.domain.codelists import PATIENT_STATUS, SEX
from models.domain.genotype import NOT_EVALUABLE
from models.domain.notation import Desk
from models.domain.palette import PAPER
from models.figures.data import overview_content, upcoming
from models.figures.overview import draw
from models.figures.style import DrawOptions
from models.figures.words import upper_first
from models.protocols.schedule import VisitState
from models.reports import visit_sections as sections
from models.reports.desk_words import day_words, days_words
from models.reports.page import HEIGHT, WIDTH, Bookmark, Sheet, printed_line, write_pdf
from models.reports.period import Period, period_of
from models.reports.record_state import record_state
from models.reports.tables import Cell, boxes, heading, signatures
from models.reports.text import markup, paragraph, style
from models.reports.treatment_words import current_doses
from models.reports.vector_figure import VectorFigure

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart

_DOT = " \N{MIDDLE DOT} "
_FIGURE_HEIGHT = (190.0, 245.0)
"""The least and the most height of the drawing, in points: it gives way first where a page gets full."""
_EMPTY_HEIGHT = 60.0
_SYNTHETIC = "SYNTHETIC PATIENT \N{MIDDLE DOT} made up for demonstration, not a real person"


def visit_summary(
    chart: "PatientChart",
    out: Path | BinaryIO,
    *,
    visit: str | None,
    printed_by: str,
    now: datetime,
    desk: Desk,
    version: str,
    site: str = "",
) -> None:
    """Write the summary of a visit as PDF: the same bytes for the same record, clock and version.

    Args:
        chart: the patient, with laboratory values.
        out: a file, written whole or not at all, or an open binary stream.
        visit: the code of a visit that took place; None for the last one.
        printed_by: the name that stands in the foot.
        now: the moment that stands in the foot.
        desk: how numbers and dates are written.
        version: of the program.
        site: number and name of the site, for the head.

    Raises:
        TrialError: the visit did not take place, or the file cannot be written.
    """
    period = period_of(chart, visit)
    above = _head(chart, period, desk, site)
    below = _body(chart, period, desk)
    least, most = _FIGURE_HEIGHT
    free = HEIGHT - _height([*above, *below])
    figure = _figure(chart, desk, min(max(free, least), most) if free >= least else most)
    sheet = Sheet(
        title=f"Visit summary {chart.label}",
        running_head=f"Visit summary{_DOT}patient {chart.label}{_DOT}{chart.protocol.acronym}",
        printed=printed_line(now, printed_by, desk, f"record state {record_state(chart)}", f"AlbaTrack {version}"),
        marking=_SYNTHETIC if chart.patient.synthetic else "",
        version=version,
    )
    write_pdf(out, sheet, [*above, figure, *below])


def _figure(chart: "PatientChart", desk: Desk, height: float) -> VectorFigure:
    content = overview_content(chart)
    options = DrawOptions(
        width_inch=WIDTH / 72,
        height_inch=(_EMPTY_HEIGHT if content.empty else height) / 72,
        scheme="paper",
        font_scale=0.87,
        desk=desk,
    )
    return VectorFigure(draw(content, options).figure)


def _height(story: list[Flowable]) -> float:
    """How high the flowables stand one below the other."""
    total = 0.0
    for item in story:
        total += item.wrap(WIDTH, HEIGHT)[1] + item.getSpaceBefore() + item.getSpaceAfter()
    return total


def _head(chart: "PatientChart", period: Period, desk: Desk, site: str) -> list[Flowable]:
    who = [SEX.label(chart.patient.sex)[0], f"{chart.patient.age} y" if chart.patient.age is not None else ""]
    if period.visit is not None:
        number = chart.day(period.day)
        day = f" (day {number})".replace("-", "\N{MINUS SIGN}") if number is not None else ""
        who += [period.visit.label, f"{day_words(period.day, desk)}{day}"]
    else:
        who.append("no visit recorded yet")
    about = _DOT.join(markup(part) for part in who if part)
    left = [
        paragraph("Visit summary", 13.5, bold=True),
        Spacer(0, 3),
        _patient_line(chart.label, about),
    ]
    protocol = _DOT.join(dict.fromkeys((chart.protocol.id, chart.protocol.acronym)))
    right = [
        paragraph(line, 7.6, "muted", align="right")
        for line in (protocol, f"Site {site}" if site else "", f"Protocol version {chart.protocol.version}")
        if line
    ]
    head = Table([[left, right]], colWidths=[WIDTH * 0.66, WIDTH * 0.34])
    head.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
        ]
    )
    rule = HRFlowable(width="100%", thickness=1.2, color=HexColor(PAPER["text"]), spaceBefore=5, spaceAfter=6)
    strip = boxes(_status(chart, desk))
    return [Bookmark(f"Visit summary {chart.label}"), head, rule, strip, *heading("Molecular response")]


def _patient_line(label: str, about: str) -> Flowable:
    return Paragraph(f"Patient <b>{markup(label)}</b>{_DOT}{about}", style(8.8))


def _status(chart: "PatientChart", desk: Desk) -> list[tuple[str, Cell]]:
    standing = chart.course.standing
    if standing is None:
        response = Cell("No evaluable result yet", "muted")
    else:
        name = standing.headline.value
        since = f" since day\N{NO-BREAK SPACE}{standing.since_day}" if standing.since_day is not None else ""
        response = Cell(f"{upper_first(name)}{since}", sections.class_role(name))
    transcript = chart.disease.transcript if chart.disease and chart.disease.transcript else "transcript not recorded"
    ikzf1 = chart.ikzf1.value
    genotype = "IKZF1 not evaluable" if ikzf1 == NOT_EVALUABLE else ikzf1
    coming = [v for v in upcoming(chart.visits, planned=1) if v.state is not VisitState.OVERDUE]
    following = (
        Cell(f"{coming[0].label}: {days_words(coming[0].opens, coming[0].closes, desk)}", "due")
        if coming
        else Cell("None planned", "muted")
    )
    on_treatment = chart.status == "ON TREATMENT"
    treated = Cell(current_doses(chart, desk) if on_treatment else PATIENT_STATUS.label(chart.status))
    return [
        ("Molecular response", response),
        ("Transcript and IKZF1", Cell(f"{transcript}{_DOT}{genotype}")),
        ("On treatment" if on_treatment else "Status", treated),
        ("Next visit", following),
    ]


def _body(chart: "PatientChart", period: Period, desk: Desk) -> list[Flowable]:
    return [
        Spacer(0, 3),
        *sections.mrd_section(chart, period, desk),
        *sections.events_section(chart, period, desk),
        *sections.laboratory_section(chart, period, desk),
        *sections.treatment_section(chart, period, desk),
        *sections.steps_section(chart, period, desk),
        signatures(("Investigator, date", "Coordinator, date")),
    ]
