"""The list of the day on paper: what the Today page shows, section by section, to tick off."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from reportlab.platypus import Flowable, Spacer

from models.domain.notation import Desk
from models.queries.worklist import Section, Urgency, WorkItem
from models.reports.desk_words import day_words
from models.reports.page import Bookmark, Sheet, printed_line, write_pdf
from models.reports.tables import Cell, Column, heading, table, words
from models.reports.text import paragraph

_URGENCY_ROLES = {Urgency.NOW: "urgent", Urgency.SOON: "due", Urgency.LATER: "text"}


def worklist(
    sections: Sequence[Section],
    out: Path | BinaryIO,
    *,
    title: str,
    printed_by: str,
    now: datetime,
    desk: Desk,
    version: str,
    trail: str = "",
    synthetic: bool = False,
) -> int:
    """Write the list as PDF; `title` names study and site, `trail` where the audit trail ends. Returns its pages.

    Raises:
        TrialError: the file cannot be written.
    """
    day = day_words(now.date(), desk)
    story: list[Flowable] = [
        Bookmark(f"List of {day}"),
        paragraph(f"Today, {day}", 13.5, bold=True),
        Spacer(0, 3),
        paragraph(title, 8.8, "muted"),
    ]
    for section in sections:
        story += heading(f"{section.title} ({len(section.items)})")
        if section.subtitle:
            story += [words(section.subtitle, "muted"), Spacer(0, 2)]
        story.append(_rows(section.items) if section.items else words("Nothing.", "muted"))
    sheet = Sheet(
        title=f"List of {day}",
        subject="What is due on a day",
        running_head=f"{title}, {day}",
        printed=printed_line(now, printed_by, desk, f"AlbaTrack {version}", trail=trail),
        marking="SYNTHETIC PATIENTS \N{MIDDLE DOT} made up for demonstration, not real persons" if synthetic else "",
        version=version,
    )
    return write_pdf(out, sheet, story)


def _rows(items: Sequence[WorkItem]) -> Flowable:
    columns = [
        Column("Patient", 60),
        Column("What", 120, grows=2),
        Column("Detail", 120, grows=2),
        Column("State", 70, grows=1),
        Column("Done", 32),
    ]
    rows: list[list[Cell | str]] = [
        [
            Cell(item.label, bold=True),
            item.text,
            item.detail,
            Cell(item.badge, _URGENCY_ROLES[item.urgency]),
            "\N{WHITE SQUARE}",
        ]
        for item in items
    ]
    return table(columns, rows)
