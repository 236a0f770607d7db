"""Every analysis of the cohorts that are easily forgotten: nobody, one, all censored, two samples on one day."""

from collections.abc import Iterator
from datetime import date

import pytest

from models.chart.patient_chart import PatientChart
from models.cohort.cohort import Cohort, cohort
from models.cohort.grouping import GROUPINGS, grouping
from models.cohort.table import Form, shown
from models.cohort.tables import methods, tables
from models.domain.errors import TrialError
from models.domain.notation import Desk
from models.protocols.loading import find_protocol
from models.protocols.model import Protocol
from tests.builders import a_treated_patient
from tests.builders import dalba as the_trial
from tests.models.cohort.people import Person, count, person


def edge(name: str) -> list[Person]:
    return {
        "nobody": [],
        "one": [person()],
        "one who was screened only": [person(enrolled=None, begun=False)],
        "one enrolled who began nothing": [person(begun=False)],
        "one who died on the day of enrolment": [person(begun=False).died("2025-12-30")],
        "all censored": [person(number).seen(100 + number) for number in range(1, 6)],
        "two samples on one day": [person().mrd(85, 0).mrd(85, 400).mrd(85, 0, specimen="BLOOD")],
        "all dates partial": [person(begun=False).phase("induction", "2026-01").mrd("2026-04", 0).died("2026")],
    }[name]


EDGES = (
    "nobody",
    "one",
    "one who was screened only",
    "one enrolled who began nothing",
    "one who died on the day of enrolment",
    "all censored",
    "two samples on one day",
    "all dates partial",
)


@pytest.mark.parametrize("by", [None, *GROUPINGS])
@pytest.mark.parametrize("name", EDGES)
def test_every_table_of_an_edge_cohort_can_be_read(name: str, by: str | None) -> None:
    found = count(edge(name), grouping(by, the_trial()) if by else None)
    for table in tables(found):
        assert all(len(row.cells) == len(table.columns) for row in table.rows)
        for row in table.rows:
            for cell, column in zip(row.cells, table.columns, strict=True):
                assert shown(cell, column, Desk.ITALIAN) or column.form is Form.TEXT


def test_a_whole_patient_made_by_hand_can_be_counted() -> None:
    found = cohort([a_treated_patient().chart()], the_trial(), date(2026, 10, 2), grouping("sex", the_trial()))
    assert len(found.enrolled) == 1
    assert list(tables(found))


def test_the_second_protocol_can_be_counted_too() -> None:
    trial = find_protocol("all2820")
    one = person(protocol=trial).mrd(70, 0).assessed(70)
    found = count([one], protocol=trial)
    assert len(found.response["protocol"][0].row("D70").response) == 1
    assert list(tables(found))


def test_every_cell_counts_patients_of_the_cohort(counted: Cohort) -> None:
    everybody = {member.who for member in counted.members}
    for table in tables(counted):
        for row in table.rows:
            for cell, column in zip(row.cells, table.columns, strict=True):
                assert everybody.issuperset(cell.patients)
                assert not cell.basis or len(cell.basis) == len(cell.patients)
                if column.form is Form.COUNT and cell.patients:
                    assert cell.values == (len(cell.patients),), (table.code, row.key, column.code)


def test_every_table_states_its_rules_and_has_a_code_and_keys_of_its_own(counted: Cohort) -> None:
    found = list(tables(counted))
    assert len({table.code for table in found}) == len(found)
    for table in found:
        assert table.methods
        assert len({row.key for row in table.rows}) == len(table.rows), table.code
        assert len({column.code for column in table.columns}) == len(table.columns), table.code


def test_the_methods_section_names_every_rule_once(counted: Cohort) -> None:
    found = methods(tables(counted))
    assert len(set(found)) == len(found)
    names = [method.name for method in found]
    assert names[0] == "Patient flow"
    assert {"Kaplan-Meier", "Cumulative incidence", "Log-rank test", "Gray's test", "By IKZF1 class"} <= set(names)


def test_charts_are_read_once_one_after_the_other(charts: list[PatientChart], dalba: Protocol) -> None:
    def once() -> Iterator[PatientChart]:
        yield from charts

    assert len(cohort(once(), dalba, date(2026, 10, 2)).enrolled) == 63


def test_an_unknown_grouping_is_refused_with_the_known_ones(dalba: Protocol) -> None:
    with pytest.raises(TrialError, match=r"divided by “colour”.*ikzf1, transcript, age, sex"):
        grouping("colour", dalba)


@pytest.mark.parametrize(("age", "band"), [(44, "under 45"), (45, "45 to 64"), (64, "45 to 64"), (65, "65 and older")])
def test_an_age_is_in_its_band(age: int, band: str, dalba: Protocol) -> None:
    assert [group.name for group in count([person(age=age)], grouping("age", dalba)).groups] == [band]


def test_an_age_that_is_not_recorded_is_a_group_of_its_own(dalba: Protocol) -> None:
    assert [group.name for group in count([person(age=None)], grouping("age", dalba)).groups] == ["not known"]
