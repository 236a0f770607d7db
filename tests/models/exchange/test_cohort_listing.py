import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.cohort.cohort import Cohort
from models.cohort.grouping import grouping
from models.cohort.tables import tables
from models.domain.notation import Desk
from models.domain.printing import Printing
from models.exchange.cohort_json import plain
from models.exchange.cohort_listing import CURVE_COLUMNS, Origin, curve_listing, table_listing
from models.exchange.listing import Listing, write_listing
from tests import workbooks
from tests.builders import dalba
from tests.models.cohort.people import count, person

ORIGIN = Origin("LAL2116", "042 Example, hospital", synthetic=True, data_cut="Board; October", until=date(2026, 10, 2))

PRINTING = Printing("Study", "042", "C. Rossi", datetime(2026, 10, 2, 9, tzinfo=UTC), Desk.ENGLISH, "1.0", "12-ab")


@pytest.fixture(scope="module")
def counted() -> Cohort:
    people = [person(1).assessed(57).mrd(85, 0).seen(200), person(2, sex="M").assessed(57).mrd(85, 400).relapsed(150)]
    return count(people, grouping("sex", dalba()))


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def told(listing: Listing, folder: Path) -> list[dict[str, str]]:
    """A listing as its file has it."""
    write_listing(folder / "listing.csv", listing, PRINTING)
    return read(folder / "listing.csv")


def test_every_table_is_written_cell_by_cell(counted: Cohort, tmp_path: Path) -> None:
    for table in tables(counted):
        for row, line in zip(table.rows, told(table_listing(table, ORIGIN), tmp_path), strict=True):
            for cell, column in zip(row.cells, table.columns, strict=True):
                names = [column.code, *(f"{column.code}_{limit}" for limit in ("lower", "upper") if column.limits)]
                values = [plain(value) for value in cell.values]
                assert [line[name] for name in names] == ["" if value is None else str(value) for value in values]


def test_every_line_says_of_which_study_and_which_state_of_it_the_file_tells(counted: Cohort, tmp_path: Path) -> None:
    for table in tables(counted):
        for line in told(table_listing(table, ORIGIN), tmp_path):
            assert list(line.items())[-5:] == [
                ("protocol", "LAL2116"),
                ("site", "042 Example, hospital"),
                ("synthetic", "yes"),
                ("data_cut", "Board; October"),
                ("until", "2026-10-02"),
            ]


def test_no_table_has_a_column_of_its_own_by_these_names(counted: Cohort) -> None:
    named = {column.code for table in tables(counted) for column in table.columns}
    assert named.isdisjoint({*ORIGIN._replace(since="Board").columns})


def test_changes_say_since_when(counted: Cohort, tmp_path: Path) -> None:
    table = next(tables(counted))
    line = told(table_listing(table, ORIGIN._replace(since="Board; June", synthetic=False)), tmp_path)[0]
    assert (line["since"], line["synthetic"]) == ("Board; June", "no")


def test_an_estimate_takes_three_columns(counted: Cohort, tmp_path: Path) -> None:
    table = next(table for table in tables(counted) if table.code == "endpoint-DFS")
    line = told(table_listing(table, ORIGIN), tmp_path)[0]
    assert {"median", "median_lower", "median_upper"} <= line.keys()


def test_the_curves_have_a_line_a_step(counted: Cohort, tmp_path: Path) -> None:
    lines = told(curve_listing("Incidence", counted.endpoints["CIR"], ORIGIN), tmp_path)
    assert tuple(lines[0]) == (*CURVE_COLUMNS, *ORIGIN.columns)
    assert {(line["group"], line["curve"]) for line in lines} >= {("all patients", "event"), ("Male", "competing")}
    survival = counted.endpoints["OS"].everybody.survival
    assert survival
    written = told(curve_listing("Survival", counted.endpoints["OS"], ORIGIN), tmp_path)
    everybody = [line for line in written if line["group"] == "all patients"]
    assert [float(line["estimate"]) for line in everybody] == [step.survival for step in survival.steps]


def test_a_workbook_holds_the_cells_of_the_csv_with_its_numbers_as_numbers(counted: Cohort, tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    for table in tables(counted):
        listing = table_listing(table, ORIGIN)
        write_listing(path, listing, PRINTING)
        found = workbooks.lines(path)
        assert [list(line.values()) for line in found] == [
            [
                None if value == "" else pytest.approx(value, rel=1e-15) if isinstance(value, float) else value
                for value in row
            ]
            for row in listing.rows
        ]


def test_the_head_of_a_workbook_says_of_which_study_and_cut_it_tells(counted: Cohort, tmp_path: Path) -> None:
    listing = table_listing(next(tables(counted)), ORIGIN._replace(since="Board; June"))
    write_listing(tmp_path / "table.xlsx", listing, PRINTING)
    head = {line["About"]: line["this file"] for line in workbooks.lines(tmp_path / "table.xlsx", "About")}
    facts = ("Protocol", "Data cut", "Last day that counts", "Compared with the cut")
    assert [head[fact] for fact in facts] == ["LAL2116", "Board; October", "2026-10-02", "Board; June"]
