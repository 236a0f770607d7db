"""The words of the side column that is filled afterwards: what was changed last, line by line. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from gui.pages.patient.tab import tab_of
from models.domain.capitals import within_sentence
from models.domain.date_notation import write_moment
from models.domain.notation import Desk
from models.records import KINDS
from models.study import Urgency, WorkItem
from models.study_types import TrailLine

HISTORY = "history"
"""The tab that shows everything of a patient: where a line leads whose record has no form of its own."""

_WITHDRAWN = "voided"


def change_items(lines: Iterable[TrailLine], today: date, desk: Desk) -> tuple[WorkItem, ...]:
    """Lines of the trail, newest first -> what was saved about patients; what was saved at once is one line.

    It is named by what was entered first, which the rest belongs to: a visit with its pieces, an event with its grade.
    """
    saved = groupby(lines, key=lambda line: (line.at, line.actor, line.patient_id))
    return tuple(_item(tuple(together), today, desk) for (_, _, patient), together in saved if patient)


def _item(together: Sequence[TrailLine], today: date, desk: Desk) -> WorkItem:
    first = together[-1]
    parent = KINDS[first.kind].parent
    gone = _is_withdrawal(first)
    opens = bool(tab_of(first.kind)) and not gone and not parent
    return WorkItem(
        first.patient_id,
        first.patient,
        f"{_named(first.title, parent)} {_done(first)}",
        " · ".join(filter(None, (first.which, _more(len(together) - 1), first.name))),
        _when(first, today, desk),
        Urgency.LATER,
        first.kind if opens else "",
        first.record if opens else 0,
        tab="" if opens else HISTORY,
    )


def _named(title: str, parent: str) -> str:
    """What was saved; of a part whose name does not say it, what it is a part of."""
    whole = KINDS[parent].title if parent else title
    return title if title.split()[0] == whole.split()[0] else f"{whole}: {within_sentence(title)}"


def _done(line: TrailLine) -> str:
    if line.act == "insert":
        return "entered"
    return "withdrawn" if _is_withdrawal(line) else "corrected"


def _is_withdrawal(line: TrailLine) -> bool:
    return any(change.field == _WITHDRAWN for change in line.changes)


def _more(others: int) -> str:
    return f"and {others} more" if others else ""


def _when(line: TrailLine, today: date, desk: Desk) -> str:
    """The time of today, else the day with its time; the desk's own offset goes without saying."""
    if line.at.date() == today:
        return f"{line.at:%H:%M}"
    return write_moment(line.at, desk).rpartition(" ")[0]
