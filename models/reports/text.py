"""The one way text gets onto paper: any text a person can type, in an embedded font, wrapped and never cut."""

from functools import cache
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

from models.domain.characters import writable
from models.domain.palette import PAPER
from models.fonts import font_file

REGULAR, BOLD = "AlbaTrack-Regular", "AlbaTrack-Bold"
_ALIGNMENTS = {"left": TA_LEFT, "right": TA_RIGHT, "center": TA_CENTER}
_LINES = 40
"""Of a paragraph, at most, where a text goes over many pages."""


class _Text(Paragraph):  # type: ignore[misc]
    """A paragraph that is broken into lines once at each width: tables measure their cells again on every page."""

    _measured_at: float | None = None

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """The size, in points."""
        if availWidth != self._measured_at or not hasattr(self, "blPara"):  # a split that fails takes the lines away
            super().wrap(availWidth, availHeight)
            self._measured_at = availWidth
        return self.width, self.height


@cache
def _covered() -> frozenset[int]:
    """The characters that both faces hold; reading the faces registers them."""
    faces = []
    for name, style in ((REGULAR, font_file("regular")), (BOLD, font_file("bold"))):
        font = TTFont(name, str(style))
        pdfmetrics.registerFont(font)
        faces.append(frozenset(font.face.charToGlyph))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    return faces[0] & faces[1]


def load_fonts() -> None:
    """Make the faces known to ReportLab, before the first text is measured."""
    _covered()


def plain(text: str) -> str:
    """The text on one line, with characters that the font lacks named."""
    return writable(text, _covered().__contains__).replace("\n", " ")


def markup(text: str) -> str:
    """The text as paragraph markup that shows exactly what was typed; line ends stay line ends."""
    return escape(writable(text, _covered().__contains__)).replace("\n", "<br/>")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line of plain text is, in points."""
    load_fonts()
    return float(pdfmetrics.stringWidth(text, BOLD if bold else REGULAR, size))


@cache
def style(size: float, role: str = "text", *, bold: bool = False, align: str = "left") -> ParagraphStyle:
    """A paragraph style in the colour of a palette role. Words wider than the line are broken."""
    load_fonts()
    return ParagraphStyle(
        name=f"{size}-{role}-{bold}-{align}",
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        leading=size * 1.32,
        textColor=HexColor(PAPER[role]),
        alignment=_ALIGNMENTS[align],
        splitLongWords=1,
    )


def with_bold(before: str, bold: str, after: str, size: float) -> Paragraph:
    """A paragraph of text as typed, with one stretch of it in bold."""
    return _Text(f"{markup(before)}<b>{markup(bold)}</b>{markup(after)}", style(size))


def paragraph(text: str, size: float, role: str = "text", *, bold: bool = False, align: str = "left") -> Paragraph:
    """A paragraph of text as typed."""
    return _Text(markup(text), style(size, role, bold=bold, align=align))


def paragraphs(
    text: str, size: float, role: str = "text", *, bold: bool = False, align: str = "left"
) -> list[Paragraph]:
    """The same for text that may have any number of lines.

    What is left of a paragraph at the end of a page is broken into lines anew, so no paragraph is long.
    """
    lines = text.split("\n")
    parts = ("\n".join(lines[first : first + _LINES]) for first in range(0, len(lines), _LINES))
    return [paragraph(part, size, role, bold=bold, align=align) for part in parts]
