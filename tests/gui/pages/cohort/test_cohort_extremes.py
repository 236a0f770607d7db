"""The Cohort page where there is little to count: every tab says in words what it has not."""

import re
from collections.abc import Callable, Sequence

import pytest
from PySide6.QtWidgets import QApplication

from gui.pages.cohort.cells_view import CellsModel
from gui.pages.cohort.contributions import Asked, contributions
from gui.pages.cohort.exhibits import VIEWS, Exhibit, View, view
from models.cohort.cohort import Cohort
from models.cohort.grouping import Grouping
from models.cohort.table import Cell, Column, Form, Row, Table, shown
from models.domain.notation import Desk
from models.figures.style import DrawOptions
from tests.builders import PatientBuilder
from tests.models.cohort.people import count, person

OPTIONS = DrawOptions(width_inch=8, height_inch=4, scheme="light", desk=Desk.ENGLISH)
BY_SEX = Grouping("sex", "Sex", "sex")
SHOWN = [view for view in VIEWS if view.show]


def nobody() -> Sequence[PatientBuilder]:
    return []


def one() -> Sequence[PatientBuilder]:
    return [person(1).assessed(57).mrd(-5, 3000).mrd(85, 0).seen(200)]


def one_untreated() -> Sequence[PatientBuilder]:
    return [person(1, begun=False)]


def all_censored() -> Sequence[PatientBuilder]:
    return [person(number).assessed(57).seen(500 + number) for number in range(1, 6)]


def a_level_without_events() -> Sequence[PatientBuilder]:
    women = [person(number).assessed(57).assessed(400).seen(500) for number in range(1, 5)]
    return [*women, *(person(number, sex="M").assessed(57).relapsed(150).died(200) for number in range(5, 9))]


CASES = [nobody, one, one_untreated, all_censored, a_level_without_events]


def exhibits(shape: View, cohort: Cohort) -> list[Exhibit]:
    assert shape.show is not None
    return [shape.show(cohort, choice.code) for choice in shape.choices(cohort)]


def told(exhibit: Exhibit, row: str, column: str) -> str:
    table = exhibit.table
    return shown(table.cell(row, column), next(one for one in table.columns if one.code == column), Desk.ENGLISH)


@pytest.mark.parametrize("shape", SHOWN, ids=[shape.name for shape in SHOWN])
@pytest.mark.parametrize("people", CASES)
def test_every_tab_is_drawn_and_told_without_a_mark_of_a_computer(
    people: Callable[[], Sequence[PatientBuilder]], shape: View
) -> None:
    cohort = count(people(), BY_SEX)
    for exhibit in exhibits(shape, cohort):
        words = [
            shown(cell, column, Desk.ENGLISH)
            for row in exhibit.table.rows
            for cell, column in zip(row.cells, exhibit.table.columns, strict=True)
        ]
        assert not [word for word in words if re.search(r"\b(nan|NaN|None|inf)\b", word)]
        if exhibit.draw is not None:
            assert exhibit.draw(OPTIONS).figure is not None


@pytest.mark.parametrize("shape", SHOWN, ids=[shape.name for shape in SHOWN])
@pytest.mark.parametrize("people", CASES)
def test_every_number_lists_as_many_patients_as_it_counts(
    people: Callable[[], Sequence[PatientBuilder]], shape: View
) -> None:
    cohort = count(people(), BY_SEX)
    for exhibit in exhibits(shape, cohort):
        table = exhibit.table
        for row in table.rows:
            for cell, column in zip(row.cells, table.columns, strict=True):
                if cell.patients and cell.values[0] is not None:
                    lines = contributions(Asked(cohort, table, row, column, cell, Desk.ENGLISH))
                    assert {line.who for line in lines} == set(cell.patients), (table.code, row.key, column.code)


def test_nobody_has_no_rate_and_no_median() -> None:
    (exhibit,) = (e for e in exhibits(view("survival"), count([])) if e.table.code == "endpoint-OS")
    assert told(exhibit, "all patients", "at_12_months") == "nobody followed"
    assert told(exhibit, "all patients", "median") == "nobody followed"


def test_of_nobody_evaluable_there_is_no_share() -> None:
    exhibit = exhibits(view("response"), count([person(1, begun=False)]))[0]
    assert told(exhibit, "all patients/C2", "of_evaluable") == "nobody counts"
    assert told(exhibit, "all patients/C2", "of_enrolled") == "0.0 % (0.0–97.5)"


def test_all_censored_has_everybody_without_the_event_and_no_median() -> None:
    (exhibit,) = (e for e in exhibits(view("survival"), count(all_censored())) if e.table.code == "endpoint-OS")
    assert told(exhibit, "all patients", "at_12_months") == "100.0 %"
    assert told(exhibit, "all patients", "median") == "not reached"


def test_a_landmark_at_which_nobody_is_at_risk_is_not_estimated() -> None:
    (exhibit,) = (e for e in exhibits(view("survival"), count(all_censored())) if e.table.code == "endpoint-OS")
    assert told(exhibit, "all patients", "at_48_months") == "not observed so long"
    assert told(exhibit, "all patients", "at_risk_48_months") == "0"


def test_a_single_level_cannot_be_tested() -> None:
    for exhibit in exhibits(view("survival"), count(all_censored(), BY_SEX)):
        assert told(exhibit, "all patients", "p") == "cannot be tested"


def test_a_level_without_events_is_tested_against_one_with_events() -> None:
    found = exhibits(view("survival"), count(a_level_without_events(), BY_SEX))
    codes = {e.table.code: e for e in found}
    for code in ("endpoint-OS", "endpoint-CIR"):
        assert told(codes[code], "Female", "events") == "0"
        assert told(codes[code], "Male", "events") == "4"
        assert told(codes[code], "all patients", "p") != "cannot be tested"


def test_a_median_that_is_not_reached_stands_above_the_limit_that_is(qapp: QApplication) -> None:
    column = Column("median", "Median, months", Form.MONTHS, limits=True)
    reached = Cell((None, 18.24, None), note="not reached")
    model = CellsModel()
    model.show_table(Table("t", "T", (column,), (Row("all", (reached,)),)), Desk.ENGLISH)
    assert model.data(model.index(0, 0)) == "not reached\n(18.2–not reached)"
