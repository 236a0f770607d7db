"""Saving what a tab shows: the drawing as a picture, its data and the table as CSV. The trail keeps every export."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from gui.pages.cohort.counting import Shown
from gui.pages.cohort.exhibits import Exhibit
from gui.workspace import Workspace
from models.cohort.table import Table
from models.domain.date_notation import write_date
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.exchange.cohort_csv import write_curves, write_table
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
    Format("data", "Data of the chart as CSV…", ".csv", "CSV (*.csv)"),
    Format("table", "Table as CSV…", ".csv", "CSV (*.csv)"),
)
"""Everything that can be saved of a tab."""


def offered(exhibit: Exhibit) -> tuple[Format, ...]:
    """What there is to save of an exhibit."""
    drawn = exhibit.draw is not None
    return tuple(each for each in FORMATS if drawn or each.code == "table")


def file_name(exhibit: Exhibit, wanted: Format) -> str:
    """The name offered for the file; it never names a patient."""
    data = "-data" if wanted.code == "data" else ""
    return f"cohort-{exhibit.table.code}{data}{wanted.suffix}"


def data_words(shown: Shown, desk: Desk) -> str:
    """Of which state of the records a drawing tells."""
    cut = shown.wanted.basis.cut
    stood = f", as the records stood at the data cut “{cut.name}”" if cut else ""
    return f"data up to {write_date(PartialDate.from_date(shown.cohort.until), desk)}{stood}"


def write(exhibit: Exhibit, wanted: Format, path: Path, workspace: Workspace, data: str) -> None:
    """Write the file; `data` stands on a drawing. Raises TrialError where it cannot be written."""
    if wanted.code == "table":
        write_table(path, exhibit.table)
    elif wanted.code == "data":
        write_data(exhibit, path)
    else:
        assert exhibit.draw is not None
        from gui.pages.print.lists import printing_of  # loads the PDF library: not before somebody saves a drawing

        options = DrawOptions(width_inch=_WIDTH, height_inch=_HEIGHT, scheme="paper", desk=workspace.desk)
        if exhibit.height is not None:
            options = replace(options, height_inch=max(exhibit.height(options), 2.0))
        drawing, title = exhibit.draw(options), exhibit.table.title
        save(drawing.figure, path, title=title, printing=printing_of(workspace), data=data)


def write_data(exhibit: Exhibit, path: Path) -> None:
    """Write what a drawing is drawn from: the steps of its curves, its points, or the table itself."""
    if exhibit.curves is not None:
        write_curves(path, exhibit.curves)
    else:
        write_table(path, exhibit.points or exhibit.table)


def note(study: Study, table: Table, wanted: Format, path: Path) -> None:
    """Keep in the trail that it was exported."""
    study.trail.note("cohort exported", {"what": table.title, "as": wanted.code, "file": path.name})
