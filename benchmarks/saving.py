"""Saving one MRD result, against one plain durable SQLite transaction that writes the same bytes."""

import itertools
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from benchmarks.measure import Line, paired, ratio
from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.study import Edit, Study

ROUNDS = 60
LIMIT = 3


def lines(study: Study, folder: Path) -> Iterator[Line]:
    """One line."""
    patients = itertools.cycle([patient.id for patient in study.patients()])
    days = itertools.count()
    by = Context("Benchmark", "The same day twice, for the measurement")

    def values() -> dict[str, object]:
        number = next(days)
        return {
            "visit": "FU3",
            "collected": PartialDate(2000 + number // 336 % 20, 1 + number // 28 % 12, 1 + number % 28),
            "specimen": "BONE MARROW",
            "transcript": "p190",
            "target_copies": Quantity(Decimal(9), "copies", "", "9"),
            "control_copies": Quantity(Decimal(43800), "copies", "", "43800"),
        }

    def ours() -> None:
        study.save(next(patients), [Edit("mrd", values())], by)

    plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
    for pragma in ("journal_mode=DELETE", "synchronous=FULL"):
        plain.execute(f"PRAGMA {pragma}")
    plain.execute("CREATE TABLE mrd (id INTEGER PRIMARY KEY, row TEXT)")

    def other() -> None:
        plain.execute("BEGIN IMMEDIATE")
        plain.execute("INSERT INTO mrd (row) VALUES (?)", (repr(values()),))
        plain.execute("COMMIT")

    mine, theirs = paired(ours, other, ROUNDS)
    plain.close()
    yield ratio("saving an MRD result / a plain durable SQLite transaction", mine, theirs, LIMIT)
