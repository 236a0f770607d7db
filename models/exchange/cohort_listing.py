"""Tables and curves of the cohort as listings: the data behind each table and chart, with full precision.

The last columns say on every line of which study, and of which state of its records, the file tells.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from models.cohort.survival import EndpointEstimates, Estimate
from models.cohort.table import Cell, Column, Table
from models.exchange.cohort_json import plain
from models.exchange.listing import Listing
from models.exchange.workbook_file import Value

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

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """The same in words, for the head of a workbook; study and site stand there already."""
        cut = self.data_cut or "none: the records as they stand"
        told = (("Protocol", self.protocol), ("Data cut", cut), ("Last day that counts", self.until.isoformat()))
        return (*told, ("Compared with the cut", self.since)) if self.since else told


def table_listing(table: Table, origin: Origin) -> Listing:
    """A table with a line a row. An estimate with limits takes three columns.

    Shares are fractions of 1, times months, dates ISO, a decimal point throughout; no value is an empty cell.
    """
    rows = [(*_cells(row.cells), *origin.cells) for row in table.rows]
    return Listing(table.title, (*_header(table.columns), *origin.columns), rows, origin.facts)


def curve_listing(title: str, found: EndpointEstimates, origin: Origin) -> Listing:
    """The steps of an endpoint's curves, group by group."""
    rows = [(*row, *origin.cells) for one in (found.everybody, *found.groups) for row in _steps(one)]
    return Listing(title, (*CURVE_COLUMNS, *origin.columns), rows, origin.facts)


def _header(columns: Sequence[Column]) -> Iterator[str]:
    for column in columns:
        yield column.code
        if column.limits:
            yield from (f"{column.code}_{limit}" for limit in LIMITS)


def _cells(cells: Sequence[Cell]) -> Iterator[Value]:
    for cell in cells:
        yield from map(plain, cell.values)


def _steps(one: Estimate) -> Iterator[tuple[Value, ...]]:
    if one.survival is not None:
        for step in one.survival.steps:
            numbers = (step.time, step.at_risk, step.events, step.survival, step.std_err, step.lower, step.upper)
            yield (one.group, "survival", *numbers)
    for name, curve in (("event", one.incidence), ("competing", one.competing)):
        if curve is not None:
            for reached in curve.steps:
                yield (one.group, name, *reached)
