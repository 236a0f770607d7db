import csv
from datetime import date
from pathlib import Path

import pytest

from models.cohort.cohort import Cohort
from models.cohort.grouping import grouping
from models.cohort.tables import tables
from models.domain.errors import TrialError
from models.exchange.cohort_csv import CURVE_COLUMNS, Origin, write_curves, write_table, write_tables
from models.exchange.cohort_json import plain
from tests.builders import dalba
from tests.models.cohort.people import count, person

ORIGIN = Origin("LAL2116", "042 Example, hospital", synthetic=True, data_cut="Board; October", until=date(2026, 10, 2))


@pytest.fixture(scope="module")
def counted() -> Cohort:
    people = [person(1).assessed(57).mrd(85, 0).seen(200), person(2, sex="M").assessed(57).mrd(85, 400).relapsed(150)]
    return count(people, grouping("sex", dalba()))


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_table_is_written_cell_by_cell(counted: Cohort, tmp_path: Path) -> None:
    for table in tables(counted):
        path = tmp_path / "table.csv"
        assert write_table(path, table, ORIGIN) == len(table.rows)
        for row, line in zip(table.rows, read(path), strict=True):
            for cell, column in zip(row.cells, table.columns, strict=True):
                names = [column.code, *(f"{column.code}_{limit}" for limit in ("lower", "upper") if column.limits)]
                values = [plain(value) for value in cell.values]
                assert [line[name] for name in names] == ["" if value is None else str(value) for value in values]


def test_every_line_says_of_which_study_and_which_state_of_it_the_file_tells(counted: Cohort, tmp_path: Path) -> None:
    for path in write_tables(tmp_path, counted, ORIGIN):
        for line in read(path):
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
    write_table(tmp_path / "changes.csv", table, ORIGIN._replace(since="Board; June", synthetic=False))
    line = read(tmp_path / "changes.csv")[0]
    assert (line["since"], line["synthetic"]) == ("Board; June", "no")


def test_an_estimate_takes_three_columns(counted: Cohort, tmp_path: Path) -> None:
    table = next(table for table in tables(counted) if table.code == "endpoint-DFS")
    write_table(tmp_path / "dfs.csv", table, ORIGIN)
    line = read(tmp_path / "dfs.csv")[0]
    assert {"median", "median_lower", "median_upper"} <= line.keys()


def test_the_curves_have_a_line_a_step(counted: Cohort, tmp_path: Path) -> None:
    path = tmp_path / "curve.csv"
    write_curves(path, counted.endpoints["CIR"], ORIGIN)
    lines = read(path)
    assert tuple(lines[0]) == (*CURVE_COLUMNS, *ORIGIN.columns)
    assert {(line["group"], line["curve"]) for line in lines} >= {("all patients", "event"), ("Male", "competing")}
    survival = counted.endpoints["OS"].everybody.survival
    assert survival
    write_curves(path, counted.endpoints["OS"], ORIGIN)
    everybody = [line for line in read(path) if line["group"] == "all patients"]
    assert [float(line["estimate"]) for line in everybody] == [step.survival for step in survival.steps]


def test_a_folder_gets_every_table_and_curve(counted: Cohort, tmp_path: Path) -> None:
    written = write_tables(tmp_path, counted, ORIGIN)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in written)
    assert len(written) == len(list(tables(counted))) + len(counted.endpoints)


def test_a_folder_that_does_not_exist_is_refused(counted: Cohort, tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="does not exist"):
        write_tables(tmp_path / "absent", counted, ORIGIN)
