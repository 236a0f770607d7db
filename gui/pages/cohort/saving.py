"""Saving what a tab shows: the drawing as a picture, its data and the table as CSV. The trail keeps every export."""

from pathlib import Path
from typing import NamedTuple

from gui.pages.cohort.exhibits import Exhibit
from models.cohort.table import Table
from models.domain.notation import Desk
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


def write(exhibit: Exhibit, wanted: Format, path: Path, desk: Desk) -> None:
    """Write the file. Raises TrialError where it cannot be written."""
    if wanted.code == "table":
        write_table(path, exhibit.table)
    elif wanted.code == "data":
        write_data(exhibit, path)
    else:
        assert exhibit.draw is not None
        options = DrawOptions(width_inch=_WIDTH, height_inch=_HEIGHT, scheme="paper", desk=desk)
        if exhibit.height is not None:
            height = max(exhibit.height(options), 2.0)
            options = DrawOptions(width_inch=_WIDTH, height_inch=height, scheme="paper", desk=desk)
        save(exhibit.draw(options).figure, path, title=exhibit.table.title)


def write_data(exhibit: Exhibit, path: Path) -> None:
    """Write what a drawing is drawn from: the steps of its curves, its points, or the table itself."""
    if exhibit.curves is not None:
        write_curves(path, exhibit.curves)
    else:
        write_table(path, exhibit.points or exhibit.table)


def note(study: Study, table: Table, wanted: Format, path: Path) -> None:
    """Keep in the trail that it was exported."""
    study.trail.note("cohort exported", {"what": table.title, "as": wanted.code, "file": path.name})
