from pathlib import Path

import pytest
from checks import python_rules

ELSEWHERE = Path("gui/pages/example.py")


def messages(source: str, file: Path = ELSEWHERE) -> str:
    return " ".join(problem.message for problem in python_rules.problems(file, source))


@pytest.mark.parametrize("widget", ["QDateEdit", "QDateTimeEdit", "QDoubleSpinBox", "QSpinBox"])
def test_a_widget_that_loses_values_is_refused(widget: str) -> None:
    assert widget in messages(f"from PySide6.QtWidgets import {widget}")
    assert widget in messages(f"from PySide6 import QtWidgets\nQtWidgets.{widget}()")


@pytest.mark.parametrize("argument", ["lambda: None", "partial(f, 1)", "functools.partial(f, 1)"])
def test_a_connection_to_something_short_lived_is_refused(argument: str) -> None:
    assert "bound method" in messages(f"button.clicked.connect({argument})")


def test_a_connection_to_a_bound_method_is_accepted() -> None:
    assert not messages("button.clicked.connect(self.save)")


@pytest.mark.parametrize("call", ["datetime.now()", "date.today()", "datetime.datetime.now(UTC)", "datetime.utcnow()"])
def test_asking_the_system_for_the_time_is_refused_outside_the_clock(call: str) -> None:
    assert "clock" in messages(call)
    assert not messages(call, python_rules.CLOCK)


def test_asking_the_study_clock_is_accepted() -> None:
    assert not messages("study.clock.today(); clock.now()")


@pytest.mark.parametrize(
    "source",
    ["import matplotlib.pyplot as plt", "from matplotlib import pyplot", "from matplotlib.pyplot import figure"],
)
def test_pyplot_is_refused(source: str) -> None:
    assert "pyplot" in messages(source)


def test_a_paragraph_is_made_by_the_text_helper_only() -> None:
    assert "escapes" in messages("Paragraph('a < b', style)", Path("models/reports/visit_summary.py"))
    assert not messages("Paragraph(escape('a < b'), style)", python_rules.TEXT_HELPER)


def test_a_problem_names_its_file_and_line() -> None:
    (problem,) = python_rules.problems(ELSEWHERE, "\n\ndate.today()")
    assert str(problem).startswith("gui/pages/example.py:3: ")
