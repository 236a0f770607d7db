import json
from datetime import date
from typing import Any

import pytest

from models.cohort.cohort import Cohort
from models.cohort.grouping import grouping
from models.cohort.tables import tables
from models.domain.partial_dates import PartialDate
from models.exchange.cohort_json import ROW_DEPTH, cohort_json, plain
from models.exchange.json_text import json_text
from models.records.review import DataCut
from tests.builders import dalba
from tests.models.cohort.people import count, person


@pytest.fixture(scope="module")
def counted() -> Cohort:
    people = [person(1).assessed(57).mrd(85, 0).seen(200), person(2, sex="M").assessed(57).mrd(85, 400).relapsed(150)]
    people[1].event("Fever", 10, grade=3).dose("dasatinib", 140, 1, 85)
    return count(people, grouping("sex", dalba()))


@pytest.fixture(scope="module")
def data(counted: Cohort) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(
        json.dumps(cohort_json(counted, site="042 Turin", synthetic=True), allow_nan=False)
    )
    return written


def test_it_says_what_was_counted(data: dict[str, Any]) -> None:
    assert data["protocol"]["id"] == "LAL2116"
    assert (data["until"], data["by"], data["groups"]) == ("2026-10-02", "sex", {"Female": 1, "Male": 1})
    assert (data["screened"], data["enrolled"]) == (2, 2)


def test_its_head_names_study_protocol_and_data_cut_and_says_that_the_patients_are_made_up(
    counted: Cohort, data: dict[str, Any]
) -> None:
    assert (data["study"], data["data_cut"]) == ({"site": "042 Turin", "synthetic": True}, None)
    cut = DataCut(name="Safety board", cut_off=PartialDate(2026, 6, 30), as_of=812)
    told = cohort_json(counted, site="042 Turin", synthetic=False, cut=cut)
    assert told["data_cut"] == {"name": "Safety board", "cut_off": "2026-06-30", "audit_position": 812}
    assert told["study"]["synthetic"] is False


def test_it_holds_every_table_cell_by_cell(counted: Cohort, data: dict[str, Any]) -> None:
    for table in tables(counted):
        written = data["tables"][table.code]
        for row in table.rows:
            for cell, column in zip(row.cells, table.columns, strict=True):
                value = written["rows"][row.key][column.code]
                found = list(value.values()) if isinstance(value, dict) else [value]
                assert found == [plain(one) for one in cell.values]
    assert len(data["tables"]) == len(list(tables(counted)))


def test_every_table_names_its_methods_with_wording(data: dict[str, Any]) -> None:
    for table in data["tables"].values():
        assert table["methods"]
        assert all(method["name"] and method["wording"] for method in table["methods"])


def test_a_share_has_its_limits(data: dict[str, Any]) -> None:
    share = data["tables"]["response-protocol"]["rows"]["all patients/D85"]["of_evaluable"]
    assert share["estimate"] == 0.5
    assert 0.012 < share["lower"] < 0.013


def test_curves_are_there_step_by_step(counted: Cohort, data: dict[str, Any]) -> None:
    curve = data["curves"]["DFS"]["all patients"]
    survival = counted.endpoints["DFS"].everybody.survival
    assert survival
    assert curve["survival"] == [step.survival for step in survival.steps]
    assert curve["at_risk"] == [2, 1]
    assert set(data["curves"]["CIR"]["Male"]) == {"event", "competing"}


def test_a_stopping_rule_says_where_it_stands(data: dict[str, Any]) -> None:
    assert data["monitoring"]["RESPONSE"] == "No patient counts yet."


def test_a_cohort_of_nobody_is_written_without_numbers() -> None:
    nobody = count([], until=date(2026, 1, 1))
    written = json.loads(json.dumps(cohort_json(nobody, site="042", synthetic=False), allow_nan=False))
    assert written["enrolled"] == 0
    assert written["curves"]["OS"]["all patients"]["time"] == []


def test_as_text_each_row_of_a_table_is_a_line_that_says_which() -> None:
    told = cohort_json(count([person().seen(100)]), site="042", synthetic=True)
    lines = [line.strip().rstrip(",") for line in json_text(told, ROW_DEPTH).splitlines()]
    wanted = told["tables"]["endpoint-OS"]["rows"]["all patients"]
    assert f'"all patients": {json.dumps(wanted, ensure_ascii=False)}' in lines
