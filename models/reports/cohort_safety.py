"""The sections of the cohort report on safety, treatment, mutations, the data themselves, and the stopping rules."""

from typing import TYPE_CHECKING

from reportlab.platypus import Table as Grid

from models.cohort.table import Table
from models.cohort.toxicity import DIMENSIONS, GRADES
from models.figures.cohort.boundary import boundary
from models.figures.cohort.frame import CohortDrawing
from models.reports.cohort_captions import Block, Parts
from models.reports.cohort_sections import Tables
from models.reports.cohort_tables import PaperColumn, paper_table

if TYPE_CHECKING:
    from models.cohort.cohort import Cohort
    from models.cohort.monitoring import Watch
    from models.figures.style import DrawOptions


def toxicity_section(tables: Tables, parts: Parts) -> list[Block]:
    """Adverse events by worst grade, by term, class, phase and drug; versions of grading each on their own."""
    story: list[Block] = []
    for code in (code for dimension in DIMENSIONS for code in tables if code.startswith(f"toxicity-{dimension}-")):
        story.append(parts.table(tables[code].title, _toxicity_table(tables[code], parts)))
    return parts.section("Adverse events", story or [parts.words("No adverse event is recorded.")])


def _toxicity_table(table: Table, parts: Parts) -> Grid:
    """Columns for events without a grade stand only where there are any."""
    graded = table.says_nothing("events_no_grade")
    grades = [(f"grade_{grade}", str(grade)) for grade in GRADES] + ([] if graded else [("no_grade", "none")])
    patients, events = "Patients by worst grade", "Events by worst grade"
    columns = [
        PaperColumn(table.columns[0].label, ("line",), 110, "left", 1),
        PaperColumn("Treated", ("treated",), 32),
        PaperColumn("All", ("patients",), 22, band=patients),
        *(PaperColumn(head, (f"patients_{code}",), 18, band=patients) for code, head in grades),
        PaperColumn("3 or more", ("patients_severe",), 26, band=patients),
        PaperColumn("3 or more, % of treated", ("share_severe",), 74, band=patients),
        PaperColumn("All", ("events",), 22, band=events),
        *(PaperColumn(head, (f"events_{code}",), 18, band=events) for code, head in grades),
        PaperColumn("3 or more", ("events_severe",), 26, band=events),
        PaperColumn("Serious", ("events_serious",), 30, band=events),
    ]
    return paper_table(table, columns, parts.desk)


def doses_section(tables: Tables, parts: Parts) -> list[Block]:
    """Given of planned dose, drug by drug and phase by phase."""
    table = tables["dose-intensity"]
    if not table.rows:
        return parts.section("Dose intensity", [parts.words("No phase of treatment has begun yet.")])
    phase, *numbers = table.columns[1:]
    columns = [
        PaperColumn(phase.label, (phase.code,), 110, "left", 1),
        *(PaperColumn(each.head or each.label, (each.code,), 52, band=each.band) for each in numbers),
    ]
    grid = paper_table(table, columns, parts.desk, by="drug")
    return parts.section("Dose intensity", [parts.table(table.title, grid)])


def mutations_section(tables: Tables, parts: Parts) -> list[Block]:
    """When each mutation was found, and cleared under what."""
    table = tables["mutations"]
    if not table.rows:
        return parts.section(table.title, [parts.words("No mutation is recorded.")])
    widths = (42, 40, 50, 24, 90, 40, 50, 24, 80, 74)
    words = ("phase", "cleared_in", "drugs")
    columns = [
        PaperColumn(each.head or each.label, (each.code,), width, "left", each.code in words, band=each.band)
        for each, width in zip(table.columns, widths, strict=True)
    ]
    return parts.section(table.title, [parts.table(table.title, paper_table(table, columns, parts.desk))])


def completeness_section(cohort: "Cohort", tables: Tables, parts: Parts) -> list[Block]:
    """What was expected and came, by visit and by form."""
    story: list[Block] = []
    for what in cohort.completeness:
        table = tables[f"completeness-{what}"]
        if not table.rows:
            continue
        columns = [
            PaperColumn(table.columns[0].label, (what,), 150, "left", 1),
            *(PaperColumn(column.label, (column.code,), 50) for column in table.columns[1:-1]),
            PaperColumn(table.columns[-1].label, ("share",), 60),
        ]
        story.append(parts.table(table.title, paper_table(table, columns, parts.desk)))
    if not cohort.completeness:
        return []
    return parts.section("Data completeness", story or [parts.words("No visit was expected yet.")])


def monitoring_section(cohort: "Cohort", tables: Tables, parts: Parts) -> list[Block]:
    """Each stopping rule with the site's path towards it."""
    story: list[Block] = []
    for watch in cohort.monitoring:
        title = tables[f"monitoring-{watch.rule.code}"].title

        def draw(options: "DrawOptions", watch: "Watch" = watch) -> CohortDrawing:
            return boundary(watch, options)

        story.append(parts.figure(title, draw, 170))
    return parts.section("Stopping rules", story) if story else []
