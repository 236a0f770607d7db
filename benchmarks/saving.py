"""Saving one MRD result, against one plain durable SQLite transaction that writes the same row into the same tables."""

import itertools
import shutil
import sqlite3
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Figure, paired, ratio
from benchmarks.studies import CLOCK
from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.study import Edit, Study

ROUNDS = 100


def figure(study_file: Path) -> Figure:
    """Results of ever new days, for one patient after the other, in two copies of a study."""
    # Beside the study itself, because folders for temporary files may lie in memory, where durable costs nothing.
    with TemporaryDirectory(dir=study_file.parent) as folder:
        ours, plain = Path(folder, "ours.albatrack"), Path(folder, "plain.db")
        shutil.copy2(study_file, ours)
        shutil.copy2(study_file, plain)
        with Study.open(ours, clock=CLOCK) as study:
            return _measured(study, plain)


def _measured(study: Study, plain_file: Path) -> Figure:
    patients = itertools.cycle(study.enrolled())
    days = itertools.count()
    by = Context("Benchmark", "A result of a day long past, for the measurement")

    def ours() -> None:
        number = next(days)
        values = {
            "visit": "FU3",
            "collected": PartialDate(2012 + number // 336 % 10, 1 + number // 28 % 12, 1 + number % 28),
            "specimen": "BONE MARROW",
            "transcript": "p190",
            "target_copies": Quantity(Decimal(9), "copies", "", "9"),
            "control_copies": Quantity(Decimal(43800), "copies", "", "43800"),
        }
        study.save(next(patients), [Edit("mrd", values)], by)

    ours()
    columns, row = _last_row(study.path)
    plain = sqlite3.connect(plain_file, isolation_level=None)
    for pragma in ("journal_mode=DELETE", "synchronous=FULL"):
        plain.execute(f"PRAGMA {pragma}")
    insert = f"INSERT INTO mrd ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"

    def other() -> None:
        plain.execute("BEGIN IMMEDIATE")
        plain.execute(insert, row)
        plain.execute("COMMIT")

    try:
        return ratio("saving", *paired(ours, other, ROUNDS))
    finally:
        plain.close()


def _last_row(study_file: Path) -> tuple[list[str], tuple[object, ...]]:
    """The columns and values of the result entered last, without its id."""
    connection = sqlite3.connect(study_file)
    found = connection.execute("SELECT * FROM mrd ORDER BY id DESC LIMIT 1")
    columns = [f'"{column[0]}"' for column in found.description]
    row = found.fetchone()
    connection.close()
    return columns[1:], row[1:]
