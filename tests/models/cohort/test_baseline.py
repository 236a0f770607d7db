from decimal import Decimal

import pytest

from models.cohort.baseline import as_table
from models.cohort.cohort import Cohort
from models.cohort.grouping import EVERYBODY, Group, grouping
from models.cohort.table import Table
from models.domain.quantities import Quantity
from models.records.disease import Disease
from models.records.patient import Patient
from tests.builders import DAY_ONE, TODAY, dalba
from tests.models.cohort.people import ENROLLED, Person, count, person


def table_of(counted: Cohort) -> Table:
    return as_table((Group(EVERYBODY, counted.members), *counted.groups))


def value(table: Table, row: str, column: str) -> object:
    return table.cell(row, column).values[0]


def test_the_demo_study_has_the_patients_of_the_publication(counted: Cohort) -> None:
    table = table_of(counted)
    assert [value(table, "all patients/age", one) for one in ("median", "lowest", "highest")] == [54, 24, 82]
    assert value(table, "all patients/sex/Female", "patients") in (33, 34)
    transcripts = [value(table, f"all patients/transcript/{name}", "patients") for name in ("p190", "p210", "both")]
    assert transcripts == [41, 17, 5]
    classes = ("IKZF1 wild type", "IKZF1 only", "IKZF1plus")
    assert [value(table, f"all patients/ikzf1/{name}", "patients") for name in classes] == [25, 13, 11]


def test_shares_are_of_all_patients_of_the_group_and_open_them() -> None:
    people = [person(1, sex="F"), person(2, sex="M"), person(3, sex="M")]
    table = table_of(count(people))
    cell = table.cell("all patients/sex/Male", "share")
    assert cell.values[0] == pytest.approx(2 / 3)
    assert len(cell.patients) == 3


def test_median_and_range_are_of_those_with_a_value() -> None:
    known = Patient(
        id=9,
        patient=9,
        screening_number="S-009",
        subject_number="042-009",
        screened=ENROLLED,
        enrolled=ENROLLED,
        sex="F",
        age=70,
    )
    old = Person(known, dalba(), DAY_ONE, TODAY)
    old.add(Disease(transcript="p190", white_cells=Quantity(Decimal(40), "10^9/L")))
    table = table_of(count([old, person(2, age=None), person(3, age=50)]))
    assert value(table, "all patients/age", "patients") == 2
    assert value(table, "all patients/age", "median") == Decimal(60)
    assert value(table, "all patients/white_cells", "median") == Decimal(40)


def test_what_is_not_known_is_a_line_of_its_own() -> None:
    table = table_of(count([person(1)]))
    assert value(table, "all patients/cns/not known", "patients") == 1


def test_every_group_has_the_same_lines() -> None:
    table = table_of(count([person(1, sex="F"), person(2, sex="M", transcript="p210")], grouping("sex", dalba())))
    lines = {
        group: [row.key.partition("/")[2] for row in table.rows if row.key.startswith(f"{group}/")]
        for group in ("all patients", "Female", "Male")
    }
    assert lines["all patients"] == lines["Female"] == lines["Male"]


def test_somebody_who_was_not_enrolled_is_not_counted() -> None:
    table = table_of(count([person(1), person(2, enrolled=None)]))
    assert value(table, "all patients/patients", "patients") == 1


def test_nobody_has_no_share_and_no_median() -> None:
    table = table_of(count([]))
    assert value(table, "all patients/age", "median") is None
    assert value(table, "all patients/patients", "patients") == 0
