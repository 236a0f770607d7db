"""Saving what a tab shows: the drawing as a picture, its data and the table as CSV. The trail keeps every export."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from gui.pages.cohort.basis import data_words
from gui.pages.cohort.counting import Shown
from gui.pages.cohort.exhibits import Exhibit, view
from gui.workspace import Workspace
from models.cohort.table import Table
from models.exchange.cohort_csv import Origin, write_curves, write_table
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


def file_name(shown: Shown, wanted: Format) -> str:
    """The name offered for the file, with the last day that counts; it never names a patient."""
    assert shown.exhibit is not None
    data = "-data" if wanted.code == "data" else ""
    return f"cohort-{shown.exhibit.table.code}{data}-{shown.cohort.until.isoformat()}{wanted.suffix}"


def write(shown: Shown, wanted: Format, path: Path, workspace: Workspace) -> None:
    """Write the file. Raises TrialError where it cannot be written."""
    exhibit = shown.exhibit
    assert exhibit is not None
    if wanted.code == "table":
        write_table(path, exhibit.table, origin(shown, workspace.study))
    elif wanted.code == "data":
        write_data(exhibit, path, origin(shown, workspace.study))
    else:
        assert exhibit.draw is not None
        from gui.pages.print.lists import printing_of  # loads the PDF library: not before somebody saves a drawing

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


def write_data(exhibit: Exhibit, path: Path, told: Origin) -> None:
    """Write what a drawing is drawn from: the steps of its curves, its points, or the table itself."""
    if exhibit.curves is not None:
        write_curves(path, exhibit.curves, told)
    else:
        write_table(path, exhibit.points or exhibit.table, told)


def note(study: Study, table: Table, wanted: Format, path: Path) -> None:
    """Keep in the trail that it was exported."""
    study.trail.note("cohort exported", {"what": table.title, "as": wanted.code, "file": path.name})
