"""A drawing as a file of its own, for a paper or a slide: the same bytes for the same drawing."""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from models.domain.errors import TrialError
from models.reports.files import write_whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = (".pdf", ".svg", ".png")
"""The kinds of file, by the end of the name."""
_DOTS_PER_INCH = 300
_SALT = "albatrack"
"""Names the parts of an SVG file; left to itself, matplotlib draws lots for them."""


def save(figure: "Figure", path: Path, *, title: str = "") -> None:
    """Write a drawing as PDF with text that can be searched, as SVG, or as PNG of 300 dots to the inch.

    The end of the name says which. Draw it in the scheme "paper" for a white page; the drawing on the screen is left
    as it is.

    Raises:
        TrialError: the name ends otherwise, or the file cannot be written.
    """
    kind = path.suffix.lower()
    if kind not in FORMATS:
        raise TrialError(f"{path.name} is no kind of picture that can be written. Use {', '.join(FORMATS)}.")
    write_whole(path, _pdf(figure, title) if kind == ".pdf" else _picture(figure, kind.removeprefix("."), title))


def _picture(figure: "Figure", kind: str, title: str) -> bytes:
    import matplotlib

    buffer = BytesIO()
    metadata = {"Title": title, "Date": None} if kind == "svg" else {"Title": title, "Software": None}
    with matplotlib.rc_context({"svg.hashsalt": _SALT}):
        figure.savefig(buffer, format=kind, dpi=_DOTS_PER_INCH, metadata=metadata)
    return buffer.getvalue()


def _pdf(figure: "Figure", title: str) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    from models.reports.text import REGULAR, plain
    from models.reports.vector_figure import VectorFigure

    dpi, visible = figure.get_dpi(), figure.patch.get_visible()
    buffer = BytesIO()
    try:
        drawing = VectorFigure(figure)
        canvas = Canvas(buffer, pagesize=(drawing.width, drawing.height), invariant=1, initialFontName=REGULAR)
        canvas.setTitle(plain(title))
        canvas.setAuthor("AlbaTrack")
        figure.patch.set_visible(visible)
        drawing.drawOn(canvas, 0, 0)
        canvas.showPage()
        canvas.save()
    finally:
        figure.set_dpi(dpi)
        figure.patch.set_visible(visible)
    return buffer.getvalue()
