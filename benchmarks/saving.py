"""Saving one MRD result, encrypted and audited, against one plain durable SQLite transaction of the same bytes."""

import shutil
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy import Engine

from benchmarks.measure import Figure, paired, ratio
from benchmarks.studies import CLOCK, copy_in_clear
from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.persistence.study_folder import open_folder
from models.records.molecular import MrdResult
from models.records.visits import Visit
from models.study import DEMO_PASSWORD, Edit, Study

ROUNDS = 100


class _Row(NamedTuple):
    """A row without its key, which SQLite gives."""

    table: str
    columns: tuple[str, ...]
    values: tuple[object, ...]

    @property
    def insert(self) -> str:
        return f"INSERT INTO {self.table} ({', '.join(self.columns)}) VALUES ({', '.join('?' * len(self.columns))})"


def figure(study_file: Path) -> Figure:
    """Results of visits that have none yet, in a study and in a plain copy of its database."""
    # Beside the study itself, because folders for temporary files may lie in memory, where durable costs nothing.
    with TemporaryDirectory(dir=study_file.parent) as scratch:
        ours, plain = Path(scratch, "ours.albatrack"), Path(scratch, "plain.db")
        shutil.copytree(study_file, ours)
        folder = open_folder(ours, "coordinator", DEMO_PASSWORD, CLOCK)
        try:
            copy_in_clear(folder, plain)
            return _measured(Study(folder, CLOCK), folder.read, plain)
        finally:
            folder.close()


def _measured(study: Study, read: Engine, plain_file: Path) -> Figure:
    samples = iter(tuple(_samples(study)))
    by = Context("Benchmark")  # without a reason, so that a doubt would be refused

    def ours() -> None:
        patient, visit, day, transcript = next(samples)
        values = {
            "visit": visit,
            "collected": day,
            "specimen": "BONE MARROW",
            "transcript": transcript,
            "target_copies": Quantity(Decimal(9), "copies", "", "9"),
            "control_copies": Quantity(Decimal(43800), "copies", "", "43800"),
        }
        study.save(patient, [Edit("mrd", values)], by)

    ours()
    rows = (_last_row(read, "mrd", "id"), _last_row(read, "audit", "seq"))
    plain = sqlite3.connect(plain_file, isolation_level=None)
    for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        plain.execute(f'DROP TRIGGER "{name}"')  # they keep the trail: its row is written here as any other
    for pragma in ("journal_mode=DELETE", "synchronous=EXTRA"):
        plain.execute(f"PRAGMA {pragma}")

    def other() -> None:
        plain.execute("BEGIN IMMEDIATE")
        for row in rows:
            plain.execute(row.insert, row.values)
        plain.execute("COMMIT")

    try:
        return ratio("saving", *paired(ours, other, ROUNDS))
    finally:
        plain.close()


def _samples(study: Study) -> Iterator[tuple[int, str, PartialDate, str]]:
    """Patients with visits that took place and have no result of their day yet, and the transcript measured in them.

    Nothing is to be asked about such a result, so none of these is saved with a question beside it.
    """
    for chart in study.charts():
        results = chart.of(MrdResult)
        sampled = {result.collected for result in results}
        for visit in chart.of(Visit) if results else ():
            if visit.date and visit.date.full and visit.date not in sampled:
                yield chart.patient.id, visit.code, visit.date, results[0].transcript


def _last_row(read: Engine, table: str, key: str) -> _Row:
    """What was written last into a table."""
    with read.begin() as connection:
        found = connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY {key} DESC LIMIT 1").one()
        kept = {f'"{name}"': value for name, value in found._mapping.items() if name != key}  # noqa: SLF001
    return _Row(table, tuple(kept), tuple(kept.values()))
