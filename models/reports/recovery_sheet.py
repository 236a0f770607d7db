"""The sheet with the recovery key of a study: one page for the safe."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Spacer, Table

from models.domain.date_notation import write_moment
from models.domain.palette import PAPER
from models.domain.printing import Printing
from models.domain.whole_files import write_whole
from models.reports.page import WIDTH, Bookmark, Sheet, marked, printed_line, write_pdf
from models.reports.tables import EMPTY_CELLS, heading, signatures
from models.reports.text import paragraph

_COLUMNS = 3
_TEXT = 9.5
_FRAME = (
    ("BOX", (0, 0), (-1, -1), 1, HexColor(PAPER["border_strong"])),
    ("TOPPADDING", (0, 0), (-1, -1), 8),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 12),
    *EMPTY_CELLS,
)
_FOR = (
    "It opens the study, with the patients’ names, when nobody who has an account can: all passwords are forgotten, or "
    "the only administrator is gone. At the sign-in choose the recovery key and type it group by group.",
    "Capital and small letters, spaces and hyphens make no difference. There is no letter I, L, O or U in it: "
    "what looks like one is a 1 or a 0, or a V. The last group checks the others for typing errors.",
)
_KEEP = (
    "Put this sheet into a sealed envelope, and the envelope into the safe or the locked archive of the site. Write on "
    "the envelope who may open it.",
    "Never keep it beside the computer or with a backup: whoever has the sheet and the files reads everything. Do not "
    "photograph, scan or mail it, and do not keep the file that it was printed from.",
    "Where this sheet takes the place of a former one: the former one opens the study until the new key is taken into "
    "use in the program, and not this one. Keep it until then, and destroy it afterwards.",
    "If the sheet is lost or somebody has seen it, have a new key made, and destroy this sheet if it is found. "
    "The study no longer opens with it, but copies and backups made before still do.",
)
_PAPERS = (
    "It is not on this sheet: whoever manages accounts sees no patient. It opens the PDF file that is made every day "
    "for the day on which the computer is dead. A coordinator or an investigator has it shown on the page Backups, "
    "writes it down, and puts it into an envelope of its own, apart from the computer and from the file.",
)


def recovery_sheet(out: Path | BinaryIO, printing: Printing, *, recovery_key: str, folder: str) -> None:
    """Write the sheet as PDF. It holds the key in clear: a file is made readable by its owner only.

    Args:
        out: the place, or an open file.
        printing: what the page says besides.
        recovery_key: its groups, with hyphens between them.
        folder: the name of the study's folder, which tells one study's files from another's.

    Raises:
        TrialError: the file cannot be written.
    """
    title = "Recovery key"
    story: list[Flowable] = [
        Bookmark(title),
        paragraph(title, 22, bold=True),
        Spacer(0, 6),
        paragraph(printing.study_and_site, 11),
        Spacer(0, 2),
        paragraph(f"Opens the folder {folder}", _TEXT, "muted"),
        paragraph(f"Made {write_moment(printing.now, printing.desk)} for {printing.printed_by}", _TEXT, "muted"),
        Spacer(0, 16),
        _numbered(recovery_key.split("-")),
        *_section("What it is for", _FOR),
        *_section("Where to keep it", _KEEP),
        *_section("Password of the fallback papers", _PAPERS),
    ]
    story += [Spacer(0, 18), signatures(("Put away by, on", "Where", "Sealed in the presence of"))]
    sheet = Sheet(
        title=title,
        subject="The recovery key of a study",
        running_head=title,
        printing=printing,
        printed=printed_line(printing),
        marking=marked(printing),
    )
    paper = BytesIO()
    write_pdf(paper, sheet, story)
    if isinstance(out, Path):
        write_whole(out, paper.getvalue())
    else:
        out.write(paper.getvalue())


def _section(title: str, lines: Sequence[str]) -> list[Flowable]:
    story = heading(title)
    for line in lines:
        story += [paragraph(line, _TEXT), Spacer(0, 4)]
    return story


def _numbered(groups: Sequence[str]) -> Table:
    """The groups in large letters, in lines of three, numbered so that none is left out."""
    cells: list[list[object]] = []
    for start in range(0, len(groups), _COLUMNS):
        line: list[object] = []
        for number, group in enumerate(groups[start : start + _COLUMNS], start + 1):
            line += [paragraph(str(number), 8, "muted", align="right"), paragraph(group, 26, bold=True)]
        cells.append(line + [""] * (2 * _COLUMNS - len(line)))
    number_width = 26.0
    made = Table(cells, colWidths=[number_width, WIDTH / _COLUMNS - number_width] * _COLUMNS, hAlign="LEFT")
    made.setStyle([*_FRAME, ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    return made
