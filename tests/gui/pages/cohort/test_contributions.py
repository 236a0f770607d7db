"""Whom a number counts, and what each of them contributes to it."""

import pytest

from gui.pages.cohort.contributions import Asked, Line, contributions, heading
from models.cohort import toxicity
from models.cohort.cohort import Cohort
from models.cohort.tables import tables
from models.domain.notation import Desk


def asked(cohort: Cohort, code: str, row: str, column: str) -> Asked:
    table = next(one for one in tables(cohort) if one.code == code)
    place = [one.code for one in table.columns].index(column)
    line = next(one for one in table.rows if one.key == row)
    return Asked(cohort, table, line, table.columns[place], line.cells[place], Desk.ENGLISH)


def lines(cohort: Cohort, code: str, row: str, column: str) -> tuple[Line, ...]:
    return contributions(asked(cohort, code, row, column))


def test_every_number_of_every_table_lists_the_patients_it_counts(counted: Cohort) -> None:
    for table in tables(counted):
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                if cell.patients and not table.code.endswith(("-patients", "-phases")):
                    told = contributions(Asked(counted, table, row, column, cell, Desk.ENGLISH))
                    assert {line.who for line in told} == set(cell.patients), (table.code, row.key, column.code)


def test_a_patient_in_response_says_by_which_sample(counted: Cohort) -> None:
    found = lines(counted, "response-protocol", "all patients/C2", "response")
    assert len(found) == 33
    assert found[0].words.startswith("Complete, 29 Nov 2024. The laboratory reports “not detected”")
    assert found[0].record is not None
    assert found[0].record[0] == "mrd"


def test_of_a_share_those_in_response_stand_first(counted: Cohort) -> None:
    found = lines(counted, "response-protocol", "all patients/C2", "of_evaluable")
    judged = [line.words.startswith("Positive,") for line in found]
    assert judged == sorted(judged)


def test_an_event_of_an_endpoint_says_when_and_what(counted: Cohort) -> None:
    found = lines(counted, "endpoint-DFS", "IKZF1plus", "events")
    assert found[0].words == "3.6 months, relapse (marrow or blood)"
    assert {line.record[0] for line in found if line.record} == {"relapse"}


def test_the_p_value_names_the_group_of_each_patient(counted: Cohort) -> None:
    found = lines(counted, "endpoint-DFS", "all patients", "p")
    assert {line.words.partition(",")[0] for line in found} == {"IKZF1 wild type", "IKZF1 only", "IKZF1plus"}


def test_adverse_events_have_a_line_for_each_event(counted: Cohort) -> None:
    table = counted.toxicity["term"][0]
    code = f"toxicity-term-{table.system.replace(' ', '-')}"
    found = lines(counted, code, toxicity.ANY, "events")
    assert len(found) == len(table.row(toxicity.ANY).events)
    assert all(line.record and line.record[0] == "adverse_event" for line in found)


def test_a_patient_is_told_by_the_worst_event_of_the_line(counted: Cohort) -> None:
    system = counted.toxicity["term"][0].system.replace(" ", "-")
    found = lines(counted, f"toxicity-term-{system}", toxicity.ANY, "patients_grade_4")
    assert found
    assert all(", grade 4" in line.words for line in found)


@pytest.mark.parametrize(("column", "state"), [("late", ": late"), ("missing", ": missing")])
def test_a_form_says_of_which_visit_it_is(counted: Cohort, column: str, state: str) -> None:
    table = next(one for one in tables(counted) if one.code == "completeness-form")
    row = next(row for row in table.rows if table.cell(row.key, column).patients)
    found = lines(counted, "completeness-form", row.key, column)
    assert all(line.words.endswith(state) for line in found)


def test_who_did_not_reach_a_step_is_told_with_the_reason(counted: Cohort) -> None:
    found = lines(counted, "flow", "enrolled", "left")
    assert {line.words for line in found} == {"Screen failure"}


def test_a_step_of_the_boundary_names_the_event_that_counted(counted: Cohort) -> None:
    row = next(one for one in counted.monitoring[0].path if one.had)
    (line,) = lines(counted, f"monitoring-{counted.monitoring[0].rule.code}", str(row.n), "patient")
    assert line.words.startswith(f"Patient {row.n}, ")
    assert line.words.endswith(", counted")
    assert line.record == row.record


def test_a_number_is_named_by_its_line_and_its_column(counted: Cohort) -> None:
    assert heading(asked(counted, "response-protocol", "all patients/C2", "response")) == "After cycle 2, Response"
    assert heading(asked(counted, "endpoint-DFS", "IKZF1plus", "events")) == "IKZF1plus, Events"
