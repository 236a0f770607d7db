"""Tables and curves of the cohort as CSV files: the data behind each table and chart, with full precision.

The last columns say on every line of which study, and of which state of its records, the file tells.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from models.cohort.cohort import Cohort
from models.cohort.survival import EndpointEstimates, Estimate
from models.cohort.table import Cell, Column, Table
from models.cohort.tables import tables
from models.exchange.cohort_json import plain
from models.exchange.csv_file import write_rows

LIMITS = ("lower", "upper")
CURVE_COLUMNS = ("group", "curve", "months", "at_risk", "events", "estimate", "std_err", "lower", "upper")


class Origin(NamedTuple):
    """Of what a file tells, column by column: the same as `cohort --json` says once at its head.

    `protocol` is the id of the protocol file, `synthetic` whether the patients are made up, `data_cut` the name of the
    cut that was counted (empty where the records were counted as they stand), `until` the last day that counts. A table
    of changes has one column more, `since`: the cut that these were held against.
    """

    protocol: str
    site: str
    synthetic: bool
    data_cut: str
    until: date
    since: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self._fields if self.since else self._fields[:-1]

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of every line, below `columns`."""
        told = (self.protocol, self.site, "yes" if self.synthetic else "no", self.data_cut, self.until.isoformat())
        return (*told, self.since) if self.since else told


def write_table(path: Path, table: Table, origin: Origin) -> int:
    """Write one table; gives the number of lines. An estimate with limits takes three columns.

    Shares are fractions of 1, times months, dates ISO, a decimal point throughout; no value is an empty cell.

    Raises:
        TrialError: the file cannot be written.
    """
    rows = [(*_cells(row.cells), *origin.cells) for row in table.rows]
    write_rows(path, (*_header(table.columns), *origin.columns), rows)
    return len(rows)


def write_tables(folder: Path, cohort: Cohort, origin: Origin) -> tuple[Path, ...]:
    """Write every table of the cohort, and the curves of every endpoint, into a folder; gives the files.

    Raises:
        TrialError: a file cannot be written.
    """
    written = []
    for table in tables(cohort):
        path = folder / f"{table.code}.csv"
        write_table(path, table, origin)
        written.append(path)
    for code, found in cohort.endpoints.items():
        path = folder / f"curve-{code}.csv"
        write_curves(path, found, origin)
        written.append(path)
    return tuple(written)


def write_curves(path: Path, found: EndpointEstimates, origin: Origin) -> int:
    """Write the steps of an endpoint's curves, group by group; gives the number of lines.

    Raises:
        TrialError: the file cannot be written.
    """
    rows = [(*row, *origin.cells) for one in (found.everybody, *found.groups) for row in _steps(one)]
    write_rows(path, (*CURVE_COLUMNS, *origin.columns), rows)
    return len(rows)


def _header(columns: Sequence[Column]) -> Iterator[str]:
    for column in columns:
        yield column.code
        if column.limits:
            yield from (f"{column.code}_{limit}" for limit in LIMITS)


def _cells(cells: Sequence[Cell]) -> Iterator[str]:
    for cell in cells:
        yield from map(_written, (plain(value) for value in cell.values))


def _steps(one: Estimate) -> Iterator[tuple[str, ...]]:
    if one.survival is not None:
        for step in one.survival.steps:
            numbers = (step.time, step.at_risk, step.events, step.survival, step.std_err, step.lower, step.upper)
            yield (one.group, "survival", *map(_written, numbers))
    for name, curve in (("event", one.incidence), ("competing", one.competing)):
        if curve is not None:
            for reached in curve.steps:
                yield (one.group, name, *map(_written, reached))


def _written(value: str | float | None) -> str:
    return "" if value is None else str(value)
