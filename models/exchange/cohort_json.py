"""The cohort as plain data, for `cohort --json`: every table with its methods, and the curves step by step."""

from decimal import Decimal
from typing import Any

from models.cohort.cohort import Cohort
from models.cohort.collector import collector_held
from models.cohort.survival import Estimate
from models.cohort.table import Cell, Column, Table, Value
from models.cohort.tables import tables
from models.domain.partial_dates import PartialDate
from models.records.review import DataCut
from models.statistics.incidence import IncidenceCurve

FORMAT = 1
"""The version of this form."""
ROW_DEPTH = 4
"""How deep the rows of a table lie, and the columns of a curve: indented down to these, the text can still be read."""


def cohort_json(cohort: Cohort, *, site: str, synthetic: bool, cut: DataCut | None = None) -> dict[str, Any]:
    """Everything the cohort counts. Shares are fractions of 1, times months, dates ISO; None where there is no value.

    `site` and `synthetic` name the study and say whether its patients are made up. `cut` is the data cut as whose
    records stood they were counted, None for the records as they stand now; `until` is the last day that counts.
    `tables` holds the tables of the window and the report, cell by cell; `curves` the steps of every endpoint by group;
    `monitoring` where each stopping rule stands, in a sentence.
    """
    protocol = cohort.protocol
    with collector_held():
        found_tables = {table.code: _table(table) for table in tables(cohort)}
    return {
        "format": FORMAT,
        "study": {"site": site, "synthetic": synthetic},
        "protocol": {"id": protocol.id, "version": protocol.version, "acronym": protocol.acronym},
        "data_cut": _cut(cut) if cut else None,
        "until": cohort.until.isoformat(),
        "by": cohort.by.code if cohort.by else None,
        "groups": {group.name: len(group.members) for group in cohort.groups},
        "screened": len(cohort.members),
        "enrolled": len(cohort.enrolled),
        "tables": found_tables,
        "curves": {
            code: {one.group: _curve(one) for one in (found.everybody, *found.groups)}
            for code, found in cohort.endpoints.items()
        },
        "monitoring": {watch.rule.code: watch.state for watch in cohort.monitoring},
    }


def _cut(cut: DataCut) -> dict[str, Any]:
    """The cut by its name, its day, and the row of the audit trail up to which the records count."""
    return {"name": cut.name, "cut_off": cut.cut_off.iso, "audit_position": cut.as_of}


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "methods": [method._asdict() for method in table.methods],
        "columns": [{"code": c.code, "label": c.label, "form": c.form.value} for c in table.columns],
        "rows": {
            row.key: {column.code: _cell(cell, column) for column, cell in zip(table.columns, row.cells, strict=True)}
            for row in table.rows
        },
    }


def _cell(cell: Cell, column: Column) -> Any:  # noqa: ANN401 - a value as JSON has it
    if not column.limits:
        return plain(cell.values[0])
    return dict(zip(("estimate", "lower", "upper"), map(plain, cell.values), strict=True))


def plain(value: Value) -> str | int | float | None:
    """A value as JSON has it: an exact decimal as the number it shows, a date as its ISO text."""
    if isinstance(value, PartialDate):
        return value.iso
    return float(value) if isinstance(value, Decimal) else value


def _curve(one: Estimate) -> dict[str, Any]:
    """The steps column by column, as they are drawn."""
    if one.survival is not None:
        names = ("time", "at_risk", "events", "censored", "survival", "std_err", "lower", "upper")
        return dict(zip(names, one.survival.columns, strict=True))
    assert one.incidence is not None
    assert one.competing is not None
    return {"event": _incidence(one.incidence), "competing": _incidence(one.competing)}


def _incidence(curve: IncidenceCurve) -> dict[str, Any]:
    names = ("time", "at_risk", "events", "incidence", "std_err", "lower", "upper")
    return dict(zip(names, curve.columns, strict=True))
