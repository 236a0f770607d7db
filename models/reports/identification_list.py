"""The subject identification list: who the subjects are, on a paper that stays at the site (ICH E6(R3), Appendix C)."""

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.platypus import Spacer, Table

from models.domain.notation import Desk
from models.domain.palette import PAPER
from models.domain.printing import Printing
from models.records.patient import Identity, Patient
from models.reports.changed_values import NOTE, Changed, Marks
from models.reports.desk_words import day_words
from models.reports.list_paper import write_list
from models.reports.page import WIDTH
from models.reports.tables import EMPTY_CELLS, Cell, Column, table, words
from models.reports.text import paragraph

_CONFIDENTIAL = (
    "Confidential. This list tells who the subjects are. It stays at the site with the investigator, apart from every "
    "other paper of the study. No copy goes to the sponsor or into any data that leave the site."
)
_NONE = "\N{EN DASH}"


def identification_list(
    patients: Sequence[Patient],
    identities: Sequence[Identity],
    out: BinaryIO,
    printing: Printing,
    changed: Changed = frozenset(),
) -> int:
    """Write the list as PDF, one line for each person who was ever screened. Returns its pages.

    Args:
        patients: in the order of the list.
        identities: of these patients; one without says so in its line.
        out: an open file.
        printing: what the page says besides.
        changed: the fields of these people that once held another value; they are marked.
    """
    known = {identity.patient: identity for identity in identities}
    marks = Marks(changed)
    rows = _rows(patients, known, printing.desk, marks)
    note = [Spacer(0, 6), words(NOTE, "muted")] if marks.made else []
    return write_list(
        out,
        printing,
        [Spacer(0, 8), _warning(), Spacer(0, 10), rows, *note],
        title="Subject identification list",
        subject="Who the subjects are",
        below=f", {len(patients)} {'person' if len(patients) == 1 else 'persons'}",
        marking="CONFIDENTIAL \N{MIDDLE DOT} names of subjects, stays at the site",
    )


def _warning() -> Table:
    made = Table([[paragraph(_CONFIDENTIAL, 9, "urgent", bold=True)]], colWidths=[WIDTH], hAlign="LEFT")
    made.setStyle(
        [
            ("BOX", (0, 0), (-1, -1), 1.2, HexColor(PAPER["urgent"])),
            *((f"{side}PADDING", (0, 0), (-1, -1), 8) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
            *EMPTY_CELLS,
        ]
    )
    return made


def _rows(patients: Sequence[Patient], known: Mapping[int, Identity], desk: Desk, marks: Marks) -> Table:
    columns = [
        Column("Subject", 52),
        Column("Screening", 56),
        Column("Name", 130, grows=2),
        Column("Born", 62),
        Column("Hospital number", 80, grows=1),
        Column("Enrolled", 62),
    ]
    rows = [_row(patient, known.get(patient.id), desk, marks) for patient in patients]
    return table(columns, rows)


def _row(patient: Patient, identity: Identity | None, desk: Desk, marks: Marks) -> list[Cell | str]:
    failed = bool(patient.screen_failure)
    enrolled = "screen failure" if failed else day_words(patient.enrolled, desk)
    state = marks(enrolled, patient, "screen_failure" if failed else "enrolled")
    start: list[Cell | str] = [
        Cell(marks(patient.subject_number or _NONE, patient, "subject_number"), bold=True),
        marks(patient.screening_number, patient, "screening_number"),
    ]
    if identity is None:
        return [*start, Cell("identity not entered", "muted"), _NONE, _NONE, state]
    name = ", ".join(part for part in (identity.family_name, identity.given_name) if part)
    return [
        *start,
        marks(name or _NONE, identity, "family_name", "given_name"),
        marks(day_words(identity.birth_date, desk), identity, "birth_date"),
        marks(identity.hospital_number or _NONE, identity, "hospital_number"),
        state,
    ]
