"""Saving what a tab shows: the drawing as a picture, its data and the table as CSV or workbook; the trail keeps it."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from gui.pages.cohort.basis import data_words
from gui.pages.cohort.counting import Shown
from gui.pages.cohort.exhibits import Exhibit, view
from gui.pages.print.lists import printing_of
from gui.saving import CSV, WORKBOOK
from gui.workspace import Workspace
from models.cohort.table import Table
from models.exchange.cohort_listing import Origin, curve_listing, table_listing
from models.exchange.listing import Listing, write_listing
from models.figures.style import DrawOptions
from models.reports.figure_file import save
from models.study import Study

_WIDTH, _HEIGHT = 7.2, 4.6
"""Inches: two columns of a journal."""


class Format(NamedTuple):
    """One entry of the menu: what is saved, and as which kind of file."""

    code: str
    words: str
    suffix: str
    kind: str


FORMATS: tuple[Format, ...] = (
    Format("figure-pdf", "Chart as PDF…", ".pdf", "PDF (*.pdf)"),
    Format("figure-svg", "Chart as SVG…", ".svg", "SVG (*.svg)"),
    Format("figure-png", "Chart as PNG…", ".png", "PNG (*.png)"),
    Format("data", "Data of the chart as CSV…", CSV.suffix, CSV.kind),
    Format("data-workbook", "Data of the chart as Excel workbook…", WORKBOOK.suffix, WORKBOOK.kind),
    Format("table", "Table as CSV…", CSV.suffix, CSV.kind),
    Format("table-workbook", "Table as Excel workbook…", WORKBOOK.suffix, WORKBOOK.kind),
)
"""Everything that can be saved of a tab."""
_DATA, _TABLES = ("data", "data-workbook"), ("table", "table-workbook")


def offered(exhibit: Exhibit) -> tuple[Format, ...]:
    """What there is to save of an exhibit."""
    drawn = exhibit.draw is not None
    return tuple(each for each in FORMATS if drawn or each.code in _TABLES)


def file_name(shown: Shown, wanted: Format) -> str:
    """The name offered for the file, with the last day that counts; it never names a patient."""
    assert shown.exhibit is not None
    data = "-data" if wanted.code in _DATA else ""
    return f"cohort-{shown.exhibit.table.code}{data}-{shown.cohort.until.isoformat()}{wanted.suffix}"


def write(shown: Shown, wanted: Format, path: Path, workspace: Workspace) -> None:
    """Write the file. Raises TrialError where it cannot be written."""
    exhibit = shown.exhibit
    assert exhibit is not None
    if wanted.code in _TABLES:
        write_listing(path, table_listing(exhibit.table, origin(shown, workspace.study)), printing_of(workspace))
    elif wanted.code in _DATA:
        write_listing(path, data_listing(exhibit, origin(shown, workspace.study)), printing_of(workspace))
    else:
        assert exhibit.draw is not None
        options = DrawOptions(width_inch=_WIDTH, height_inch=_HEIGHT, scheme="paper", desk=workspace.desk)
        if exhibit.height is not None:
            options = replace(options, height_inch=max(exhibit.height(options), 2.0))
        drawing, title = exhibit.draw(options), exhibit.table.title
        data = data_words(shown.cohort.until, shown.wanted.basis.cut, workspace.desk)
        save(drawing.figure, path, title=title, printing=printing_of(workspace), data=data)


def origin(shown: Shown, study: Study) -> Origin:
    """Of which study, and of which state of its records, a file tells."""
    info, cut = study.info, shown.wanted.basis.cut
    since = shown.wanted.since.name if shown.wanted.since and view(shown.wanted.view).show is None else ""
    site = f"{info.site_code} {info.site_name}"
    return Origin(study.protocol.id, site, info.synthetic, cut.name if cut else "", shown.cohort.until, since)


def data_listing(exhibit: Exhibit, told: Origin) -> Listing:
    """What a drawing is drawn from: the steps of its curves, its points, or the table itself."""
    if exhibit.curves is not None:
        return curve_listing(exhibit.table.title, exhibit.curves, told)
    return table_listing(exhibit.points or exhibit.table, told)


def note(study: Study, table: Table, wanted: Format, path: Path) -> None:
    """Keep in the trail that it was exported."""
    study.trail.note("cohort exported", {"what": table.title, "as": wanted.code, "file": path.name})
