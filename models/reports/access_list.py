"""Who had access in which role from when to when, and what each was trained in (ICH E6(R3) 4.3.8, 21 CFR 11.10(i))."""

from collections.abc import Sequence
from typing import BinaryIO

from reportlab.platypus import Flowable, Spacer, Table

from models.domain.codelists import ROLE
from models.domain.date_notation import write_moment
from models.domain.notation import Desk
from models.domain.printing import Printing
from models.queries.accounts import Tenure
from models.records.people import Training
from models.reports.desk_words import day_words
from models.reports.list_paper import write_list
from models.reports.tables import Cell, Column, heading, signatures, table, words


def access_list(tenures: Sequence[Tenure], trainings: Sequence[Training], out: BinaryIO, printing: Printing) -> int:
    """Write the list as PDF; returns its pages."""
    desk = printing.desk
    names = {tenure.login: tenure.name for tenure in tenures}
    story: list[Flowable] = [
        *heading("Who could sign in, and when"),
        _access(tenures, desk),
        *heading("Training"),
        _training(trainings, names, desk) if trainings else words("No training has been entered.", "muted"),
        Spacer(0, 26),
        signatures(("Investigator, name", "Signature", "On")),
    ]
    return write_list(out, printing, story, title="Access and training", subject="Who had access to a study")


def _access(tenures: Sequence[Tenure], desk: Desk) -> Table:
    columns = [
        Column("Name", 100, grows=2),
        Column("User name", 80, grows=1),
        Column("Role", 70, grows=1),
        Column("From", 126),
        Column("To", 126),
    ]
    return table(columns, [_tenure(tenure, desk) for tenure in tenures])


def _tenure(tenure: Tenure, desk: Desk) -> list[Cell | str]:
    until = write_moment(tenure.until, desk) if tenure.until else Cell("has access", "good")
    return [
        Cell(tenure.name, bold=True),
        tenure.login,
        ROLE.label(tenure.role),
        write_moment(tenure.since, desk),
        until,
    ]


def _training(trainings: Sequence[Training], names: dict[str, str], desk: Desk) -> Table:
    columns = [
        Column("Name", 120, grows=1),
        Column("Subject", 150, grows=2),
        Column("Given on", 70),
        Column("Remark", 90),
    ]
    rows: list[list[Cell | str]] = [
        [names.get(t.login, t.login), t.subject, day_words(t.given, desk), t.comment or ""] for t in trainings
    ]
    return table(columns, rows)
