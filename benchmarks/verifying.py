"""Verifying a study whose audit trail has very many rows: as `main.py verify` does it, in one process."""

import json
import shutil
import time
from pathlib import Path

from benchmarks.measure import Figure
from benchmarks.studies import CACHE, CLOCK, opened
from models.domain.context import Context
from models.persistence.layout import DATABASE
from models.persistence.study_folder import open_folder
from models.persistence.unit_of_work import writing
from models.study import DEMO_PASSWORD

_AT_ONCE = 50_000
_CORRECTED = 4
"""One entry in so many is corrected afterwards, for a trail of both kinds of rows."""


def figure(small: Path, rows: int) -> Figure:
    """Look through a study with so many rows, once: all of it is read, so nothing is warm that matters."""
    with opened(_study(small, rows)) as study:
        begun, worked = time.perf_counter(), time.process_time()
        found = study.trail.verify()
        taken, worked = time.perf_counter() - begun, time.process_time() - worked
        size = (study.path / DATABASE).stat().st_size
    if found.problems:
        raise RuntimeError(f"the study that was made for it is not whole: {found.problems[0]}")
    return Figure(
        "verify",
        taken,
        f"{found.rows:,} rows in {size / 1e6:,.0f} MB, {found.rows / taken:,.0f} rows a second, {worked:.1f} s of "
        "processor time",
    )


def _study(small: Path, rows: int) -> Path:
    """A copy of the small study with so many rows in its trail, from the cache if it was made from this one."""
    path, facts = CACHE / f"trail-{rows}.albatrack", CACHE / f"trail-{rows}.json"
    made_from = small.with_suffix(".json").read_text(encoding="utf-8")
    if not path.exists() or not facts.exists() or json.loads(facts.read_text(encoding="utf-8")) != made_from:
        facts.unlink(missing_ok=True)
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(small, path)
        _fill(path, rows)
        facts.write_text(json.dumps(made_from), encoding="utf-8")
    return path


def _fill(path: Path, rows: int) -> None:
    """Enter and correct histories in bulk; the triggers write the trail row by row, as ever."""
    folder = open_folder(path, "coordinator", DEMO_PASSWORD, CLOCK)
    try:
        assert folder.write is not None
        missing = rows
        while missing > 0:
            with writing(folder.write, Context("coordinator", "Bulk, for the measurement"), CLOCK) as unit:
                have = int(unit.connection.exec_driver_sql("SELECT max(seq) FROM audit").scalar_one())
                missing = rows - have
                entered = min(_AT_ONCE, missing * _CORRECTED // (_CORRECTED + 1) + 1)
                unit.connection.exec_driver_sql(
                    "INSERT INTO history (patient_id, term, began, comment, entered_at, entered_by) "
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ?) "
                    "SELECT 1 + i % 50, 'Finding ' || i, '2020-05-' || (10 + i % 18), 'As told', ?, ? FROM n",
                    (max(entered, 0), CLOCK.now().isoformat(), "coordinator"),
                )
                unit.connection.exec_driver_sql(
                    "UPDATE history SET term = term || ' again' WHERE id > (SELECT max(id) FROM history) - ? "
                    f"AND id % {_CORRECTED} = 0",
                    (max(entered, 0),),
                )
                missing -= entered + entered // _CORRECTED
    finally:
        folder.close()
