"""A list on paper: its title above it, study and site below that, and who printed it at the foot."""

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from reportlab.platypus import Flowable, Spacer

from models.domain.printing import Printing
from models.reports.page import Bookmark, Sheet, marked, printed_line, write_pdf
from models.reports.text import paragraph


def write_list(
    out: Path | BinaryIO,
    printing: Printing,
    story: Iterable[Flowable],
    *,
    title: str,
    subject: str,
    below: str = "",
    marking: str = "",
) -> int:
    """Write a list as PDF; returns its pages.

    `below` goes on after study and site under the title; `marking` stands at the head and the foot of every page.

    Raises:
        TrialError: the file cannot be written.
    """
    begins = [
        Bookmark(title),
        paragraph(title, 13.5, bold=True),
        Spacer(0, 3),
        paragraph(f"{printing.study_and_site}{below}", 8.8, "muted"),
    ]
    sheet = Sheet(
        title=title,
        subject=subject,
        running_head=f"{title}, {printing.study_and_site}",
        printing=printing,
        printed=printed_line(printing),
        marking=marked(printing, *((marking,) if marking else ())),
    )
    return write_pdf(out, sheet, [*begins, *story])
