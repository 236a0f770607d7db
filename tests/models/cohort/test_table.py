from decimal import Decimal

import pytest

from models.cohort.table import Cell, Column, Form, Row, Table, Value, shown
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate


@pytest.mark.parametrize(
    ("values", "form", "english", "italian"),
    [
        (("p190",), Form.TEXT, "p190", "p190"),
        ((12,), Form.COUNT, "12", "12"),
        ((10_000,), Form.COUNT, "10\u202f000", "10\u202f000"),
        ((0.6,), Form.PERCENT, "60.0 %", "60,0 %"),
        ((1.0, 0.025, 1.0), Form.PERCENT, "100.0 % (2.5–100.0)", "100,0 % (2,5–100,0)"),
        ((1.0, None, None), Form.PERCENT, "100.0 %", "100,0 %"),
        ((10.5, 3.9, None), Form.MONTHS, "10.5 (3.9–not reached)", "10,5 (3,9–not reached)"),
        ((0.0255,), Form.P, "0.03", "0,03"),
        ((0.0025,), Form.P, "0.003", "0,003"),
        ((0.0004,), Form.P, "<0.001", "<0,001"),
        ((0.0467,), Form.P, "0.047", "0,047"),
        ((0.0504,), Form.P, "0.0504", "0,0504"),
        ((0.0496,), Form.P, "0.0496", "0,0496"),
        ((0.05,), Form.P, "0.0500", "0,0500"),
        ((0.9973,), Form.P, ">0.99", ">0,99"),
        ((Decimal("54.0"),), Form.MEASURED, "54", "54"),
        ((Decimal(50),), Form.MEASURED, "50", "50"),
        ((Decimal("46.2"),), Form.MEASURED, "46.2", "46,2"),
        ((Decimal("3.456"),), Form.LOGS, "3.46", "3,46"),
        ((Decimal("0.01338"),), Form.LEVEL, "0.01338", "0,01338"),
        ((Decimal("0.001314734226476117852776061319"),), Form.LEVEL, "0.001315", "0,001315"),
        ((-11,), Form.DAYS, "-11", "-11"),
        ((648.5,), Form.DAYS, "648.5", "648,5"),
        ((PartialDate(2026, 3, 12),), Form.DATE, "12 Mar 2026", "12 mar 2026"),
        ((None,), Form.MONTHS, "not reached", "not reached"),
        ((None, None, None), Form.MONTHS, "not reached", "not reached"),
        ((None, 18.24, None), Form.MONTHS, "not reached (18.2–not reached)", "not reached (18,2–not reached)"),
    ],
    ids=str,
)
def test_a_cell_is_shown_as_its_desk_writes_it(
    values: tuple[Value, ...], form: Form, english: str, italian: str
) -> None:
    cell, column = Cell(values, note="not reached"), Column("x", "X", form, limits=len(values) > 1)
    assert shown(cell, column, Desk.ENGLISH) == english
    assert shown(cell, column, Desk.ITALIAN) == italian


@pytest.mark.parametrize(
    ("optional", "cells", "nothing"),
    [
        (True, (Cell((0,)), Cell((None,))), True),
        (True, (Cell((0,)), Cell((1,))), False),
        (True, (Cell((None,), note="cannot be tested"),), False),
        (False, (Cell((0,)),), False),
    ],
)
def test_an_optional_column_says_nothing_where_no_cell_does(
    optional: bool, cells: tuple[Cell, ...], nothing: bool
) -> None:
    rows = tuple(Row(str(number), (cell,)) for number, cell in enumerate(cells))
    assert Table("t", "T", (Column("x", "X", optional=optional),), rows).says_nothing("x") is nothing


def test_a_cell_without_value_or_note_is_a_dash() -> None:
    assert shown(Cell((None,)), Column("x", "X"), Desk.ENGLISH) == "–"
