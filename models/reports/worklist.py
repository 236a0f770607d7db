"""The list of the day on paper: what the Today page shows, section by section, to tick off."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from reportlab.platypus import Flowable, Spacer

from models.domain.printing import Printing
from models.queries.work_items import Urgency, WorkItem
from models.queries.worklist import Section
from models.reports.desk_words import day_words
from models.reports.list_paper import write_list
from models.reports.tables import Cell, Column, heading, table, words

_URGENCY_ROLES = {Urgency.NOW: "urgent", Urgency.SOON: "due", Urgency.LATER: "text"}


def worklist(sections: Sequence[Section], out: Path | BinaryIO, printing: Printing) -> int:
    """Write the list as PDF; returns its pages.

    Raises:
        TrialError: the file cannot be written.
    """
    story: list[Flowable] = []
    for section in sections:
        story += heading(f"{section.title} ({len(section.items)})")
        if section.subtitle:
            story += [words(section.subtitle, "muted"), Spacer(0, 2)]
        story.append(_rows(section.items) if section.items else words("Nothing.", "muted"))
    title = f"List of {day_words(printing.now.date(), printing.desk)}"
    return write_list(out, printing, story, title=title, subject="What is due on a day")


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
