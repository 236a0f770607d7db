"""The cohort report: everything that the cohort counts, in the order of a paper, with the rules by which it counts."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, HRFlowable, Spacer

from models.cohort.grouping import EVERYBODY
from models.cohort.headline import headline
from models.cohort.response import PRIMARY_ROW
from models.cohort.table import Table, shown
from models.cohort.tables import methods, tables
from models.domain.capitals import upper_first
from models.domain.notation import Desk
from models.domain.palette import PAPER
from models.domain.printing import Printing
from models.reports.cohort_captions import Block, Parts, laid_out
from models.reports.cohort_changes import Comparison, changes_section
from models.reports.cohort_safety import (
    completeness_section,
    doses_section,
    monitoring_section,
    mutations_section,
    toxicity_section,
)
from models.reports.cohort_sections import (
    baseline_section,
    courses_section,
    depth_section,
    endpoints_section,
    flow_section,
    response_section,
)
from models.reports.desk_words import day_words
from models.reports.page import Bookmark, Sheet, marked, printed_line, write_pdf
from models.reports.tables import Cell, boxes
from models.reports.text import paragraph, with_bold

if TYPE_CHECKING:
    from models.cohort.cohort import Cohort

_DOT = " \N{MIDDLE DOT} "
_TITLE = "Cohort report"
_METHOD, _SOURCE = 7.4, 6.8


def cohort_report(
    cohort: "Cohort",
    out: Path | BinaryIO,
    printing: Printing,
    *,
    cut: str = "",
    comparison: Comparison | None = None,
) -> int:
    """Write the report as PDF: the same bytes for the same cohort, clock and version. Returns how many pages.

    Args:
        cohort: the patients, with data completeness if it is to be printed.
        out: a file, written whole or not at all, or an open binary stream.
        printing: what the pages say besides.
        cut: the name of the data cut that was counted; empty where the records are as they stand.
        comparison: what changed since an earlier cut; without it, nothing is said of changes.

    Raises:
        TrialError: the file cannot be written.
    """
    desk = printing.desk
    every = tuple(tables(cohort))
    by_code = {table.code: table for table in every}
    parts = Parts(desk)
    blocks = [
        *flow_section(cohort, by_code, parts),
        *courses_section(cohort, parts),  # takes a page: behind the first, which is nearly full in any study
        *baseline_section(by_code, parts),
        *response_section(cohort, by_code, parts),
        *endpoints_section(cohort, by_code, parts, incidence=False),
        *endpoints_section(cohort, by_code, parts, incidence=True),
        *depth_section(cohort, by_code, parts),
        *toxicity_section(by_code, parts),
        *doses_section(by_code, parts),
        *mutations_section(by_code, parts),
        *completeness_section(cohort, by_code, parts),
        *monitoring_section(cohort, by_code, parts),
        *(changes_section(comparison, by_code, parts) if comparison else ()),
        *_methods_section(every, parts),
    ]
    until = f"data up to {day_words(cohort.until, desk)}"
    sheet = Sheet(
        title=f"{_TITLE} {cohort.protocol.acronym}, {until}",
        subject=f"Report of all patients of a site{_DOT}{cohort.protocol.id}",
        running_head=f"{_TITLE}{_DOT}{cohort.protocol.acronym}{_DOT}site {printing.site}{_DOT}{until}",
        printing=printing,
        printed=printed_line(printing),
        marking=marked(printing),
    )
    return write_pdf(out, sheet, [*_head(cohort, by_code, desk, printing.site, cut), *laid_out(blocks)])


def _head(cohort: "Cohort", by_code: dict[str, Table], desk: Desk, site: str, cut: str) -> list[Flowable]:
    """Study, site, day and cut, and the numbers one looks for first."""
    protocol = cohort.protocol
    study = _DOT.join(dict.fromkeys((protocol.id, protocol.acronym, f"protocol version {protocol.version}")))
    counted = f", as the records stood at the data cut “{cut}”" if cut else ""
    by = f"By {cohort.by.label}: {cohort.by.wording}" if cohort.by else ""
    lines = [study, f"Site {site}", by, upper_first(headline(cohort, desk))]
    return [
        Bookmark(_TITLE),
        paragraph(_TITLE, 17, bold=True),
        Spacer(0, 4),
        with_bold("Data up to ", day_words(cohort.until, desk), counted, 9.5),
        Spacer(0, 2),
        *(paragraph(line, 8.2, "muted") for line in lines if line),
        HRFlowable(width="100%", thickness=1.2, color=HexColor(PAPER["text"]), spaceBefore=5, spaceAfter=7),
        boxes(_first_numbers(cohort, by_code, desk)),
        Spacer(0, 4),
    ]


def _first_numbers(cohort: "Cohort", by_code: dict[str, Table], desk: Desk) -> list[tuple[str, Cell]]:
    numbers = [("Enrolled of screened", Cell(f"{len(cohort.enrolled)} of {len(cohort.members)}"))]
    response, row = by_code["response-protocol"], f"{EVERYBODY}/{PRIMARY_ROW}"
    if any(one.key == row for one in response.rows):
        share = _words(response, row, "of_evaluable", desk)
        count = f"{_words(response, row, 'response', desk)} of {_words(response, row, 'evaluable', desk)} evaluable"
        evaluable = bool(response.cell(row, "evaluable").patients)
        told = Cell(f"{share}\n{count}", "complete") if evaluable else Cell("nobody is evaluable yet")
        numbers.append(("Molecular response, primary endpoint", told))
    for found in cohort.endpoints.values():
        if len(numbers) == 4:
            break
        table = by_code[f"endpoint-{found.endpoint.code}"]
        if found.by_incidence:
            continue
        month = cohort.protocol.analysis.months[0]
        rate = _words(table, EVERYBODY, f"at_{month}_months", desk)
        numbers.append((f"{found.endpoint.label}, {month} months", Cell(rate)))
    return numbers


def _words(table: Table, row: str, column: str, desk: Desk) -> str:
    return shown(table.cell(row, column), next(one for one in table.columns if one.code == column), desk)


def _methods_section(every: Sequence[Table], parts: Parts) -> list[Block]:
    """Every rule by which a number of the report was counted, once, with its source."""
    blocks = [
        Block(
            [
                with_bold("", f"{method.name}. ", method.wording, _METHOD),
                *([paragraph(f"Source: {method.source}", _SOURCE, "muted")] if method.source else []),
            ],
            whole=True,
            after=4.0,
        )
        for method in methods(every)
    ]
    return parts.section("Methods", blocks)
