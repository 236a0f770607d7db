"""A drawing as a file of its own, for a paper or a slide: the same bytes for the same drawing, person and moment.

Below it stand the study, the state of the data, who saved it when and where the audit trail ended then, and that the
patients are made up where they are: a drawing that is found alone still says what it shows.
"""

from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from models.domain.errors import TrialError
from models.domain.palette import PAPER
from models.domain.whole_files import write_whole
from models.fonts import FAMILY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

    from models.domain.printing import Printing

FORMATS = (".pdf", ".svg", ".png")
"""The kinds of file, by the end of the name."""
_DOTS_PER_INCH = 300
_POINTS_PER_INCH = 72
_SALT = "albatrack"
"""Names the parts of an SVG file; left to itself, matplotlib draws lots for them."""
_SIZE, _LEADING = 6.5, 9.5
"""Of the lines below a drawing, in points: their letters and their distance."""
_ABOVE, _BELOW, _SIDE = 5.0, 4.0, 1.0
"""What is left free around them; on the side no more than a drawing leaves."""


def save(figure: "Figure", path: Path, *, title: str, printing: "Printing", data: str) -> None:
    """Write a drawing as PDF with text that can be searched, as SVG, or as PNG of 300 dots to the inch.

    The end of the name says which. Draw it in the scheme "paper" for a white page; the drawing on the screen is left
    as it is. `data` says of which state of the records it tells.

    Raises:
        TrialError: the name ends otherwise, or the file cannot be written.
    """
    kind = path.suffix.lower()
    if kind not in FORMATS:
        raise TrialError(f"{path.name} is no kind of picture that can be written. Use {', '.join(FORMATS)}.")
    with _foot_below(figure, printing, data) as whole:
        if kind == ".pdf":
            content = _pdf(figure, whole, title, printing)
        else:
            content = _picture(figure, whole, kind.removeprefix("."), title, printing)
    write_whole(path, content)


@contextmanager
def _foot_below(figure: "Figure", printing: "Printing", data: str) -> "Iterator[Bbox]":
    """The drawing with lines below its lower edge, and the rectangle that holds both, in inches."""
    from matplotlib.transforms import Bbox

    from models.reports.text import width

    wide, high = (side * _POINTS_PER_INCH for side in figure.get_size_inches())
    lines, put = _lines(printing, data), []
    for number, (line, role) in enumerate(lines, start=1):
        size = min(_SIZE, _SIZE * (wide - 2 * _SIDE) / width(line, _SIZE))  # a name of any length stays whole
        y = -(_ABOVE + number * _LEADING) / high
        put.append(figure.text(_SIDE / wide, y, line, fontsize=size, family=FAMILY, color=PAPER[role]))
    foot = (_ABOVE + len(lines) * _LEADING + _BELOW) / _POINTS_PER_INCH
    try:
        yield Bbox([[0, -foot], [wide / _POINTS_PER_INCH, high / _POINTS_PER_INCH]])
    finally:
        for text in put:
            text.remove()


def _lines(printing: "Printing", data: str) -> list[tuple[str, str]]:
    """What stands below a drawing, each line with the role of its colour."""
    from models.reports.page import SYNTHETIC, printed_line
    from models.reports.text import plain

    saved = printed_line(printing, done="Saved")
    lines = [(plain(f"{printing.study_and_site} \N{MIDDLE DOT} {data}"), "muted"), (plain(saved), "muted")]
    return [*lines, (SYNTHETIC, "urgent")] if printing.synthetic else lines


def _picture(figure: "Figure", whole: "Bbox", kind: str, title: str, printing: "Printing") -> bytes:
    import matplotlib

    from models.reports.page import LANGUAGE

    buffer, program = BytesIO(), f"AlbaTrack {printing.version}"
    metadata: dict[str, str | None] = {"Title": title, "Author": "AlbaTrack", "Software": program}
    if kind == "svg":
        metadata = {"Title": title, "Creator": program, "Language": LANGUAGE, "Date": None}
    with matplotlib.rc_context({"svg.hashsalt": _SALT}):
        figure.savefig(buffer, format=kind, dpi=_DOTS_PER_INCH, metadata=metadata, bbox_inches=whole)
    return buffer.getvalue()


def _pdf(figure: "Figure", whole: "Bbox", title: str, printing: "Printing") -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    from models.reports.page import LANGUAGE, dated
    from models.reports.text import REGULAR, plain
    from models.reports.vector_figure import VectorFigure

    dpi, visible = figure.get_dpi(), figure.patch.get_visible()
    size = (whole.width * _POINTS_PER_INCH, whole.height * _POINTS_PER_INCH)
    buffer = BytesIO()
    try:
        drawing = VectorFigure(figure)
        canvas = Canvas(buffer, pagesize=size, invariant=1, initialFontName=REGULAR, lang=LANGUAGE)
        canvas.setDateFormatter(dated(printing.now))
        canvas.setTitle(plain(title))
        canvas.setSubject(plain(printing.study_and_site))
        canvas.setAuthor("AlbaTrack")
        canvas.setCreator(f"AlbaTrack {printing.version}")
        canvas.setProducer(f"AlbaTrack {printing.version}")
        figure.patch.set_visible(visible)
        drawing.drawOn(canvas, 0, -whole.y0 * _POINTS_PER_INCH)
        canvas.showPage()
        canvas.save()
    finally:
        figure.set_dpi(dpi)
        figure.patch.set_visible(visible)
    return buffer.getvalue()
