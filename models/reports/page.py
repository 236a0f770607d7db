"""The page itself: frame, head and foot, page x of y, bookmarks, title, language; the same bytes for the same input."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any, BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageTemplate

from models.domain.date_notation import write_moment
from models.domain.palette import PAPER
from models.domain.printing import Printing
from models.domain.whole_files import write_whole
from models.reports.text import BOLD, REGULAR, load_fonts, plain, width

LEFT = RIGHT = 36.0
_TOP, _BOTTOM = 34.0, 46.0
_RUNNING_HEAD = 16.0
WIDTH: float = A4[0] - LEFT - RIGHT
"""The width of the text, in points."""
HEIGHT: float = A4[1] - _TOP - _BOTTOM
"""The height of the text of the first page, in points."""
LATER_HEIGHT: float = HEIGHT - _RUNNING_HEAD
"""The height of the text of every other page, in points."""
_HEAD_ROOM = 62.0
"""Points that must be left for a heading and what stands under it, else it moves to the next page."""
_ROUNDING = 0.5  # points kept free, since ReportLab adds heights up in another order than we do
_BREAK = 30.0  # points that a page break leaves empty at most times: rows and headings are kept whole
_FIRST_PAGE = HEIGHT - _ROUNDING
_LATER_PAGE = LATER_HEIGHT - _BREAK
LANGUAGE = "en-GB"
"""Of the words on every paper, for whoever has it read aloud."""
SYNTHETIC = "SYNTHETIC PATIENTS \N{MIDDLE DOT} made up for demonstration, not real persons"
"""The marking of every paper about made-up patients."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on every page besides its text.

    `subject` says what kind of paper it is and names nobody: file lists show it. `running_head` names the paper from
    page 2 on. `printed` is the line of who printed when: see `printed_line`. `marking` is set where a reader must not
    take the paper for a real patient's.
    """

    title: str
    subject: str
    running_head: str
    printing: Printing
    printed: str
    marking: str


def printed_line(printing: Printing, *more: str, done: str = "Printed") -> str:
    """Who printed (or did what `done` says) when, what else the foot needs, and where the audit trail ended then."""
    by = f" by {printing.printed_by}" if printing.printed_by else ""
    when = f"{done} {write_moment(printing.now, printing.desk)}{by}"
    trail = f"audit trail {printing.trail}" if printing.trail else ""
    return " \N{MIDDLE DOT} ".join(part for part in (when, *more, trail, f"AlbaTrack {printing.version}") if part)


def marked(printing: Printing, *more: str) -> str:
    """What stands at the head and the foot of a page so that nobody takes the paper for another."""
    return " \N{MIDDLE DOT} ".join((*((SYNTHETIC,) if printing.synthetic else ()), *more))


def dated(made: datetime) -> Callable[..., str]:
    """What a canvas of ReportLab, which else takes the hour of the computer or none, writes as the date of its file."""
    offset = f"{made:%z}" or "+0000"
    written = f"D:{made:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"
    return lambda *_: written


def height_of(story: Iterable[Flowable]) -> float:
    """How high the flowables stand one below the other, in points."""
    return sum(float(item.wrap(WIDTH, HEIGHT)[1] + item.getSpaceBefore() + item.getSpaceAfter()) for item in story)


def pages_for(height: float) -> int:
    """How many pages a story of this height takes: exact for one page, else with an allowance for page breaks."""
    return 1 + max(0, ceil((height - _FIRST_PAGE) / _LATER_PAGE))


def room_of(pages: int) -> float:
    """How high a story may be to take no more pages than these."""
    return _FIRST_PAGE + (pages - 1) * _LATER_PAGE


def write_pdf(out: Path | BinaryIO, sheet: Sheet, story: Iterable[Flowable]) -> int:
    """Lay the story out on A4 pages and write the PDF; a file is there whole or not at all. Returns how many pages."""
    load_fonts()
    buffer = BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=A4,
        title=plain(sheet.title),
        subject=plain(sheet.subject),
        author="AlbaTrack",
        creator=f"AlbaTrack {sheet.printing.version}",
        producer=f"AlbaTrack {sheet.printing.version}",
        lang=LANGUAGE,
        invariant=1,
        displayDocTitle=1,
        initialFontName=REGULAR,
    )
    plain_frame = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
    first = Frame(LEFT, _BOTTOM, WIDTH, HEIGHT, **plain_frame)
    later = Frame(LEFT, _BOTTOM, WIDTH, LATER_HEIGHT, **plain_frame)
    document.addPageTemplates(
        [PageTemplate("first", [first], autoNextPageTemplate="later"), PageTemplate("later", [later])]
    )
    document.build(_with_room(list(story)), canvasmaker=_numbered(sheet))
    if isinstance(out, Path):
        write_whole(out, buffer.getvalue())
    else:
        out.write(buffer.getvalue())
    return int(document.page)


def _with_room(story: list[Flowable]) -> list[Flowable]:
    """The same, each heading knowing how much has to stand under it: a table begins with its head and a whole row."""
    for place, item in enumerate(story):
        if isinstance(item, HeadRoom):
            begins = next((n for n in range(place + 1, len(story)) if hasattr(story[n], "beginning")), None)
            ends = next((n for n in range(place + 1, len(story)) if isinstance(story[n], HeadRoom)), len(story))
            if begins is not None and begins < ends:
                item.height = max(item.height, height_of(story[place + 1 : begins]) + story[begins].beginning())
    return story


def _numbered(sheet: Sheet) -> Callable[..., Canvas]:
    """A canvas that holds its pages back until their number is known."""

    class NumberedCanvas(Canvas):  # type: ignore[misc]
        def __init__(self, *args: Any, **facts: Any) -> None:
            super().__init__(*args, **facts)
            self.setDateFormatter(dated(sheet.printing.now))
            self._held: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self._held.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._held, start=1):
                self.__dict__.update(page)
                _draw_margins(self, sheet, number, len(self._held))
                super().showPage()
            super().save()

    return NumberedCanvas


def _draw_margins(canvas: Canvas, sheet: Sheet, number: int, pages: int) -> None:
    right = A4[0] - RIGHT
    canvas.saveState()
    canvas.setFillColor(HexColor(PAPER["muted"]))
    canvas.setStrokeColor(HexColor(PAPER["border"]))
    canvas.setLineWidth(0.6)
    canvas.line(LEFT, 34, right, 34)
    page = f"Page {number} of {pages}"
    canvas.setFont(REGULAR, 7)
    canvas.drawRightString(right, 24, page)
    _draw_fitting(canvas, plain(sheet.printed), LEFT, 24, WIDTH - width(page, 7) - 10, 7)
    if number > 1:
        _draw_fitting(canvas, plain(sheet.running_head), LEFT, A4[1] - _TOP + 2, WIDTH, 7.5)
        canvas.line(LEFT, A4[1] - _TOP - 4, right, A4[1] - _TOP - 4)
    if sheet.marking:
        canvas.setFillColor(HexColor(PAPER["urgent"]))
        canvas.setFont(BOLD, 7)
        canvas.drawCentredString(A4[0] / 2, 13, sheet.marking)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 20, sheet.marking)
    canvas.restoreState()


def _draw_fitting(canvas: Canvas, text: str, x: float, y: float, room: float, size: float) -> None:
    """One line, in smaller letters where it would not fit: a name of any length stays whole."""
    canvas.setFont(REGULAR, min(size, size * room / max(width(text, size), 1.0)))
    canvas.drawString(x, y, text)


class HeadRoom(CondPageBreak):  # type: ignore[misc]
    """Stands above a heading: moves it to the next page where nothing of what it heads would stand under it."""

    def __init__(self) -> None:
        """Ask for the least room; `write_pdf` asks for what it turns out to need."""
        super().__init__(_HEAD_ROOM)


class Bookmark(Flowable):  # type: ignore[misc]
    """A place in the outline that a PDF reader shows; takes no room."""

    def __init__(self, title: str, level: int = 0) -> None:
        """Name the place."""
        super().__init__()
        self.width = self.height = 0
        self._title, self._level = title, level

    def draw(self) -> None:
        """Enter the place into the outline."""
        key = f"{self._level}-{self._title}-{self.canv.getPageNumber()}"
        self.canv.bookmarkHorizontal(key, 0, 12)
        self.canv.addOutlineEntry(plain(self._title), key, self._level, closed=False)
