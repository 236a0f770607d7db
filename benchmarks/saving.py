"""Saving one MRD result, against one plain durable SQLite transaction that writes the same bytes."""

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

ROUNDS = 60


def figure(study_file: Path) -> Figure:
    """Results of ever new days, for one patient after the other, in a copy of the study."""
    # Beside the study itself, because folders for temporary files may lie in memory, where durable costs nothing.
    with TemporaryDirectory(dir=study_file.parent) as folder:
        copy = Path(folder, "study.albatrack")
        shutil.copy2(study_file, copy)
        with Study.open(copy, clock=CLOCK) as study:
            return _measured(study, Path(folder, "plain.db"))


def _measured(study: Study, plain_file: Path) -> Figure:
    patients = itertools.cycle(study.enrolled())
    days = itertools.count()
    by = Context("Benchmark", "A result of a day long past, for the measurement")

    def values() -> dict[str, object]:
        number = next(days)
        return {
            "visit": "FU3",
            "collected": PartialDate(2012 + number // 336 % 10, 1 + number // 28 % 12, 1 + number % 28),
            "specimen": "BONE MARROW",
            "transcript": "p190",
            "target_copies": Quantity(Decimal(9), "copies", "", "9"),
            "control_copies": Quantity(Decimal(43800), "copies", "", "43800"),
        }

    def ours() -> None:
        study.save(next(patients), [Edit("mrd", values())], by)

    plain = sqlite3.connect(plain_file, isolation_level=None)
    for pragma in ("journal_mode=DELETE", "synchronous=FULL"):
        plain.execute(f"PRAGMA {pragma}")
    plain.execute("CREATE TABLE mrd (id INTEGER PRIMARY KEY, row TEXT)")

    def other() -> None:
        plain.execute("BEGIN IMMEDIATE")
        plain.execute("INSERT INTO mrd (row) VALUES (?)", (repr(values()),))
        plain.execute("COMMIT")

    try:
        return ratio("saving", *paired(ours, other, ROUNDS))
    finally:
        plain.close()
